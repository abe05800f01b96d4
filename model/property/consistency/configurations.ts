import { RolecallError } from '../../kernel/errors.ts';
import { byCodeUnits } from '../../kernel/order.ts';
import type { Value } from '../../kernel/value.ts';
import { answersTo, type Call, type Ending, type Specification } from './specification.ts';
import { sameValue, textOf } from './values.ts';

/**
 * Linearizability while a history grows: all that the object may have become, instead of all that has happened. After Lowe,
 * *Testing for linearizability* (2017): operations are given their place just in time, when one of them returns.
 *
 * A configuration says which calls that have not returned took effect already, with which output, and what state the
 * object is in. The history so far is linearizable as long as there is a configuration. Only those are kept from which the
 * others follow, so two histories with the same future have the same configurations.
 */
export interface Configurations {
  /** Calls that have neither returned nor timed out, by operation. */
  readonly open: Readonly<Record<string, Call>>;
  readonly possible: readonly Configuration[];
}

interface Configuration {
  readonly state: Value;
  /** Open calls that took effect, with the output that they will return. */
  readonly taken: Readonly<Record<string, Value>>;
  /** Calls without a certain outcome that have not taken effect and still may; sorted. */
  readonly loose: readonly Call[];
}

export const configurationsAtStart = (specification: Specification): Configurations => ({
  open: {},
  possible: [{ state: specification.start, taken: {}, loose: [] }],
});

/** A call begins. */
export const withCall = ({ open, possible }: Configurations, operation: string, call: Call): Configurations => ({
  open: { ...open, [operation]: call },
  possible,
});

/** More than these are compared only with those of equal state; the rest of the redundancy is left in. */
const comparedFully = 64;

/** An open call ends. There is no configuration left where the history cannot be linearized any more. */
export const withEnding = (specification: Specification, now: Configurations, operation: string, ending: Ending, limit: number): Configurations => {
  const { [operation]: call, ...open } = now.open;
  if (call === undefined) return now;
  const possible = now.possible.flatMap((configuration): readonly Configuration[] => {
    const { [operation]: output, ...taken } = configuration.taken;
    const isTaken = output !== undefined;
    switch (ending.type) {
      case 'failed':
        return isTaken ? [] : [configuration];
      case 'indefinite':
        if (isTaken || specification.readOnly?.(call)) return [{ ...configuration, taken }];
        return [{ ...configuration, loose: [...configuration.loose, call].sort((a, b) => byCodeUnits(callKey(a), callKey(b))) }];
      default:
        if (isTaken) return ending.type === 'done' || sameValue(output, ending.output) ? [{ ...configuration, taken }] : [];
        return returned(specification, { open, configuration }, call, ending, limit);
    }
  });
  return { open, possible: leastOf(specification, open, possible, limit) };
};

/** What an open call could have returned. */
export const possibleOutputs = (
  specification: Specification,
  { open, possible }: Configurations,
  operation: string,
  limit: number,
): readonly Value[] => {
  const { [operation]: call, ...others } = open;
  if (call === undefined) return [];
  const outputs = new Map<string, Value>();
  for (const configuration of possible) {
    const taken = configuration.taken[operation];
    if (taken !== undefined) outputs.set(textOf(taken), taken);
    else
      for (const { state } of reachable(specification, others, configuration, limit))
        for (const { output } of answersTo(specification, state, call)) outputs.set(textOf(output), output);
  }
  return [...outputs].sort(([a], [b]) => byCodeUnits(a, b)).map(([, output]) => output);
};

const callKey = ({ operation, input }: Call): string => `${operation} ${textOf(input)}`;

const keyOf = ({ state, taken, loose }: Configuration): string => textOf([state, taken, loose as unknown as Value]);

/** Where one call takes effect that has not yet. */
const successors = (specification: Specification, open: Configurations['open'], { state, taken, loose }: Configuration): readonly Configuration[] => [
  ...Object.keys(open)
    .filter((operation) => !Object.hasOwn(taken, operation))
    .flatMap((operation) =>
      answersTo(specification, state, open[operation] as Call).map((answer) => ({
        state: answer.state,
        taken: { ...taken, [operation]: answer.output },
        loose,
      })),
    ),
  ...loose.flatMap((call, at) =>
    // Of equal calls the first is enough, and one that changes nothing need not take effect.
    at > 0 && callKey(loose[at - 1] as Call) === callKey(call)
      ? []
      : answersTo(specification, state, call)
          .filter((answer) => !sameValue(answer.state, state))
          .map((answer) => ({ state: answer.state, taken, loose: loose.filter((_, other) => other !== at) })),
  ),
];

/** This configuration, and all to which it leads while no call begins or ends. */
const reachable = (specification: Specification, open: Configurations['open'], start: Configuration, limit: number): readonly Configuration[] => {
  const seen = new Map([[keyOf(start), start]]);
  for (const configuration of seen.values())
    for (const next of successors(specification, open, configuration)) {
      const key = keyOf(next);
      if (!seen.has(key)) seen.set(key, next);
      if (seen.size > limit) throw tooMany(limit);
    }
  return [...seen.values()];
};

/** All configurations in which this call was the last to take effect, with this ending. */
const returned = (
  specification: Specification,
  { open, configuration }: { readonly open: Configurations['open']; readonly configuration: Configuration },
  call: Call,
  ending: Ending,
  limit: number,
): readonly Configuration[] =>
  reachable(specification, open, configuration, limit).flatMap(({ state, taken, loose }) =>
    answersTo(specification, state, call)
      .filter(({ output }) => ending.type !== 'returned' || sameValue(output, ending.output))
      .map((answer) => ({ state: answer.state, taken, loose })),
  );

/** Whether every call of `few` is among `many`, as often. */
const areAmong = (few: readonly Call[], many: readonly Call[]): boolean => {
  let at = 0;
  for (const call of few) {
    while (at < many.length && callKey(many[at] as Call) !== callKey(call)) at++;
    if (at++ >= many.length) return false;
  }
  return true;
};

/** Those from which all others follow, sorted. What follows has fewer calls left to take effect, so these are unique. */
const leastOf = (
  specification: Specification,
  open: Configurations['open'],
  all: readonly Configuration[],
  limit: number,
): readonly Configuration[] => {
  const byKey = new Map(all.map((configuration) => [keyOf(configuration), configuration]));
  if (byKey.size > limit) throw tooMany(limit);
  const left = ({ taken, loose }: Configuration): number => loose.length - Object.keys(taken).length;
  const ranked = [...byKey].sort(([a, one], [b, other]) => left(other) - left(one) || byCodeUnits(a, b));
  /** By state and what was taken: the loose calls of what is covered. */
  const covered = new Map<string, (readonly Call[])[]>();
  const placeOf = ({ state, taken }: Configuration): string => textOf([state, taken]);
  const kept: [string, Configuration][] = [];
  for (const [key, configuration] of ranked) {
    if (covered.get(placeOf(configuration))?.some((loose) => areAmong(configuration.loose, loose))) continue;
    kept.push([key, configuration]);
    const follow = ranked.length > comparedFully ? [configuration] : reachable(specification, open, configuration, limit);
    for (const each of follow) {
      const place = placeOf(each);
      const known = covered.get(place);
      if (known === undefined) covered.set(place, [each.loose]);
      else known.push(each.loose);
    }
  }
  return kept.sort(([a], [b]) => byCodeUnits(a, b)).map(([, configuration]) => configuration);
};

const tooMany = (limit: number): RolecallError =>
  new RolecallError({
    kind: 'limit',
    code: 'TOO_MANY_CONFIGURATIONS',
    message: `whether the history is linearizable is unknown: the object may have become more than ${limit} things`,
    advice: 'Give the monitor a larger `limit`, or let fewer operations be open or without a certain outcome at the same time.',
  });
