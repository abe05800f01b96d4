import { addCoverage, emptyCoverage } from '../../coverage/coverage.ts';
import { Random } from '../../kernel/random.ts';
import { Arena, mutantOf, type Place, scenarioOf } from '../../property/arena.ts';
import { roleThrew } from '../../property/judge.ts';
import { checkFairness } from '../../property/fairness.ts';
import type { Failure } from '../../property/failure.ts';
import type { Property } from '../../property/property.ts';
import type { Protocol } from '../../protocol/protocol.ts';
import { modelDigest } from '../../trace/digest.ts';
import { record } from '../../trace/record.ts';
import { shownValues } from '../../trace/replay.ts';
import type { Move } from '../../world/move.ts';
import { settingOf } from '../../world/system.ts';
import type { Violation } from '../report.ts';
import { namedActions } from '../shrink.ts';
import type { CheckpointReader } from './checkpoint.ts';
import { Keeper } from './keeper.ts';
import { judgeObligations, type Lasso } from './liveness.ts';
import { decided, type InUse, inUseNow, reconsidered, reducing, reductionReports } from './reduction/decide.ts';
import type { ReductionReport, Reductions } from './reduction/reductions.ts';
import { type Order, type RanOut, Search } from './search.ts';

/** What is asked of an exhaustive search. */
export interface CheckOptions {
  readonly protocol: Protocol;
  readonly properties: readonly Property[];
  readonly scenario: string;
  /** Claims by id; all that speak of the scenario where it is null. */
  readonly selected: readonly string[] | null;
  readonly mutant: string | null;
  /** How many hosts, where the scenario leaves it open; the least where it is null. */
  readonly hosts: number | null;
  readonly order: Order;
  readonly maxStates: number;
  readonly maxDepth: number;
  /** Whether worlds are left out that show nothing new, where that is sound; not so without it. */
  readonly reduce?: boolean;
  /** Bytes that the process may take. */
  readonly maxBytes: number;
  /** Asked between pieces of the search. */
  readonly interrupted: () => boolean;
  readonly usedBytes: () => number;
  readonly clock: () => number;
  /** Where the search is kept now and then, and once more when it ends with worlds left. */
  readonly keeping?: Keeping | null;
  /** The search that it carries on. */
  readonly resumed?: CheckpointReader | null;
}

/** Where checkpoints of a search go. */
export interface Keeping {
  /** Asked between pieces of the search. */
  readonly isDue: () => boolean;
  /** Writes a checkpoint; the search waits for it. */
  readonly keep: (pieces: Iterable<Uint8Array>) => void;
}

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

/** What an exhaustive search found. Everything but `seconds`, `statesPerSecond` and `memoryMb` is the same on every machine. */
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

/** What a search reports while it goes on. */
export interface CheckProgress {
  readonly protocol: string;
  readonly scenario: string;
  readonly distinct: number;
  readonly generated: number;
  readonly depth: number;
  readonly queue: number;
}

/** Worlds that are expanded between two looks at the clock, the memory and the user. */
const piece = 2_000;

const partsNotJudged = ({ type }: Property): readonly string[] => Object.keys(type.recovers ?? {}).map((name) => `recovers.${name}`);

/** The claims about a scenario that an exhaustive search can judge, or those that were asked for. */
const claimsOf = ({ properties, scenario, selected }: CheckOptions): readonly Property[] =>
  properties.filter(({ type }) => (selected === null ? (type.holdsUnder as readonly string[]).includes(scenario) : selected.includes(type.id)));

/** What a search needs, made anew for each: values get their numbers from the one search that meets them. */
const arenaOf = (options: CheckOptions): { readonly arena: Arena; readonly place: Place; readonly properties: readonly Property[] } => {
  const scenario = scenarioOf(options.protocol, options.scenario);
  const properties = claimsOf(options);
  const planted = mutantOf(options.properties, options.mutant);
  const arena = new Arena(options.protocol, scenario, properties, planted?.mutant ?? null);
  return { arena, place: arena.at(settingOf(scenario, options.hosts ?? scenario.size?.least ?? 0, new Random(1))), properties };
};

/** Explores every world of a scenario, in pieces; once more from the start where a reduction turns out to be unsound. */
export function* check(options: CheckOptions): Generator<CheckProgress, CheckReport> {
  const start = options.clock();
  let begun = options;
  let reductions = options.resumed?.header.subject.reductions ?? null;
  if (options.reduce !== true) reductions = null;
  else reductions ??= decided(() => arenaOf(options).place, options);
  let found: CheckReport | null = null;
  for (;;) {
    const { reductions: left, report } = yield* searched(begun, reductions, start);
    // What ran out while it looked for a shorter run takes nothing from the one that was found.
    if (left === null && report !== null) return report.violation === null ? (found ?? report) : report;
    found = report ?? found;
    reductions = left;
    begun = { ...options, resumed: null };
  }
}

/** One search. Where it has to begin anew, it gives the reductions that are left; and a report only where it has found something. */
function* searched(
  options: CheckOptions,
  reductions: Reductions | null,
  start: number,
): Generator<CheckProgress, { readonly reductions: Reductions | null; readonly report: CheckReport | null }> {
  const { protocol, clock } = options;
  const { arena, place, properties } = arenaOf(options);
  const roles = [...arena.engine.roles.values()].map(({ type }) => type);
  for (const property of properties) checkFairness(property, roles);
  const inUse = reducing(reductions, place);
  const search = new Search(place.world, place.judge, options.order, { states: options.maxStates, depth: options.maxDepth }, inUse);
  const keeper = keeperOf(options, reductions, place, search, properties);
  const elapsedMs = (): number => (keeper?.earlierMs ?? 0) + clock() - start;
  const keep = (): void => {
    if (keeper === null) return;
    keeper.subject = { ...keeper.subject, reductions: inUseNow(reductions, inUse) };
    options.keeping?.keep(
      keeper.pieces(
        elapsedMs(),
        rulesOf(options, arena, place, (count) => count > 0),
      ),
    );
  };
  let ranOut: RanOut | null = null;
  while (search.advance(piece)) {
    const left = reconsidered(reductions, inUse, search);
    if (left !== null) return { reductions: left, report: null };
    if (options.keeping?.isDue()) keep();
    if (options.interrupted()) ranOut = 'interrupted';
    else if (options.usedBytes() > options.maxBytes) ranOut = 'memory';
    if (ranOut !== null) break;
    const { visited, generated, depth, queue } = search;
    yield { protocol: protocol.id, scenario: options.scenario, distinct: visited.count, generated, depth, queue };
  }
  const failing = failureOf(search, inUse);
  const left = reconsidered(reductions, inUse, search);
  if (left !== null && (failing === null || inUse.symmetry?.refused)) return { reductions: left, report: null };
  if (search.found === null && ranOut === null && search.queue > 0) ranOut = 'states';
  if (search.found === null && ranOut === null && search.atLimit > 0) ranOut = 'depth';
  if (search.found === null && (search.queue > 0 || place.judge.obligations.length > 0)) keep();
  // What comes in the end is judged on the whole graph alone: a run that a bound cut off might have gone on to it.
  let lassos: readonly Lasso[] | null = null;
  if (search.found === null && ranOut === null && place.world.cuts.size === 0 && place.judge.obligations.length > 0) {
    const judging = judgeObligations(search, place.world, place.judge);
    for (let next = judging.next(); ranOut === null; next = judging.next()) {
      if (next.done) {
        lassos = next.value;
        break;
      }
      if (options.interrupted()) ranOut = 'interrupted';
      else if (options.usedBytes() > options.maxBytes) ranOut = 'memory';
      const { visited, generated, depth } = search;
      yield {
        protocol: protocol.id,
        scenario: options.scenario,
        distinct: visited.count,
        generated,
        depth,
        queue: visited.count - next.value.worlds,
      };
    }
  }
  const seconds = elapsedMs() / 1000;
  const usedMb = Math.round(options.usedBytes() / 1e6);
  const ended = { arena, place, search, keeper, properties, ranOut, lassos, failing, seconds, usedMb };
  return { reductions: left, report: reportOf(options, ended, reductionReports(reductions, inUse, search)) };
}

/** What keeps the search in checkpoints, where it is to be kept or carries one on. */
const keeperOf = (
  options: CheckOptions,
  reductions: Reductions | null,
  place: Place,
  search: Search,
  properties: readonly Property[],
): Keeper | null => {
  const { protocol, scenario, mutant, order, maxDepth } = options;
  if (!options.keeping && !options.resumed) return null;
  const model = modelDigest(protocol, scenario, mutant);
  const ids = properties.map(({ type }) => type.id);
  const hosts = [...place.system.hosts];
  const subject = { protocol: protocol.id, scenario, mutant, properties: ids, order, hosts, size: options.hosts, maxDepth, model, reductions };
  const keeper = new Keeper(subject, place, search);
  if (options.resumed) keeper.resume(options.resumed);
  return keeper;
};

/** The rules that fired so often. */
const rulesOf = ({ protocol }: CheckOptions, arena: Arena, place: Place, isWanted: (count: number) => boolean): readonly string[] => {
  const coverage = emptyCoverage(protocol, new Set(place.system.instances.map(({ role }) => role.name)));
  addCoverage(coverage, arena.engine);
  return [...coverage.rules].filter(([, count]) => isWanted(count)).map(([rule]) => rule);
};

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

const reportOf = (
  options: CheckOptions,
  { arena, place, search, keeper, properties, ranOut, lassos, failing, seconds, usedMb }: Ended,
  reductions: readonly ReductionReport[],
): CheckReport => {
  const { protocol, scenario, mutant, order } = options;
  const { visited, generated, depth, queue, deadlocks, witnessed } = search;
  const roles = [...arena.engine.roles.values()];
  const neverFired = rulesOf(options, arena, place, (count) => count === 0).filter((rule) => !keeper?.hasFired(rule));
  const cuts = Object.fromEntries(
    [...place.world.cuts.keys()].map((bound) => [bound, (place.system.bounds as unknown as Record<string, number>)[bound] ?? 0]),
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

/** The moves of a run that violates something. */
interface Ending {
  readonly moves: readonly Move[];
  readonly failure: Failure;
  /** How many of the moves, the last ones, come again and again. */
  readonly loop: number | null;
}

/** How what the search found comes about. */
const failureOf = (search: Search, { symmetry }: InUse): Ending | null => {
  const { found } = search;
  if (found === null) return null;
  const plain = (): readonly Move[] => [...(found.parent < 0 ? [] : search.pathTo(found.parent)), ...(found.move === null ? [] : [found.move])];
  const moves = symmetry === null ? plain() : symmetry.wayTo(search, found);
  return moves === null ? null : { moves, failure: found.failure, loop: null };
};

/** The first run on which something never comes. */
const neverOf = (lassos: readonly Lasso[] | null): Ending | null => {
  const lasso = lassos?.[0];
  if (lasso === undefined) return null;
  const { obligation, stem, loop } = lasso;
  return { moves: [...stem, ...loop], failure: { part: obligation, detail: '', settling: false }, loop: loop.length };
};

/** The run that leads to what was found. */
const violationOf = (options: CheckOptions, arena: Arena, place: Place, ending: Ending | null): Violation | null => {
  if (ending === null) return null;
  const { moves, loop } = ending;
  place.world.reset();
  const actions = namedActions(place, moves);
  const { part } = ending.failure;
  const name = part?.name ?? 'threw';
  // The trace is of the one claim that failed, so that a replay needs no other.
  const planted = mutantOf(options.properties, options.mutant);
  const own = new Arena(options.protocol, arena.scenario, part === null ? [] : [part.property], planted?.mutant ?? null);
  const {
    trace,
    failure,
    place: end,
  } = record(
    own,
    own.at(place.setting),
    actions,
    {
      isFailure: (one) => (one.part?.name ?? 'threw') === name && !one.settling,
      witness: null,
      ...(loop === null ? {} : { loop: actions.length - loop }),
    },
    {
      scenario: options.scenario,
      mutant: options.mutant,
      strategy: `exhaustive, ${options.order} first`,
      seed: 1,
      property: part?.property.type.id ?? roleThrew,
      part: name,
      verdict: 'violated',
      // The stem is a shortest one; a loop is not compared with others.
      minimised: loop === null ? { from: actions.length, candidates: 0, shortest: options.order === 'breadth' } : null,
    },
  );
  return {
    property: part?.property.type.id ?? roleThrew,
    claim: part?.property.type.claim ?? 'No role throws.',
    part: name,
    scenario: options.scenario,
    seed: 1,
    values: shownValues(end, part === null ? null : part.property),
    detail: failure?.detail ?? ending.failure.detail,
    trace,
  };
};
