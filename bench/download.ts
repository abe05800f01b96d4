import { drawRun, type Draw, type Drawn } from '../model/explore/drawn.ts';
import { Visits } from '../model/explore/visits.ts';
import { Random } from '../model/kernel/random.ts';
import { Arena } from '../model/property/arena.ts';
import type { Protocol } from '../model/protocol/protocol.ts';
import { settingOf } from '../model/world/system.ts';
import { downloadClaims } from '../properties/blockchain/download.ts';
import { downloadOf, type Held, joiner } from '../spec/blockchain/download.ts';
import type { PeerContext } from '../spec/blockchain/peer/context.ts';

/** One faulty download of a whole chain, with nothing remembered from an earlier one. */
export type DownloadRate = {
  readonly scenario: string;
  readonly seed: number;
  readonly blocks: number;
  readonly steps: number;
  readonly faults: readonly string[];
  readonly seconds: number;
  readonly blocksPerSecond: number;
  /** By the time that the processor spent on it, which other work on the machine changes less. */
  readonly blocksPerProcessorSecond: number;
};

const draw: Draw = { strategy: 'timed', hosts: null, faults: null, maxSteps: null, visits: new Visits(), onRun: () => {} };

/** The height of the peer that joined, at the end of a run. */
const heightOf = ({ place: { system, world } }: Drawn): number => {
  const instance = system.instanceOf(joiner, 'peer');
  if (instance === undefined) return 0;
  return (instance.role.memory.snapshot(world.local(instance.index)).context as PeerContext).kept.head.number;
};

/** Downloads the chain once by each seed: claims are judged at every step, and faults strike as the scenario says. */
export const measureDownload = (held: Held, scenario: 'download' | 'downloadOverDatagrams', seeds: readonly number[]): readonly DownloadRate[] =>
  seeds.map((seed) => {
    const protocol = downloadOf(held);
    const arena = new Arena(protocol as unknown as Protocol, protocol.scenarios[scenario], downloadClaims(protocol, held), null);
    // What the holders hold is there before the download begins.
    const { size } = arena.scenario;
    arena.at(settingOf(arena.scenario, size?.least ?? 0, new Random(seed)));
    const [from, used] = [performance.now(), process.cpuUsage()];
    const drawn = drawRun(arena, seed, draw);
    const seconds = (performance.now() - from) / 1000;
    const { user, system } = process.cpuUsage(used);
    const { violation, steps, faults } = drawn.run;
    if (violation !== null) throw new Error(`${violation.part?.name ?? 'a role threw'}: ${violation.detail}`);
    const blocks = heightOf(drawn);
    const rates = { blocksPerSecond: Math.round(blocks / seconds), blocksPerProcessorSecond: Math.round((1_000_000 * blocks) / (user + system)) };
    return { scenario, seed, blocks, steps, faults, seconds, ...rates };
  });
