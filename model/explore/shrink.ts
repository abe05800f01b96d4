import type { Mutant, Protocol } from '../protocol/protocol.ts';
import type { ScenarioType } from '../protocol/scenario.ts';
import { Arena, type Place } from '../property/arena.ts';
import type { Property } from '../property/property.ts';
import { type Case, minimise } from '../trace/minimise.ts';
import { play, type Target } from '../trace/play.ts';
import { Player } from '../trace/player.ts';
import { record } from '../trace/record.ts';
import { shownValues } from '../trace/replay.ts';
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
const effort = { candidates: 4000, states: 60_000, moves: 500_000 };

/** Names the moves of a run that was made in a place. */
export const namedActions = (place: Place, moves: readonly Move[]): Case['actions'] => {
  const player = new Player(place.system, place.judge.monitors, place.world);
  const actions = moves.map((move) => player.make(move));
  place.world.observer = null;
  return actions;
};

/**
 * Makes the smallest run that shows a failure: by leaving out first, and then, where the space is small enough, by a
 * breadth-first search of what is left for something shorter still.
 */
export const shrunkViolation = (found: Found, isFailure: Target['isFailure']): Violation => {
  const { protocol, scenario, property, mutant } = found;
  const arena = new Arena(protocol, scenario, property === null ? [] : [property], mutant);
  const target: Target = { isFailure, witness: null };
  const spent = { candidates: 0, limit: effort.candidates };
  const smaller = minimise(
    found.start,
    (candidate) => {
      const played = play(arena.at(candidate.setting), candidate.actions, target);
      return played.failure === null ? null : { setting: candidate.setting, actions: played.ran };
    },
    spent,
  );
  const place = arena.at(smaller.setting);
  const search = shortestFailure(place.world, place.judge, {
    isIt: isFailure,
    settles: found.settles,
    allows: () => true,
    maxStates: effort.states,
    maxDepth: Math.max(0, smaller.actions.length - 1),
    maxMoves: effort.moves,
  });
  const actions = search.moves === null ? smaller.actions : namedActions(place, search.moves);
  const { trace, failure } = record(arena, place, actions, target, {
    scenario: found.scenarioName,
    mutant: found.mutantName,
    strategy: found.strategy,
    seed: found.seed,
    property: property?.type.id ?? 'ROLE-THREW',
    part: found.part,
    verdict: 'violated',
    minimised: { from: found.start.actions.length, candidates: spent.candidates, shortest: search.complete },
  });
  return {
    property: property?.type.id ?? 'ROLE-THREW',
    claim: property?.type.claim ?? 'No role throws.',
    part: found.part,
    scenario: found.scenarioName,
    seed: found.seed,
    values: shownValues(place, property),
    detail: failure?.detail ?? '',
    trace,
  };
};
