import type { Protocol } from '../protocol/protocol.ts';
import { scenarioOf } from '../property/arena.ts';
import type { ScenarioType } from '../protocol/scenario.ts';
import { settingOfTrace } from '../trace/setting.ts';
import { Engine } from '../world/engine.ts';
import { System } from '../world/system.ts';
import type { Log, LogLine } from './log.ts';
import { Placement } from './placement.ts';
import { placeAll, wideBounds } from './placer.ts';
import type { Refusal } from './refusal.ts';
import { waysOn } from './ways.ts';

/** A log that the model does not allow: the first step that does not fit, and what the model has there. */
export interface LiveDivergence extends Refusal {
  /** The line of the log's file, counted from 1. */
  readonly line: number;
  readonly step: LogLine;
}

export interface Validation {
  readonly verdict: 'allowed' | 'refused' | 'unknown';
  /** Steps of the log. */
  readonly steps: number;
  /** Steps of the longest prefix that the model allows: no step of it knew of one that is not in it. */
  readonly placed: number;
  /** What the log does not show, and the model needs: `Break ann-ben`. */
  readonly filled: readonly string[];
  /** Steps that were tried, those included that were taken back. */
  readonly tried: number;
  readonly divergence: LiveDivergence | null;
}

const usualTries = 400_000;

/**
 * Decides whether the model allows what a live run did: whether there is one order of all steps, with each after those
 * that it knew of, that a world of the model can take, with unobserved steps filled in. Steps of roles do not disturb one
 * another, so they are placed as soon as they may be; only where none fits, the search branches, over hosts that crash,
 * restart or join, and over connections that break.
 */
export const validate = (protocol: Protocol, log: Log, mostTries = usualTries): Validation => {
  const { head, lines } = log;
  const scenario: ScenarioType = scenarioOf(protocol, head.scenario);
  const { buffer: _, ...network } = scenario.network;
  const wide: ScenarioType = { ...scenario, network, bounds: { ...scenario.bounds, ...wideBounds } };
  const engine = new Engine(protocol, scenario.domain ?? (Object.keys(protocol.domains)[0] as string), null);
  const system = new System(engine, wide, settingOfTrace(scenario, { ...head }), 0);
  const placement = new Placement(system, lines);
  let best: { readonly placed: number; readonly refusals: ReadonlyMap<number, Refusal>; readonly filled: readonly string[] } = {
    placed: -1,
    refusals: new Map(),
    filled: [],
  };
  let tried = 0;

  const search = (): 'allowed' | 'refused' | 'unknown' => {
    const { refusals, tries } = placeAll(placement, mostTries - tried);
    tried += tries;
    if (placement.placed > best.placed) best = { placed: placement.placed, refusals, filled: [...placement.filled] };
    if (placement.placed === lines.length) return 'allowed';
    if (tried >= mostTries) return 'unknown';
    // A role did something else than the model's role in the same state: no other order mends that.
    if ([...refusals.values()].some(({ certain }) => certain)) return 'refused';
    const before = placement.save();
    for (const way of waysOn(placement)) {
      tried++;
      const misfit = way();
      // What a role starts with is what its host has stored: no other order mends a start that differs.
      if (misfit?.refusal.certain === true) {
        best = { placed: placement.placed, refusals: new Map([[misfit.at, misfit.refusal]]), filled: [...placement.filled] };
        return 'refused';
      }
      const found = misfit === null ? search() : 'refused';
      if (found !== 'refused') return found;
      placement.restore(before);
    }
    return 'refused';
  };

  const verdict = search();
  const [line, refusal] = [...best.refusals].sort(([a, one], [b, other]) => Number(other.certain) - Number(one.certain) || a - b)[0] ?? [];
  return {
    verdict,
    steps: lines.length,
    placed: Math.max(0, best.placed),
    filled: best.filled,
    tried,
    divergence:
      verdict === 'allowed' || line === undefined || refusal === undefined ? null : { line: line + 2, step: lines[line] as LogLine, ...refusal },
  };
};
