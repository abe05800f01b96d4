import { describe, expect, it } from 'vitest';
import { note, speakerRole, stage } from '../../properties/engine/speaker.ts';
import { Random } from '../kernel/random.ts';
import { Arena } from '../property/arena.ts';
import { namedHost, type ScenarioType } from '../protocol/scenario.ts';
import { enabled, make, offersNow } from '../world/move.ts';
import type { Offer } from '../world/offer.ts';
import { settingOf } from '../world/system.ts';
import { Offers } from './offers.ts';

const scripts = { all: [{ type: 'broadcast', message: note(1) }], tell: [{ type: 'tell', role: 'other', message: note(2) }] } as const;
const beats = { initial: 'a', states: { a: { after: { 10: 'b' } }, b: { after: { 20: 'a' } } } };
const protocol = stage(
  { speaker: speakerRole(scripts, beats), other: speakerRole({}) },
  {
    hosts: [
      namedHost('ann', ['speaker', 'other']),
      namedHost('ben', ['speaker'], { off: true }),
      namedHost('cat', ['speaker', 'other'], { stopped: ['other'] }),
    ],
    network: { link: 'connection' },
    faults: { crash: 2, pause: 2, join: 1, leave: 1, stopRole: 2, startRole: 2, partition: 1, hold: 1 },
    commands: { speaker: { perform: 6 } },
    bounds: { fires: 3 },
  },
);
const scenario = protocol.scenarios['one'] as ScenarioType;

const said = ({ kind, instance, name, entry, value }: Offer): string => JSON.stringify([kind, instance, name, entry, value]);

describe('the offers that a walk draws from', () => {
  it('are those of the world after every step, whatever the step was', () => {
    const kinds = new Set<string>();
    for (let seed = 0; seed < 12; seed++) {
      const { world } = new Arena(protocol, scenario, [], null).at(settingOf(scenario, 0, new Random(1)));
      const random = new Random(seed);
      const offers = new Offers(world);
      for (let step = 0; step < 50; step++) {
        offers.follow();
        const all = Array.from({ length: offers.total }, (_, nth) => offers.allowed(nth)).flatMap((offer) => (offer === null ? [] : [said(offer)]));
        expect(all).toEqual(offersNow(world).map(said));
        const moves = enabled(world);
        if (moves.length === 0) break;
        const move = random.pick(moves);
        kinds.add('fault' in move ? move.fault.type : move.offer.kind);
        make(world, move);
      }
    }
    for (const kind of ['Deliver', 'Fire', 'Command', 'Crash', 'Restart', 'Pause', 'Resume', 'Join', 'StopRole', 'StartRole', 'Partition', 'Hold'])
      expect(kinds).toContain(kind);
  });
});
