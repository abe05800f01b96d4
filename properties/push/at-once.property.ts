import { defineProperty } from '../../model/property/property.ts';
import { nothing } from '../../model/protocol/protocol.ts';
import { pushProtocol } from '../../spec/push/protocol.ts';
import { heldBy, type MonitorHere, showDevice, showService, type World } from './sight.ts';

type Told = Readonly<Record<string, number>>;

/** How often each device was told of each message. */
const told: MonitorHere = {
  initial: {},
  next: (state, { role, effect }) => {
    if (role !== 'service' || effect.type !== 'send' || effect.message.type !== 'Notice') return state;
    const { id } = (effect.message as unknown as { readonly notice: { readonly id: number } }).notice;
    const more = (effect.to as readonly string[]).map((device) => [`${device} ${id}`, ((state as Told)[`${device} ${id}`] ?? 0) + 1]);
    return { ...(state as Told), ...Object.fromEntries(more) };
  },
};

/** Whether the step between two worlds told a device of a message. */
const isTold = (before: World, after: World, device: string, id: number): boolean => {
  const [was, is] = [before, after].map((world) => (world.monitor('told') as Told)[`${device} ${id}`] ?? 0) as [number, number];
  return is > was;
};

export const atOnce = defineProperty(pushProtocol, {
  id: 'PUSH-AT-ONCE',
  claim: 'A device that is subscribed is told in the moment of the push, and of all that waits for it in the moment in which it connects.',
  source: 'RFC 8030, 6: Receiving Push Messages for a Subscription',
  holdsUnder: ['offline', 'connection', 'tunnel', 'everyBreak'],
  monitors: { told },
  step: {
    whenItIsPushed: (before, action, after) => {
      if (action.type !== 'Deliver' || action.crashAfter !== undefined || action.toRole !== 'service') return true;
      const [was, is] = [heldBy(before), heldBy(after)];
      return is.messages.filter(({ id }) => id >= was.next).every(({ id, subscription }) => isTold(before, after, subscription, id));
    },
    whenItConnects: (before, action, after) => {
      if (action.type !== 'Deliver' || action.crashAfter !== undefined || action.message !== 'connected' || action.toRole !== 'service') return true;
      const { messages } = heldBy(before);
      return messages.every(({ id, subscription }) => isTold(before, after, subscription, id) === (subscription === action.from));
    },
  },
  sometimes: {
    someoneComesBack: (world) =>
      heldBy(world).messages.length > 0 && world.inFlight().some(({ message, to }) => message.type === 'connected' && to === 'sam'),
  },
  shows: { service: showService, device: showDevice },
  mutants: {
    waitsForTheRound: {
      doc: 'A device that connects is told when the next round comes.',
      after: 'Notifications that arrive minutes after the telephone was unlocked.',
      roles: { service: { actions: { tellTheOneWhoCame: nothing } } },
      under: 'connection',
    },
  },
});
