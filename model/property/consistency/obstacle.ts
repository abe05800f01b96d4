import { byCodeUnits } from '../../kernel/order.ts';
import type { Value } from '../../kernel/value.ts';
import type { Operation } from './operation.ts';
import { findOrder, type Limits, type Ordering } from './orders.ts';
import type { Call, Ending, Specification } from './specification.ts';
import { sameValue, textOf } from './values.ts';

/** Why a history is not linearizable. */
export interface Obstacle {
  /** The operation whose return cannot be explained, where all that ended before it can. */
  readonly operation: Operation;
  /** What it could have returned instead, sorted. */
  readonly possible: readonly Value[];
  /** The last operation that had ended before it was called, and would not have, were it possible; null where none is to blame. */
  readonly blocker: Operation | null;
  /** The longest prefix of the history that is linearizable: the history up to that return. */
  readonly prefix: readonly Operation[];
  /** An order of that prefix: those of its operations that took effect. */
  readonly order: readonly Operation[];
}

const open = (operation: Operation): Operation => ({ ...operation, ending: { type: 'indefinite' }, ends: Number.POSITIVE_INFINITY });

/** The history up to an ending: what began later is left out, and what ended later has not ended yet. */
const upTo = (operations: readonly Operation[], end: number): readonly Operation[] =>
  operations.filter(({ begins }) => begins < end).map((operation) => (operation.ends <= end ? operation : open(operation)));

/**
 * Where the longest linearizable prefix of a history that is not linearizable ends, and why; null where a limit was reached.
 * @param stuckAt no order reaches this ending.
 */
export function* obstacleIn(
  specification: Specification,
  operations: readonly Operation[],
  stuckAt: number,
  limits: Limits,
): Generator<void, Obstacle | null> {
  const ends = operations.map(({ ends: end }) => end).filter((end) => end >= stuckAt && Number.isFinite(end));
  ends.sort((a, b) => a - b);
  // What has an order has one for each of its prefixes, so halving finds the end. It is nearly always the first, where the
  // search was stuck; another where an operation took effect there that returned later, and not as it should.
  let [low, high] = [0, ends.length - 1];
  for (let probe = 0; low < high; probe = Math.floor((low + high) / 2)) {
    const { found }: Ordering = yield* findOrder(specification, upTo(operations, ends[probe] as number), 'all', limits);
    if (found === null) return null;
    if (found) low = probe + 1;
    else high = probe;
  }
  const end = ends[low] as number;
  const until = upTo(operations, end);
  const operation = until.find((each) => each.ends === end) as Operation;
  const prefix = until.map((each) => (each === operation ? open(each) : each));
  const { found, order } = yield* findOrder(specification, prefix, 'all', limits);
  if (found !== true) return null;
  const possible = yield* otherOutputs(specification, until, operation, limits);
  return { operation, possible, blocker: yield* blockerOf(specification, until, operation, limits), prefix, order };
}

/** The operation that ended too early: had the other one been called before that, it would be possible. Earlier calls are freer, so halving finds it. */
function* blockerOf(
  specification: Specification,
  until: readonly Operation[],
  operation: Operation,
  limits: Limits,
): Generator<void, Operation | null> {
  const ended = until.filter(({ ends }) => ends < operation.begins).sort((a, b) => a.ends - b.ends);
  let [low, high] = [0, ended.length];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    const begins = (ended[middle] as Operation).ends;
    const earlier = until.map((each) => (each === operation ? { ...each, begins } : each));
    const { found } = yield* findOrder(specification, earlier, 'all', limits);
    if (found === true) low = middle + 1;
    else high = middle;
  }
  return ended[low - 1] ?? null;
}

/** So many outputs are tried at most. */
const mostSuggested = 32;

/** What an operation could have returned instead: every output that the specification gave to such a call is tried. */
function* otherOutputs(
  specification: Specification,
  until: readonly Operation[],
  operation: Operation,
  limits: Limits,
): Generator<void, readonly Value[]> {
  if (operation.ending.type !== 'returned') return [];
  const { operation: name, input } = operation.call;
  const isSuch = (call: Call): boolean => call.operation === name && sameValue(call.input, input);
  const ended = (ending: Ending): readonly Operation[] => until.map((each) => (each === operation ? { ...each, ending } : each));
  const suggested = new Map<string, Value>();
  const noting: Specification = {
    ...specification,
    step: (state, call) => {
      const answers = specification.step(state, call);
      if (isSuch(call)) for (const { output } of Array.isArray(answers) ? answers : [answers]) suggested.set(textOf(output), output);
      return answers;
    },
  };
  yield* findOrder(noting, ended(operation.ending), 'all', limits);
  const possible: Value[] = [];
  for (const [, output] of [...suggested].sort(([a], [b]) => byCodeUnits(a, b)).slice(0, mostSuggested)) {
    const { found } = yield* findOrder(specification, ended({ type: 'returned', output }), 'all', limits);
    if (found === true) possible.push(output);
  }
  return possible;
}
