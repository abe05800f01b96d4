import { defineProperty, type InstanceView, type Monitor } from '../../model/property/property.ts';
import { type HostRoles, host } from '../../spec/host/protocol.ts';

/** How often each user has called, and was replied to, by host. */
interface Talk {
  readonly calls: Readonly<Record<string, number>>;
  readonly replies: Readonly<Record<string, number>>;
}

const oneMore = (counts: Readonly<Record<string, number>>, host: string): Readonly<Record<string, number>> => ({
  ...counts,
  [host]: (counts[host] ?? 0) + 1,
});

const talk: Monitor<HostRoles> = {
  initial: { calls: {}, replies: {} },
  next: (state, { host: from, role, effect }) => {
    if (effect.type !== 'send') return state;
    const { calls, replies } = state as unknown as Talk;
    if (role === 'caller') return { calls: oneMore(calls, from), replies };
    return role === 'echo' ? { calls, replies: oneMore(replies, String(effect.to)) } : state;
  },
};

type Caller = InstanceView<HostRoles['caller']>;

/** How many of its calls a user takes for answered. */
const answered = ({ host: name, value }: Caller, { calls }: Talk): number => (calls[name] ?? 0) - (value === 'ready' ? 0 : 1);

export const callPaired = defineProperty(host, {
  id: 'CALL-PAIRED',
  claim: 'A user takes no answer for that to another call, however late and however often it comes; and each call ends.',
  source: 'RFC 792, Echo Reply Message: the sequence number pairs it with its request',
  holdsUnder: ['twice'],
  monitors: { talk },
  always: {
    eachHasItsAnswer: (world) => {
      const said = world.monitor('talk') as unknown as Talk;
      return world.every('caller', (caller) => answered(caller, said) <= (said.replies[caller.host] ?? 0));
    },
  },
  recovers: { nobodyWaits: { withinRounds: 12, holds: (world) => world.every('caller', ({ value }) => value === 'ready') } },
  sometimes: {
    oneComesTwice: (world) => world.inFlight({ type: 'EchoReply' }).length > 1,
    oneIsLate: (world) => world.some('caller', ({ context }) => context.late > 0),
  },
  shows: { caller: ({ value, context }: Caller) => `${String(value)}, ${context.sequence} asked, ${context.late} late` },
  mutants: {
    takesAnyAnswer: {
      doc: 'Whatever answer comes is taken for the one that is awaited.',
      after: 'CVE-2008-1447: resolvers that took forged or late answers, because little told them apart from the one awaited.',
      roles: { caller: { guards: { isAnswer: () => true } } },
    },
  },
});
