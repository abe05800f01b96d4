import type { Value } from '../../model/kernel/value.ts';
import type { HostName } from '../../model/role/effect.ts';
import { answer, failure, type Notification, type Service, unknownOperation } from '../request-response/service.ts';

/** A message that was accepted and not acknowledged. What it has left to live is counted in ticks. */
export type Stored = { readonly id: number; readonly subscription: string; readonly topic: string; readonly text: string; readonly ttl: number };

export type PushState = {
  /** By name: the device that is told, and the ticks that the subscription has left. */
  readonly subscriptions: Readonly<Record<string, { readonly device: HostName; readonly ttl: number }>>;
  readonly messages: readonly Stored[];
  readonly next: number;
};

/** Where the rules of the service are open to faults; what is left out is as it should be. */
interface PushRules {
  /** Whether a message takes the place of an earlier one. Source: RFC 8030, 5.4. */
  readonly replaces?: (message: Stored, earlier: Stored) => boolean;
  /** Whether what waits for a subscription goes with it. Source: RFC 8030, 7.3. */
  readonly dropsWith?: (message: Stored, subscription: string) => boolean;
  /** Whether a message is forgotten as soon as it was sent. */
  readonly forgetsWhatIsSent?: boolean;
}

/** How long subscriptions last, in ticks. */
const subscriptionTtl = 3;

/**
 * A push service: applications push messages to subscriptions; devices are told, now or when they come back, and acknowledge.
 * Source: RFC 8030.
 */
export const pushService = (rules: PushRules = {}): Service<PushState> => {
  const replaces = rules.replaces ?? ((message, earlier) => message.subscription === earlier.subscription && message.topic === earlier.topic);
  const dropsWith = rules.dropsWith ?? ((message, subscription) => message.subscription === subscription);
  const told = ({ subscriptions }: PushState, { subscription, id, topic, text }: Stored): readonly Notification[] => {
    // Only a faulty service still holds a message whose subscription is gone; it then knows the device by its name.
    const to = subscriptions[subscription]?.device ?? subscription;
    return [{ to, notice: { id, topic, text } }];
  };
  const without = (state: PushState, gone: readonly string[]): PushState => ({
    ...state,
    subscriptions: Object.fromEntries(Object.entries(state.subscriptions).filter(([name]) => !gone.includes(name))),
    messages: state.messages.filter((message) => !gone.some((name) => dropsWith(message, name))),
  });

  return {
    doc: 'Keeps messages for devices until they acknowledge them, or nobody wants them any more.',
    start: { subscriptions: {}, messages: [], next: 0 },
    outstanding: (state) => state.messages.flatMap((message) => told(state, message)),
    apply: (state, call, caller) => {
      const done = (now: PushState, value: Value = null) => ({ state: now, result: answer(value) });
      switch (call.type) {
        case 'subscribe':
          return done({ ...state, subscriptions: { ...state.subscriptions, [caller]: { device: caller, ttl: subscriptionTtl } } }, caller);
        case 'unsubscribe':
          return done(without(state, [caller]));
        case 'push': {
          const { subscription, topic, text, ttl } = call as unknown as Omit<Stored, 'id'>;
          if (state.subscriptions[subscription] === undefined) return { state, result: failure('no such subscription') };
          const message: Stored = { id: state.next, subscription, topic, text, ttl };
          const messages = [
            ...state.messages.filter((earlier) => !replaces(message, earlier)),
            ...(rules.forgetsWhatIsSent === true ? [] : [message]),
          ];
          return { ...done({ ...state, messages, next: state.next + 1 }, message.id), notices: told(state, message) };
        }
        case 'acknowledge':
          return done({ ...state, messages: state.messages.filter(({ id }) => id !== call['id']) });
        case 'tick': {
          const subscriptions = Object.fromEntries(
            Object.entries(state.subscriptions).map(([name, { device, ttl }]) => [name, { device, ttl: ttl - 1 }]),
          );
          const messages = state.messages.map((message) => ({ ...message, ttl: message.ttl - 1 })).filter(({ ttl }) => ttl > 0);
          const expired = Object.keys(subscriptions).filter((name) => (subscriptions[name]?.ttl ?? 0) <= 0);
          return done(without({ ...state, subscriptions, messages }, expired));
        }
        default:
          return { state, result: unknownOperation(call) };
      }
    },
  };
};
