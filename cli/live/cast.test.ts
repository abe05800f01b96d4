import { describe, expect, it } from 'vitest';
import type { Protocol } from '../../model/protocol/protocol.ts';
import { namedHost, type NetworkType, type ScenarioType } from '../../model/protocol/scenario.ts';
import { castOf } from './cast.ts';

const options = { scenario: 'one', mutant: null, seed: 1, timeMs: 1, speed: 1 };

const cast = (network: NetworkType, faults: NonNullable<ScenarioType['faults']>) => {
  const one: ScenarioType = { doc: '', hosts: [namedHost('ann', ['peer']), namedHost('ben', ['peer'])], network, faults };
  return castOf({ id: 'toy', scenarios: { one } } as unknown as Protocol, options);
};

describe('a live run of datagrams in order', () => {
  const ordered = { link: 'datagram', ordered: true } as const;

  it('is refused where processes are killed and the model loses nothing', () => {
    for (const faults of [{ crash: 1 }, { crashDuringStep: 1 }])
      expect(() => cast(ordered, faults)).toThrow(expect.objectContaining({ code: 'LIVE_ORDERED', advice: expect.stringContaining('drop') }));
  });

  it('is made where the model may lose what a killed process takes with it, and where none is killed', () => {
    expect(cast(ordered, { crash: 1, drop: 2 }).head.links).toEqual([['ann', 'ben']]);
    expect(cast(ordered, { pause: 1 }).head.hosts).toEqual(['ann', 'ben']);
    for (const network of [{ link: 'datagram' }, { link: 'connection', ordered: true }] as const)
      expect(cast(network, { crash: 1 }).first).toHaveLength(2);
  });
});
