import * as fc from 'fast-check';
import type { FaultName } from '../network/fault.ts';
import { Arena, mutantOf, scenarioOf } from '../property/arena.ts';
import type { Failure } from '../property/failure.ts';
import { roleThrew } from '../property/judge.ts';
import type { Property } from '../property/property.ts';
import { type Case, size, smallerCases } from '../trace/edits.ts';
import { play, type Target } from '../trace/play.ts';
import { actionText } from '../trace/write.ts';
import type { Action } from '../world/action.ts';
import { type Draw, drawRun } from './drawn.ts';
import { namedActions, soundness } from './shrink.ts';
import type { StrategyName } from './strategy.ts';
import { Visits } from './visits.ts';

/** What came of a run: the first part of a property that did not hold, or that a role threw. */
export interface RunFailure {
  readonly property: string;
  /** `always.agreement`, `recovers.equalWork`; `threw`. */
  readonly part: string;
  readonly detail: string;
}

/** A run as a value: who took part, what was done by name, settling left out, and what came of it. */
export interface RandomRun {
  readonly hosts: readonly string[];
  readonly links: readonly (readonly [string, string])[];
  readonly actions: readonly Action[];
  readonly failure: RunFailure | null;
}

/** How runs are drawn; each has the value that `rolecall run` would use where it is left out. */
export interface RunsOptions {
  readonly strategy?: StrategyName;
  readonly hosts?: number;
  readonly faults?: readonly FaultName[];
  readonly maxSteps?: number;
  readonly mutant?: string;
}

const anyFailure: Target = { isFailure: () => true, witness: null };

class RandomRuns extends fc.Arbitrary<RandomRun> {
  private readonly arena: Arena;
  private readonly draw: Draw;

  constructor(arena: Arena, draw: Draw) {
    super();
    this.arena = arena;
    this.draw = draw;
  }

  override generate(random: fc.Random): fc.Value<RandomRun> {
    this.arena.tidy(() => {});
    const { place, run } = drawRun(this.arena, random.nextInt(), this.draw);
    return this.valued({ setting: place.setting, actions: namedActions(place, run.moves) }, run.violation);
  }

  override canShrinkWithoutContext(_value: unknown): _value is RandomRun {
    return false;
  }

  /** Smaller runs over schedule, faults, commands, hosts and links together: each was really run, and holds what ran. */
  override shrink(_value: RandomRun, context?: unknown): fc.Stream<fc.Value<RandomRun>> {
    return fc.stream(this.smaller(context as Case));
  }

  private *smaller(start: Case): Generator<fc.Value<RandomRun>> {
    const isSound = soundness(this.arena, start, this.arena, anyFailure);
    for (const candidate of smallerCases(start)) {
      const { ran, failure } = play(this.arena.at(candidate.setting), candidate.actions, anyFailure);
      const really = { setting: candidate.setting, actions: ran };
      if (size(really) < size(start) && isSound(really)) yield this.valued(really, failure);
    }
  }

  private valued(of: Case, failure: Failure | null): fc.Value<RandomRun> {
    const names = of.setting.hosts.map(({ name }) => name);
    const run: RandomRun & fc.WithToStringMethod = {
      hosts: names,
      links: of.setting.edges.map(([a, b]) => [names[a] as string, names[b] as string]),
      actions: of.actions,
      failure:
        failure === null
          ? null
          : { property: failure.part?.property.type.id ?? roleThrew, part: failure.part?.name ?? 'threw', detail: failure.detail },
      [fc.toStringMethod]: () => runText(run),
    };
    return new fc.Value(run, of);
  }
}

/** A run for a person: one line for each action. */
const runText = ({ hosts, actions, failure }: RandomRun): string =>
  [
    `a run of ${hosts.join(', ')}${failure === null ? '' : `: ${failure.property}, ${failure.part} ${failure.detail}`}`,
    ...actions.map((action, index) => `  ${index + 1}. ${actionText(action)}`),
  ].join('\n');

/**
 * Random runs of a scenario, for a property of fast-check's own: `fc.assert(fc.property(runs([chargedOnce], 'lossy'), …))`.
 * A run ends with the first failure of these properties; a run that fast-check finds wrong is made smaller by leaving out.
 * @throws RolecallError where the scenario or the mutant is not known.
 */
export const runs = (properties: readonly [Property, ...Property[]], scenarioName: string, options: RunsOptions = {}): fc.Arbitrary<RandomRun> => {
  const [{ protocol }] = properties;
  const scenario = scenarioOf(protocol, scenarioName);
  const mutant = mutantOf(properties, options.mutant ?? null)?.mutant ?? null;
  return new RandomRuns(new Arena(protocol, scenario, properties, mutant, true), {
    strategy: options.strategy ?? (scenario.timed === undefined ? 'walk' : 'timed'),
    hosts: options.hosts ?? null,
    faults: options.faults ?? null,
    maxSteps: options.maxSteps ?? null,
    visits: new Visits(),
    onRun: () => {},
  });
};
