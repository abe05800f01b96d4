import { defineProperty, type InstanceView } from '../../model/property/property.ts';
import { type HostRoles, host } from '../../spec/host/protocol.ts';

const shows = {
  caller: ({ value, context }: InstanceView<HostRoles['caller']>) => `${String(value)}, ${context.sequence} asked, ${context.late} late`,
  ping: ({ context }: InstanceView<HostRoles['ping']>) => `${context.sequence} asked`,
};

export const bothSlower = defineProperty(host, {
  id: 'BOTH-SLOWER',
  claim: 'Two users of a computer that serves are answered in time, also where it could ask and does not, or is fast enough for both.',
  source: 'common sentence BOTH-SLOWER: acting as both can slow a device; Kurose and Ross, Computer Networking, 1.4',
  holdsUnder: ['serves', 'servesAndRests', 'servesAndAsksFaster'],
  failsUnder: {
    servesAndAsks:
      'The processor is busy with what the computer asks itself, and a user waits until that is done: what slows it is the work, not the role.',
  },
  always: { inTime: (world) => world.every('caller', ({ context }) => context.late === 0) },
  sometimes: { bothWait: (world) => world.count('caller', (caller) => caller.matches('waiting')) === 2 },
  shows,
  mutants: {
    isThrottled: {
      doc: 'The processor takes half as long again for each request.',
      after: 'Processors that slow down when they are hot, under services whose time-outs were set when they were cold.',
      timed: { processor: { workMs: { echo: 300, ping: 300 }, spread: 'exact' } },
    },
  },
});

/**
 * So often the computer has asked: half of what it may, and twice as often as it has in any run when the first user is
 * late. Users ask on as soon as they are answered.
 */
const much = 12;

export const sharedProcessor = defineProperty(host, {
  id: 'SHARED-PROCESSOR',
  claim: 'Where one program takes all that a processor has to give, some user of another program on that computer is answered late.',
  source: 'common sentence BOTH-SLOWER: acting as both can slow a device; Kleinrock, Queueing Systems, 3.2: the queue M/M/1',
  holdsUnder: ['servesAndAsks'],
  always: {
    someoneIsLate: (world) =>
      world.every('ping', ({ context }) => context.sequence < much) || world.some('caller', ({ context }) => context.late > 0),
  },
  sometimes: { muchIsAsked: (world) => world.some('ping', ({ context }) => context.sequence >= much) },
  shows,
  mutants: {
    hasAProcessorForEach: {
      doc: 'Each program of a computer has a processor to itself.',
      after: 'Capacity plans that measure each service alone, on an idle machine, and then put them together.',
      timed: { processor: { workMs: { echo: 200, ping: 200 }, spread: 'exact', each: 'role' } },
    },
  },
});
