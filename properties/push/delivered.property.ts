import { defineProperty } from '../../model/property/property.ts';
import { nothing } from '../../model/protocol/protocol.ts';
import { pushProtocol } from '../../spec/push/protocol.ts';
import { heldBy, showDevice, showService, type World } from './sight.ts';

const allAreShown = (world: World): boolean =>
  heldBy(world).messages.every(({ id }) => world.some('device', ({ context }) => context.local.shown.includes(id)));

export const delivered = defineProperty(pushProtocol, {
  id: 'PUSH-DELIVERED',
  claim: 'What a service keeps for a device is shown by it once it is back, though what was sent at first was lost.',
  source: 'RFC 8030, 6: Receiving Push Messages for a Subscription',
  holdsUnder: ['tunnel', 'offline', 'everyTunnel'],
  recovers: {
    shown: { withinRounds: 40, holds: allAreShown },
    // A device that never says so is told for ever.
    acknowledged: { withinRounds: 40, holds: (world) => world.every('device', ({ context }) => context.local.heard.length === 0) },
  },
  leadsTo: { shown: [(world) => !allAreShown(world), allAreShown] },
  sometimes: { oneIsShown: (world) => world.some('device', ({ context }) => context.local.shown.length > 0) },
  shows: { service: showService, device: showDevice },
  mutants: {
    tellsOnce: {
      doc: 'A device is told of a message when it is pushed, and never again.',
      after: 'Notifications that are lost for good when they come while the telephone is off.',
      roles: { service: { actions: { tellAgain: nothing } } },
    },
  },
});
