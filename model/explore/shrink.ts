import { isWhole } from '../network/topology.ts';
import type { Mutant, Protocol } from '../protocol/protocol.ts';
import type { ScenarioType } from '../protocol/scenario.ts';
import { Arena, type Place } from '../property/arena.ts';
import { roleThrew } from '../property/judge.ts';
import type { Property } from '../property/property.ts';
import { consequencesOf } from '../trace/consequences.ts';
import type { Case } from '../trace/edits.ts';
import { canBeInTime } from '../trace/in-time.ts';
import { minimise } from '../trace/minimise.ts';
import { play, type Target } from '../trace/play.ts';
import { Player } from '../trace/player.ts';
import { record } from '../trace/record.ts';
import { shownValues } from '../trace/replay.ts';
import type { Trace } from '../trace/trace.ts';
import { shortestFailure } from './breadth.ts';
import type { Move } from '../world/move.ts';
import type { Violation } from './report.ts';

/** What is shrunk: a run that failed, and how it was found. */
export interface Found {
  readonly protocol: Protocol;
  readonly scenarioName: string;
  readonly scenario: ScenarioType;
  readonly mutantName: string | null;
  readonly mutant: Mutant | null;
  readonly property: Property | null;
  readonly part: string;
  readonly settles: boolean;
  readonly strategy: string;
  readonly seed: number;
  readonly start: Case;
}

/** Candidates that shrinking may run, worlds that the search for something shorter may visit, and moves it may make. */
export interface Effort {
  readonly candidates: number;
  readonly states: number;
  readonly moves: number;
}

const usualEffort: Effort = { candidates: 4000, states: 25_000, moves: 150_000 };

/**
 * A run of so few actions is not compared with others. Leaving out ends in a run from which nothing can go, and that need
 * not be a short one: of several runs that fail alike, the one that comes out smallest is kept.
 */
const shortEnough = 7;

/** Names the moves of a run that was made in a place. */
export const namedActions = (place: Place, moves: readonly Move[]): Case['actions'] => {
  const player = new Player(place.system, place.judge.monitors, place.world);
  const actions = moves.map((move) => player.make(move));
  place.world.observer = null;
  return actions;
};

/**
 * Whether a smaller setting still says something. Without its hosts a claim may fail for want of what the scenario
 * promised: a wallet without a server is never answered, and what one island knows never reaches the other. So a setting
 * from which hosts or links are gone is still in one piece, if the whole setting was, and the claim has to hold in it where
 * nothing is done, if it did in the whole setting, and a mutant has to be what makes the run fail.
 */
export const soundness = (
  found: Pick<Found, 'mutant' | 'protocol' | 'scenario'>,
  start: Case,
  arena: Arena,
  target: Target,
): ((candidate: Case) => boolean) => {
  const plain = found.mutant === null ? null : new Arena(found.protocol, found.scenario, arena.properties, null);
  const holdsIdle = (setting: Case['setting']): boolean => play(arena.at(setting), [], target).failure === null;
  const inOnePiece = ({ hosts, edges }: Case['setting']): boolean => isWhole(hosts.length, edges);
  const [wholeHoldsIdle, startsInOnePiece] = [holdsIdle(start.setting), inOnePiece(start.setting)];
  const known = new Map<Case['setting'], boolean>();
  return (candidate) => {
    const { setting, actions } = candidate;
    if (setting === start.setting) return true;
    // "All of them have it" says little of one host, so a witness keeps its setting; and without a server nobody is in time.
    if (target.witness !== null || found.scenario.timed !== undefined) return false;
    if (startsInOnePiece && !inOnePiece(setting)) return false;
    const isIdle = known.get(setting) ?? (!wholeHoldsIdle || holdsIdle(setting));
    known.set(setting, isIdle);
    return isIdle && (plain === null || play(plain.at(setting), actions, target).failure === null);
  };
};

/**
 * Makes the smallest run that shows what a target looks for: by leaving out first, and then, where the space is small
 * enough, by a breadth-first search of what is left for something shorter still.
 */
const shrunk = (found: Found, target: Target, effort: Effort, others: Iterable<Case>): ReturnType<typeof record> => {
  const { protocol, scenario, property, mutant } = found;
  const arena = new Arena(protocol, scenario, property === null ? [] : [property], mutant);
  const spent = { candidates: 0, limit: effort.candidates };
  const { timed } = arena;
  const isInTime = ({ setting, actions }: Case): boolean => timed === undefined || canBeInTime(arena.at(setting), timed, actions);
  const smallerOf = (start: Case): Case => {
    const isSound = soundness(found, start, arena, target);
    const stillFails = (candidate: Case): Case | null => {
      const played = play(arena.at(candidate.setting), candidate.actions, target);
      if (played.failure === null && !played.seen) return null;
      const ran = { setting: candidate.setting, actions: played.ran };
      return isSound(ran) && isInTime(ran) ? ran : null;
    };
    return minimise(start, stillFails, spent, ({ setting, actions }) => consequencesOf(arena.at(setting), actions));
  };
  let smaller = smallerOf(found.start);
  if (smaller.actions.length > shortEnough)
    for (const other of others) {
      const again = smallerOf(other);
      if (again.actions.length < smaller.actions.length) smaller = again;
      if (spent.candidates >= spent.limit || smaller.actions.length <= shortEnough) break;
    }
  const place = arena.at(smaller.setting);
  const witness = place.judge.sometimes.find((part) => part.name === target.witness);
  const search = shortestFailure(place.world, place.judge, {
    isIt: target.isFailure,
    sees: witness === undefined ? null : (world) => witness.memory.evaluateRow(world.row),
    settles: found.settles,
    allows: () => true,
    maxStates: effort.states,
    maxDepth: Math.max(0, smaller.actions.length - 1),
    maxMoves: effort.moves,
  });
  const shorter = search.moves === null ? null : { setting: smaller.setting, actions: namedActions(place, search.moves) };
  // What the search finds may be possible only where there is no clock.
  const isShorter = shorter !== null && isInTime(shorter);
  const { actions } = isShorter ? shorter : smaller;
  return record(arena, place, actions, target, {
    scenario: found.scenarioName,
    mutant: found.mutantName,
    strategy: found.strategy,
    seed: found.seed,
    property: property?.type.id ?? roleThrew,
    part: found.part,
    verdict: target.witness === null ? 'violated' : 'witnessed',
    minimised: { from: found.start.actions.length, candidates: spent.candidates, shortest: search.complete && (shorter === null || isShorter) },
  });
};

/** The smallest run that shows a failure, with what a person is told of it. */
export const shrunkViolation = (
  found: Found,
  isFailure: Target['isFailure'],
  effort: Effort = usualEffort,
  others: Iterable<Case> = [],
): Violation => {
  const { property } = found;
  const { trace, failure, place } = shrunk(found, { isFailure, witness: null, settles: found.settles }, effort, others);
  return {
    property: property?.type.id ?? roleThrew,
    claim: property?.type.claim ?? 'No role throws.',
    part: found.part,
    scenario: found.scenarioName,
    seed: found.seed,
    values: shownValues(place, property),
    detail: failure?.detail ?? '',
    trace,
  };
};

/** The smallest run that shows a `sometimes`. */
export const shrunkWitness = (found: Found, effort: Effort = usualEffort, others: Iterable<Case> = []): Trace =>
  shrunk(found, { isFailure: () => false, witness: found.part }, effort, others).trace;
