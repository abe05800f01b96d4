import { defineProperty, type WorldView } from '../../model/property/property.ts';
import type { Reply } from '../../spec/mail/messages.ts';
import type { MailContext } from '../../spec/mail/mta.ts';
import { mailProtocol } from '../../spec/mail/protocol.ts';
import { actsInstead } from '../shared/instead.ts';
import { type MonitorHere, showMta, type World } from './sight.ts';

/** The last reply of each host, and how many it has sent. Counts go round: a step sends one. */
type Replies = Readonly<Record<string, { readonly count: number; readonly to: string; readonly code: number }>>;

const round = 8;

const replies: MonitorHere = {
  initial: {},
  next: (state, { host, role, effect }) => {
    if (role !== 'mta' || effect.type !== 'send' || effect.message.type !== 'Reply') return state;
    const known = state as unknown as Replies;
    const { code } = effect.message as unknown as Reply;
    return { ...known, [host]: { count: ((known[host]?.count ?? 0) + 1) % round, to: (effect.to as readonly string[]).join(' '), code } };
  },
};

const repliesIn = (world: WorldView): Replies => world.monitor('replies') as unknown as Replies;

const heldIn = (world: World, host: string): number => {
  const { queue, boxes } = world.at('mta', host)?.context ?? { queue: [], boxes: { of: {} } };
  return queue.length + Object.values(boxes.of).reduce((sum, box) => sum + box.length, 0);
};

export const oneReply = defineProperty(mailProtocol, {
  id: 'SMTP-REPLIES',
  claim:
    'A host gives one reply to each mail that it is offered, at once, to whoever offers it; and it holds one mail more if the reply is 250, and none otherwise.',
  source: 'RFC 5321, 4.2: SMTP Replies; 4.2.5: Reply Codes after DATA',
  holdsUnder: ['relay', 'lossy', 'nobody', 'crowded', 'everyOffer'],
  monitors: { replies },
  step: {
    oneToEachOffer: (before, action, after) => {
      if ('crashAfter' in action && action.crashAfter !== undefined) return true;
      const offered = action.type === 'Deliver' && action.message === 'Data' ? action : null;
      return before.all('mta').every(({ host, running }) => {
        const now = repliesIn(after)[host];
        const more = ((now?.count ?? 0) - (repliesIn(before)[host]?.count ?? 0) + round) % round;
        return offered?.to === host && running ? more === 1 && now?.to === offered.from : more === 0;
      });
    },
    takenIfItSaysSo: (before, action, after) => {
      if (action.type !== 'Deliver' || action.message !== 'Data' || action.crashAfter !== undefined) return true;
      if (before.at('mta', action.to)?.running !== true) return true;
      return heldIn(after, action.to) - heldIn(before, action.to) === (repliesIn(after)[action.to]?.code === 250 ? 1 : 0);
    },
  },
  sometimes: { oneIsTakenOver: (world) => Object.values(repliesIn(world)).some(({ code }) => code === 250) },
  shows: { mta: showMta },
  mutants: {
    throwsAwayWhatItTook: {
      doc: 'A host says 250 and delivers nothing.',
      after: 'Filters that discard what they take for spam after they have said 250: neither reader nor author ever knows.',
      roles: { mta: { actions: { take: actsInstead<MailContext>(() => ({})) } } },
    },
  },
});
