import { addCoverage, emptyCoverage } from '../../coverage/coverage.ts';
import type { Arena, Place } from '../../property/arena.ts';
import { roleThrew } from '../../property/judge.ts';
import type { Property } from '../../property/property.ts';
import type { Violation } from '../report.ts';
import { type Ending, neverOf, violationOf } from './ending.ts';
import type { Keeper } from './keeper.ts';
import type { Lasso } from './liveness.ts';
import type { CheckOptions } from './options.ts';
import type { ReductionReport } from './reduction/reductions.ts';
import type { Search } from './search.ts';
import type { Order, RanOut } from './standing.ts';

/** Of an exhaustive search. */
export type CheckVerdict = 'holds' | 'violated' | 'unknown';

/** One claim after an exhaustive search. */
export interface CheckedProperty {
  readonly id: string;
  readonly claim: string;
  readonly verdict: CheckVerdict;
  /** Each `sometimes`, and whether a world shows it. */
  readonly sometimes: Readonly<Record<string, boolean>>;
  /** Each `eventually` and `leadsTo`: unknown where the search did not see the whole graph. */
  readonly comes: Readonly<Record<string, CheckVerdict>>;
  /** Parts that an exhaustive search does not judge: `recovers.equalHeads`. */
  readonly notJudged: readonly string[];
}

/**
 * What an exhaustive search found. Everything but `seconds`, `statesPerSecond` and `memoryMb` is the same on every machine.
 */
export interface CheckReport {
  readonly protocol: string;
  readonly scenario: string;
  readonly mutant: string | null;
  readonly hosts: readonly string[];
  readonly order: Order;
  readonly verdict: CheckVerdict;
  /** What ran out, where the verdict is unknown for that. */
  readonly ranOut: RanOut | null;
  readonly distinct: number;
  readonly generated: number;
  readonly depth: number;
  readonly queue: number;
  readonly seconds: number;
  readonly statesPerSecond: number;
  readonly memoryMb: number;
  readonly xstateSteps: number;
  readonly memoMisses: number;
  readonly properties: readonly CheckedProperty[];
  /** What became of each reduction that was wanted. */
  readonly reductions: readonly ReductionReport[];
  /** The bounds of the scenario that cut something off, and those of the search. */
  readonly bound: Readonly<Record<string, number>>;
  readonly deadlocks: { readonly count: number; readonly waiting: readonly string[] };
  readonly rulesNeverFired: readonly string[];
  readonly violation: Violation | null;
}

const partsNotJudged = ({ type }: Property): readonly string[] => Object.keys(type.recovers ?? {}).map((name) => `recovers.${name}`);

/** The rules that fired so often. */
export const rulesOf = ({ protocol }: CheckOptions, arena: Arena, place: Place, isWanted: (count: number) => boolean): readonly string[] => {
  const coverage = emptyCoverage(protocol, new Set(place.system.instances.map(({ role }) => role.name)));
  addCoverage(coverage, arena.engine);
  return [...coverage.rules].filter(([, count]) => isWanted(count)).map(([rule]) => rule);
};

/** A search that has come to its end, or to that of its time. */
interface Ended {
  readonly arena: Arena;
  readonly place: Place;
  readonly search: Search;
  readonly keeper: Keeper | null;
  readonly properties: readonly Property[];
  readonly ranOut: RanOut | null;
  /** The runs on which something never comes; null where it was not judged. */
  readonly lassos: readonly Lasso[] | null;
  /** What the search itself found. */
  readonly failing: Ending | null;
  readonly seconds: number;
  readonly usedMb: number;
}

export const reportOf = (
  options: CheckOptions,
  { arena, place, search, keeper, properties, ranOut, lassos, failing, seconds, usedMb }: Ended,
  reductions: readonly ReductionReport[],
): CheckReport => {
  const { protocol, scenario, mutant, order } = options;
  const { visited, generated, depth, queue, deadlocks, witnessed } = search;
  const roles = [...arena.engine.roles.values()];
  const neverFired = rulesOf(options, arena, place, (count) => count === 0).filter((rule) => !keeper?.hasFired(rule));
  const cuts = Object.fromEntries(
    [...place.world.cuts].map((bound) => [
      bound,
      bound === 'ticks' ? (place.system.ticks?.most ?? 0) : ((place.system.bounds as unknown as Record<string, number>)[bound] ?? 0),
    ]),
  );
  const violation = violationOf(options, arena, place, failing ?? neverOf(lassos));
  const comesOf = ({ type }: Property): Readonly<Record<string, CheckVerdict>> =>
    Object.fromEntries(
      place.judge.obligations
        .filter(({ property }) => property.type === type)
        .map(({ name }): [string, CheckVerdict] => {
          const never = lassos?.some(({ obligation }) => obligation.property.type === type && obligation.name === name);
          return [name, never === undefined ? 'unknown' : never ? 'violated' : 'holds'];
        }),
    );
  const verdictOf = (property: Property): CheckVerdict => {
    const comes = Object.values(comesOf(property));
    if (comes.includes('violated')) return 'violated';
    if (search.found !== null && (violation?.property === property.type.id || violation?.property === roleThrew)) return 'violated';
    if (comes.includes('unknown')) return 'unknown';
    // Claims name all the small scenarios, of which not each can show all that random runs show in larger ones.
    const unseen =
      arena.scenario.exhaustive !== true &&
      Object.keys(property.type.sometimes ?? {}).some((name) => !witnessed.has(`${property.type.id} sometimes.${name}`));
    return search.found !== null || ranOut !== null || unseen ? 'unknown' : 'holds';
  };
  const checked = properties.map(
    (property): CheckedProperty => ({
      id: property.type.id,
      claim: property.type.claim,
      verdict: verdictOf(property),
      sometimes: Object.fromEntries(
        Object.keys(property.type.sometimes ?? {}).map((name) => [name, witnessed.has(`${property.type.id} sometimes.${name}`)]),
      ),
      comes: comesOf(property),
      notJudged: partsNotJudged(property),
    }),
  );
  const unknown = ranOut !== null || checked.some(({ verdict }) => verdict === 'unknown');
  return {
    protocol: protocol.id,
    scenario,
    mutant,
    hosts: place.system.hosts,
    order,
    verdict: violation !== null ? 'violated' : unknown ? 'unknown' : 'holds',
    ranOut,
    distinct: visited.count,
    generated,
    depth,
    queue,
    seconds,
    statesPerSecond: seconds === 0 ? 0 : Math.round(visited.count / seconds),
    memoryMb: usedMb,
    xstateSteps: roles.reduce((sum, { memory }) => sum + memory.misses, 0),
    memoMisses: search.plans.misses,
    properties: checked,
    reductions,
    bound: cuts,
    deadlocks: { count: deadlocks.count, waiting: deadlocks.waiting },
    rulesNeverFired: neverFired,
    violation,
  };
};
