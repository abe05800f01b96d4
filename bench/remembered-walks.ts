import { drawRun, type Draw } from '../model/explore/drawn.ts';
import { Visits } from '../model/explore/visits.ts';
import { Arena } from '../model/property/arena.ts';
import type { Protocol } from '../model/protocol/protocol.ts';
import { blockchain } from '../spec/blockchain/protocol.ts';
import { gossip, sound } from './gossip.ts';

/** Random walks by the engine: how many a second once it is warm, and what it has remembered by then. */
export type RememberedWalks = {
  readonly walks: number;
  readonly steps: number;
  readonly seconds: number;
  readonly walksPerSecond: number;
  readonly stepsPerSecond: number;
  /** Of the steps that were measured, those that XState had to compute, in hundredths of a percent. */
  readonly missesInTenThousand: number;
  readonly values: number;
  readonly heapMegabytes: number;
};

/** @param warmUp steps before the measurement begins. */
export const rememberedWalks = (peers: number, warmUp: number, seconds: number): RememberedWalks => {
  const arena = new Arena(blockchain as unknown as Protocol, gossip, [sound], null);
  const draw: Draw = { strategy: 'walk', hosts: peers, faults: [], maxSteps: null, visits: new Visits(), onRun: () => {} };
  let seed = 0;
  const walk = (): number => {
    const { run } = drawRun(arena, seed++, draw);
    if (run.violation !== null) throw new Error(`${run.violation.part?.name ?? 'a role threw'}: ${run.violation.detail}`);
    return run.moves.length;
  };
  for (let steps = 0; steps < warmUp; ) steps += walk();
  const missesBefore = missesOf(arena);
  let [walks, steps] = [0, 0];
  const from = performance.now();
  const until = from + 1000 * seconds;
  while (performance.now() < until)
    for (let i = 0; i < 50; i++) {
      steps += walk();
      walks++;
    }
  const spent = (performance.now() - from) / 1000;
  return {
    walks,
    steps,
    seconds: spent,
    walksPerSecond: Math.round(walks / spent),
    stepsPerSecond: Math.round(steps / spent),
    missesInTenThousand: Math.round((10_000 * (missesOf(arena) - missesBefore)) / steps),
    values: arena.engine.interner.size,
    heapMegabytes: Math.round(process.memoryUsage().heapUsed / 1e6),
  };
};

const missesOf = (arena: Arena): number => [...arena.engine.roles.values()].reduce((sum, { memory }) => sum + memory.misses, 0);
