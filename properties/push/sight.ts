import type { InstanceView, Monitor, WorldView } from '../../model/property/property.ts';
import type { PushState } from '../../spec/push/push-service.ts';
import type { PushRoles } from '../../spec/push/protocol.ts';

export type World = WorldView<PushRoles>;
export type MonitorHere = Monitor<PushRoles>;

/** What the service holds, also while it is down. */
export const heldBy = (world: World): PushState => {
  const [service] = world.all('service');
  const stored = service?.stored['server'] as { readonly state: PushState } | undefined;
  if (service?.running === true) return service.context.state as unknown as PushState;
  return stored?.state ?? { subscriptions: {}, messages: [], next: 0 };
};

export const showService = ({ context }: InstanceView<PushRoles['service']>): string => {
  const { subscriptions, messages } = context.state as unknown as PushState;
  return `subscribed: ${Object.keys(subscriptions).join(' ') || 'nobody'}; waiting: ${messages.map(({ id }) => id).join(' ') || 'nothing'}`;
};

export const showDevice = ({ context }: InstanceView<PushRoles['device']>): string => `shown: ${context.local.shown.join(' ') || 'nothing'}`;
