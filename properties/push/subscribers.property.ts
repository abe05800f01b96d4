import { defineProperty } from '../../model/property/property.ts';
import { pushProtocol } from '../../spec/push/protocol.ts';
import { type PushState, pushService } from '../../spec/push/push-service.ts';
import { heldBy, type MonitorHere, showDevice, showService } from './sight.ts';

type Seen = { readonly subscribed: readonly string[]; readonly wrong: boolean };

/** Who is subscribed, by what the service has stored last; and whether anybody else was told anything. */
const told: MonitorHere = {
  initial: { subscribed: [], wrong: false },
  next: (state, { role, effect }) => {
    const { subscribed, wrong } = state as unknown as Seen;
    if (role !== 'service') return state;
    if (effect.type === 'persist') {
      const { subscriptions } = (effect.value as unknown as { readonly state: PushState }).state;
      return { subscribed: Object.keys(subscriptions).sort(), wrong };
    }
    if (effect.type !== 'send' || effect.message.type !== 'Notice') return state;
    return { subscribed, wrong: wrong || !(effect.to as readonly string[]).every((device) => subscribed.includes(device)) };
  },
  holds: (state) => !(state as unknown as Seen).wrong,
};

export const subscribers = defineProperty(pushProtocol, {
  id: 'PUSH',
  claim: 'Only subscribers are told, and none whose subscription was ended or has expired; of each topic one message waits at most.',
  source: 'common sentence PUSH: a server sometimes contacts the client; RFC 8030, 5.4: Replacing Push Messages; 7.3: Subscription Expiration',
  holdsUnder: ['time', 'offline', 'everyPush', 'everyCrash'],
  monitors: { told },
  always: {
    oneForEachTopic: (world) => {
      const topics = heldBy(world).messages.map(({ subscription, topic }) => `${subscription} ${topic}`);
      return new Set(topics).size === topics.length;
    },
  },
  sometimes: { someoneIsTold: (world) => world.inFlight().some(({ message }) => message.type === 'Notice') },
  shows: { service: showService, device: showDevice },
  mutants: {
    keepsAfterUnsubscription: {
      doc: 'What waits for a subscription outlives it.',
      after: 'Notifications that go on after their user has signed out.',
      domain: { service: pushService({ dropsWith: () => false }) },
    },
    replacesNothing: {
      doc: 'Messages of one topic are collected.',
      after: 'A phone that comes out of a tunnel and tells its user of forty scores, one after the other.',
      domain: { service: pushService({ replaces: () => false }) },
    },
  },
});
