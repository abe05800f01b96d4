import type { ValueRecord } from '../../model/kernel/value.ts';
import { clientOver } from '../request-response/client.ts';
import type { Patience } from '../request-response/domain.ts';

/** What a device remembers: what it has shown its user, and what it has heard and not acknowledged. */
export type DeviceMemory = { readonly shown: readonly number[]; readonly heard: readonly number[]; readonly subscribed: boolean };

/** A device: it subscribes, shows each message once, and acknowledges it. Source: RFC 8030, 4 and 6.2. */
export const deviceOver = (patience: Patience) =>
  clientOver<DeviceMemory>({
    id: 'push.device',
    patience,
    single: true,
    start: () => ({ shown: [], heard: [], subscribed: false }),
    commands: {
      subscribe: (local) => ({ call: { type: 'subscribe' }, local: { ...local, subscribed: true } }),
      unsubscribe: (local) => ({ call: { type: 'unsubscribe' }, local: { ...local, subscribed: false } }),
      acknowledge: (local) => ({ call: { type: 'acknowledge', id: local.heard[0] as number }, local }),
    },
    heed: (local, notice) => {
      const id = notice['id'] as number;
      const heard = [...new Set([...local.heard, id])].sort((a, b) => a - b);
      return { ...local, heard, shown: local.shown.includes(id) ? local.shown : [...local.shown, id] };
    },
    learn: (local, call, result) =>
      call.type === 'acknowledge' && result.ok ? { ...local, heard: local.heard.filter((id) => id !== call['id']) } : local,
  });

/** An application, which pushes to a subscription that it was told of. Source: RFC 8030, 5. */
export const applicationOver = (patience: Patience) =>
  clientOver<{ readonly pushed: number }>({
    id: 'push.application',
    patience,
    single: true,
    start: () => ({ pushed: 0 }),
    commands: {
      push: (local, { to, topic }) => ({
        call: { type: 'push', subscription: to as string, topic: topic as string, text: `text ${local.pushed}`, ttl: 2 },
        local: { pushed: local.pushed + 1 },
      }),
    },
  });

/** The time of day: services have no clock, so that somebody tells them that time passes. */
export const clockOver = (patience: Patience) =>
  clientOver<ValueRecord>({
    id: 'push.clock',
    patience,
    single: true,
    start: () => ({}),
    commands: { tick: (local) => ({ call: { type: 'tick' }, local }) },
  });
