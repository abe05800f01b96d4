import { defineProperty, type InstanceView } from '../../model/property/property.ts';
import { nothing } from '../../model/protocol/protocol.ts';
import { frameName } from '../../spec/host/lan.ts';
import { host, type HostRoles } from '../../spec/host/protocol.ts';

/** Two switches with two cables between them. */

const shows = {
  station: ({ context: { sent, heard } }: InstanceView<HostRoles['station']>) =>
    `sent ${sent}; heard ${
      Object.entries(heard)
        .map(([frame, times]) => `${frame}${times > 1 ? ' again' : ''}`)
        .join(', ') || 'nothing'
    }`,
};

export const switchLoop = defineProperty(host, {
  id: 'SWITCH-LOOP',
  claim: 'What one station sends to all, every other one hears once, and then the LAN is quiet.',
  source: 'IEEE 802.1D, 7.7 and 8; common sentence SWITCH',
  holdsUnder: ['tree', 'managedLoop', 'everyManagedLoop'],
  failsUnder: { loop: 'Two switches with two cables and no management: each frame goes round for ever, and comes to the stations again and again.' },
  always: { once: (world) => world.every('station', ({ context }) => Object.values(context.heard).every((times) => times === 1)) },
  recovers: {
    quiet: { withinRounds: 8, holds: (world) => world.inFlight().length === 0 },
    allHear: {
      withinRounds: 8,
      holds: (world) => {
        const sent = world.map('station', ({ context: { name, sent: count } }) =>
          Array.from({ length: count }, (_, n) => ({ name, frame: frameName(name, n + 1) })),
        );
        return world.every('station', ({ context }) => sent.flat().every(({ name, frame }) => name === context.name || context.heard[frame] === 1));
      },
    },
  },
  sometimes: { aFrameIsHeard: (world) => world.some('station', ({ context }) => Object.keys(context.heard).length > 0) },
  shows,
  mutants: {
    floodsNothing: {
      doc: 'A switch sends nothing on.',
      after: 'A port that is blocked and never comes to forward.',
      roles: { bridge: { actions: { flood: nothing } } },
    },
    usesStandby: {
      doc: 'A switch takes what comes in on a cable that stands by.',
      after: 'One side of a loop on which the spanning tree is switched off.',
      roles: { bridge: { guards: { comesOnStandby: () => false } } },
    },
  },
});
