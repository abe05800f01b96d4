import { defineProperty } from '../../model/property/property.ts';
import type { Action } from '../../model/world/action.ts';
import { usualMail } from '../../spec/mail/domain.ts';
import type { Mail } from '../../spec/mail/messages.ts';
import type { MailContext } from '../../spec/mail/mta.ts';
import { mailProtocol } from '../../spec/mail/protocol.ts';
import { acting } from '../shared/acting.ts';
import { type MonitorHere, showMta, type World } from './sight.ts';

/** What a host has done to pass mail on. */
type Offers = {
  /** How many offers it has begun, and how many have ended. Counts go round: a step adds one at most of each. */
  readonly begun: number;
  readonly ended: number;
  /** Whether the last one has failed for now: nothing was heard, or not now. */
  readonly failed: boolean;
  /** By mail: how often it was offered in vain; no more than a host tries. */
  readonly tries: Readonly<Record<string, number>>;
};

const round = 8;
const none: Offers = { begun: 0, ended: 0, failed: false, tries: {} };

const offers: MonitorHere = {
  initial: {},
  next: (state, { host, role, effect }) => {
    if (role !== 'mta' || (effect.type !== 'invoke' && effect.type !== 'return')) return state;
    const of = state as unknown as Readonly<Record<string, Offers>>;
    const { begun, ended, tries, failed } = of[host] ?? none;
    if (effect.type === 'invoke') return { ...of, [host]: { begun: (begun + 1) % round, ended, failed, tries } };
    const id = effect.id as string;
    const hasFailed = !effect.outcome.definite || effect.outcome.value === 451;
    const now = hasFailed ? { ...tries, [id]: Math.min((tries[id] ?? 0) + 1, usualMail.maxAttempts) } : tries;
    return { ...of, [host]: { begun, ended: (ended + 1) % round, failed: hasFailed, tries: now } };
  },
};

const offersOf = (world: World, host: string): Offers => (world.monitor('offers') as unknown as Readonly<Record<string, Offers>>)[host] ?? none;

const more = (then: number, now: number): number => (now - then + round) % round;

/** The host that takes a step, before and after it, and what it has offered; null where none does, and where it crashes meanwhile. */
const stepOf = (before: World, action: Action, after: World) => {
  const by = acting(action);
  if (by?.role !== 'mta') return null;
  const [was, is] = [before.at('mta', by.host), after.at('mta', by.host)];
  return was?.running === true && is?.running === true ? { was, is, earlier: offersOf(before, by.host), now: offersOf(after, by.host) } : null;
};

/** The host to which a host passes a mail on: its first one, where no other is named. */
const nextHopOf = ({ queue: [first], routes }: MailContext, mail: Mail | undefined = first?.mail): string | undefined =>
  routes[mail?.to.split('@')[1] ?? ''] ?? routes['*'];

const hasNoWay = (context: MailContext): boolean => context.queue.length > 0 && nextHopOf(context) === undefined;

export const offersPair = defineProperty(mailProtocol, {
  id: 'MAIL-OFFERS',
  claim:
    'A host offers one mail after the other, and each offer ends: as the next host says, or with the session. After one that has failed it waits; and it gives no mail up that was not refused and not offered often enough, but one for which there is no way: that one does not wait.',
  source: 'RFC 5321, 4.5.4.1: Sending Strategy; 4.2.1: 4yz, the sender is encouraged to try again; 5.1: no host to be found',
  holdsUnder: ['relay', 'lossy', 'crowded', 'away', 'circle', 'astray', 'everyOffer', 'everyAstray'],
  monitors: { offers },
  always: {
    noneWaitsForAWay: (world) => world.every('mta', ({ context }) => !hasNoWay(context)),
  },
  step: {
    oneAfterTheOther: (before, action, after) => {
      const step = stepOf(before, action, after);
      if (step === null) return true;
      const { was, is, earlier, now } = step;
      const open = (was.matches('sending') ? 1 : 0) + more(earlier.begun, now.begun) - more(earlier.ended, now.ended);
      return open === (is.matches('sending') ? 1 : 0);
    },
    waitsAfterAFailure: (before, action, after) => {
      const step = stepOf(before, action, after);
      if (step === null || more(step.earlier.ended, step.now.ended) === 0) return true;
      return !step.now.failed || more(step.earlier.begun, step.now.begun) === 0;
    },
    endsWithItsSession: (before, action, after) => {
      if (action.type !== 'Deliver' || action.message !== 'disconnected' || action.toRole !== 'mta' || action.crashAfter !== undefined) return true;
      const was = before.at('mta', action.to);
      if (was?.running !== true || !was.matches('sending')) return true;
      const hasEnded = more(offersOf(before, action.to).ended, offersOf(after, action.to).ended) === 1;
      return hasEnded === (action.from === nextHopOf(was.context));
    },
    givesNothingUpTooEarly: (before, action, after) => {
      const was = action.type === 'Fire' ? before.at('mta', action.host) : undefined;
      if (was?.matches('pausing') !== true) return true;
      const left = new Set(after.at('mta', was.host)?.context.queue.map(({ mail }) => mail.id));
      const gone = was.context.queue.filter(({ mail }) => !left.has(mail.id) && nextHopOf(was.context, mail) !== undefined);
      return gone.every(({ mail }) => (offersOf(before, was.host).tries[mail.id] ?? 0) >= usualMail.maxAttempts);
    },
  },
  sometimes: { oneHasFailed: (world) => world.some('mta', ({ host }) => offersOf(world, host).failed) },
  shows: { mta: showMta },
  mutants: {
    takesNotNowForNever: {
      doc: 'A host sends a mail back that was not taken over at the first try.',
      after: 'Senders that took the 450 of greylisting for a refusal: newsletters and scripts that never try again.',
      roles: { mta: { guards: { givesUp: () => true } } },
    },
    keepsWhatHasNoWay: {
      doc: 'A notice for which there is no way back stays in the queue.',
      after: 'Queues full of frozen messages: bounces that nobody can be sent and that nobody throws away.',
      roles: {
        mta: { guards: { hasNoWay: ({ context }: { readonly context: MailContext }) => hasNoWay(context) && context.queue[0]?.mail.from !== null } },
      },
      under: 'astray',
    },
  },
});
