import { defineProperty } from '../../model/property/property.ts';
import { nothing } from '../../model/protocol/protocol.ts';
import type { Result } from '../../spec/request-response/messages.ts';
import { pushProtocol } from '../../spec/push/protocol.ts';
import { pushService } from '../../spec/push/push-service.ts';
import { heldBy, type MonitorHere, showDevice, showService } from './sight.ts';

/** The last message that an application was told was accepted, by the number that it was given. */
const accepted: MonitorHere = {
  initial: -1,
  next: (state, { role, effect }) => {
    if (role !== 'application' || effect.type !== 'return' || !effect.outcome.definite) return state;
    const result = effect.outcome.value as Result;
    return result.ok ? Math.max(state as number, result.value as number) : state;
  },
};

export const stored = defineProperty(pushProtocol, {
  id: 'PUSH-STORED',
  claim: 'A message that was accepted is stored until the device has it, a later one on its topic takes its place, or nobody wants it any more.',
  source: 'RFC 8030, 5: Requesting Push Message Delivery; 6.2: Acknowledgement',
  holdsUnder: ['offline', 'everyPush', 'everyCrash'],
  failsUnder: { time: 'A message expires, or its subscription does, while the device is away.' },
  monitors: { accepted },
  always: {
    storedOrShown: (world) => {
      const last = world.monitor('accepted') as number;
      const { messages } = heldBy(world);
      if (last < 0 || !world.all('device').some(({ context }) => context.local.subscribed)) return true;
      // Of several on one topic the last counts; the device stores what it has shown.
      const shown = world.all('device').some(({ context }) => context.local.shown.some((id) => id >= last));
      return shown || messages.some(({ id }) => id >= last);
    },
  },
  sometimes: {
    oneWaits: (world) => heldBy(world).messages.length > 0,
    oneIsShown: (world) => world.some('device', ({ context }) => context.local.shown.length > 0),
  },
  shows: { service: showService, device: showDevice },
  mutants: {
    forgetsWhatIsSent: {
      doc: 'A message is forgotten as soon as it was sent to the device.',
      after: 'Push without acknowledgement: what is sent to a device in a tunnel is gone.',
      domain: { service: pushService({ forgetsWhatIsSent: true }) },
    },
    acceptsUnstored: {
      doc: 'The service accepts a message before it has stored it.',
      after: 'A broker that keeps its queues in memory.',
      roles: { service: { actions: { store: nothing } } },
    },
  },
});
