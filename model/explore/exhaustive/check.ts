import { Random } from '../../kernel/random.ts';
import { Arena, mutantOf, type Place, scenarioOf } from '../../property/arena.ts';
import { checkFairness } from '../../property/fairness.ts';
import type { Property } from '../../property/property.ts';
import { modelDigest } from '../../trace/digest.ts';
import { settingOf } from '../../world/system.ts';
import { failureOf } from './ending.ts';
import { Keeper } from './keeper.ts';
import { judgeObligations, type Lasso } from './liveness.ts';
import type { CheckOptions } from './options.ts';
import { decided, inUseNow, reconsidered, reducing, reductionReports } from './reduction/decide.ts';
import type { Reductions } from './reduction/reductions.ts';
import { type CheckReport, reportOf, rulesOf } from './report.ts';
import { Search } from './search.ts';
import type { RanOut } from './standing.ts';

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

/** The claims about a scenario that an exhaustive search can judge, or those that were asked for. */
const claimsOf = ({ properties, scenario, selected }: CheckOptions): readonly Property[] =>
  properties.filter(({ type }) => (selected === null ? (type.holdsUnder as readonly string[]).includes(scenario) : selected.includes(type.id)));

/** What a search needs, made anew for each: values get their numbers from the one search that meets them. */
const arenaOf = (options: CheckOptions): { readonly arena: Arena; readonly place: Place; readonly properties: readonly Property[] } => {
  const scenario = scenarioOf(options.protocol, options.scenario);
  const properties = claimsOf(options);
  const planted = mutantOf(options.properties, options.mutant);
  const arena = new Arena(options.protocol, scenario, properties, planted?.mutant ?? null, true);
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
