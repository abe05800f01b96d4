import { defineProperty } from '../../model/property/property.ts';
import type { Result } from '../../spec/request-response/messages.ts';
import { requestResponse } from '../../spec/request-response/protocol.ts';
import { type MonitorHere, showClient } from './sight.ts';

/** Whether a user was told anything but an answer. */
const unanswered: MonitorHere = {
  initial: false,
  next: (state, { role, effect }) =>
    state === true || (role === 'client' && effect.type === 'return' && !(effect.outcome.definite && (effect.outcome.value as Result).ok)),
  holds: (state) => state === false,
};

export const bothDeadlock = defineProperty(requestResponse, {
  id: 'BOTH-DEADLOCK',
  claim: 'Two programs that are server and client answer while they ask each other, unless each has one worker and that waits.',
  source: 'common sentence BOTH-DEADLOCK: an application can be both, which is not recommended',
  holdsUnder: ['eachWay'],
  failsUnder: { eachWayWaiting: 'Each worker waits for the other, which has no worker left: only a time-out ends it, and there is no answer.' },
  monitors: { unanswered },
  sometimes: { bothAsk: (world) => world.count('agent', (agent) => agent.matches('waiting')) >= 2 },
  shows: {
    client: showClient,
    gateway: ({ value, context }) => `${String(value)}, ${context.queue.length} in the queue`,
  },
});
