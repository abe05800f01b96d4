import { defineProperty } from '../../model/property/property.ts';
import { nothing } from '../../model/protocol/protocol.ts';
import { replyCache } from '../../spec/request-response/ledger.ts';
import { pushProtocol } from '../../spec/push/protocol.ts';
import { heldBy, type MonitorHere, showDevice, showService } from './sight.ts';

/** How many messages were pushed by users. */
const pushes: MonitorHere = {
  initial: 0,
  next: (state, { role, effect }) =>
    role === 'application' && effect.type === 'invoke' && effect.operation === 'push' ? (state as number) + 1 : state,
};

export const once = defineProperty(pushProtocol, {
  id: 'PUSH-ONCE',
  claim: 'A push that is sent again is one message, and a device shows a message once, also after it was switched off.',
  source: 'RFC 8030, 5 and 6.2; MQTT 5.0, 4.3.3: QoS 2',
  holdsUnder: ['offline', 'time', 'tunnel', 'connection', 'everyCrash'],
  monitors: { pushes },
  always: { noMoreThanWerePushed: (world) => heldBy(world).next <= (world.monitor('pushes') as number) },
  step: {
    // What was shown is stored, or it would be shown again after the next start.
    shownForGood: (before, _, after) =>
      before.all('device').every(({ host, context }) => {
        const shown = after.at('device', host)?.context.local.shown ?? [];
        return context.local.shown.every((id) => shown.includes(id));
      }),
  },
  sometimes: { oneIsShown: (world) => world.some('device', ({ context }) => context.local.shown.length > 0) },
  shows: { service: showService, device: showDevice },
  mutants: {
    pushesAgain: {
      doc: 'The service does not know a push again that it has taken.',
      after: 'QoS 2 without a session: a publication that is sent again is another message.',
      domain: { ledger: replyCache(0) },
    },
    showsAgain: {
      doc: 'A device does not store what it has shown.',
      after: 'A notification that comes back after each restart of the telephone.',
      roles: { device: { actions: { store: nothing } } },
    },
  },
});
