import { drawRun, type Draw } from '../model/explore/drawn.ts';
import { Visits } from '../model/explore/visits.ts';
import { Arena } from '../model/property/arena.ts';
import type { Protocol } from '../model/protocol/protocol.ts';
import { blockchain } from '../spec/blockchain/protocol.ts';
import { gossip, sound } from './gossip.ts';

/** What the engine has remembered. */
export type Memory = { readonly misses: number; readonly values: number };

/** Walks by the engine, as `rolecall run` makes them; each call returns its number of steps. */
export const rememberedWalker = (peers: number, fires: number): { readonly walk: () => number; readonly memory: () => Memory } => {
  const arena = new Arena(blockchain as unknown as Protocol, gossip(fires), [sound], null);
  const draw: Draw = { strategy: 'walk', hosts: peers, faults: [], maxSteps: null, visits: new Visits(), onRun: () => {} };
  let seed = 0;
  const walk = (): number => {
    const { run } = drawRun(arena, seed++, draw);
    if (run.violation !== null) throw new Error(`${run.violation.part?.name ?? 'a role threw'}: ${run.violation.detail}`);
    return run.moves.length;
  };
  const misses = (): number => [...arena.engine.roles.values()].reduce((sum, { memory }) => sum + memory.misses, 0);
  return { walk, memory: () => ({ misses: misses(), values: arena.engine.interner.size }) };
};
