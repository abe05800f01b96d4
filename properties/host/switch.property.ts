import { defineProperty } from '../../model/property/property.ts';
import { nothing } from '../../model/protocol/protocol.ts';
import type { PingContext } from '../../spec/host/programs.ts';
import { host } from '../../spec/host/protocol.ts';

/** An answer is under way for a round or two. */
const underWay = 4;

const hearsLately = ({ sequence, heard }: PingContext): boolean =>
  heard.size === 2 && [...heard.values()].every((latest) => latest + underWay >= sequence);

export const switched = defineProperty(host, {
  id: 'SWITCH',
  claim: 'The hosts of a LAN reach each other if and only if the switch is up.',
  source: 'common sentence SWITCH: a switch connects the hosts of a LAN',
  holdsUnder: ['lan'],
  failsUnder: { splitLan: 'The switch is up and split: hosts on its two sides do not reach each other, and nobody is down.' },
  always: {
    reachIffUp: (world) => {
      const ups = world.hosts.filter((name) => name !== 'switch' && world.life(name) === 'up');
      return ups.every((one) => ups.every((other) => one === other || world.reaches(one, other) === (world.life('switch') === 'up')));
    },
  },
  step: {
    nothingPassesADeadSwitch: (before, action) => action.type !== 'Deliver' || before.life('switch') === 'up',
  },
  recovers: {
    allHearEachOther: {
      withinRounds: 12,
      holds: (world) => world.every('ping', ({ context }) => hearsLately(context)),
    },
  },
  sometimes: {
    theSwitchIsDown: (world) => world.life('switch') === 'crashed',
    everybodyIsHeard: (world) => world.every('ping', ({ context }) => context.heard.size === 2),
  },
  shows: { ping: ({ context }) => `asked ${context.sequence} times, heard from ${[...context.heard.keys()].sort().join(' ') || 'nobody'}` },
  mutants: {
    deafService: {
      doc: 'The service hears requests and does not reply.',
      after: 'A firewall that drops echo requests: the host is up and seems to be down.',
      roles: { echo: { actions: { reply: nothing } } },
    },
  },
});
