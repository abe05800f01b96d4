import { defineProtocol } from '../../model/protocol/define.ts';
import { command, role } from '../../model/role/role.ts';
import { whenIdle } from '../request-response/commands.ts';
import type { RequestResponseDomain } from '../request-response/domain.ts';
import { replyCache } from '../request-response/ledger.ts';
import { noticeMessage, requestResponseMessages } from '../request-response/messages.ts';
import { serverOver } from '../request-response/server.ts';
import { applicationOver, clockOver, deviceOver } from './clients.ts';
import { pushService } from './push-service.ts';
import { scenarios } from './scenarios.ts';

const usualPush: RequestResponseDomain = {
  service: pushService(),
  ledger: replyCache(16),
  patience: { answerMs: 1_000, retries: 2 },
  tellAgainMs: 10_000,
};

export const rolesOver = (domain: RequestResponseDomain) => {
  const [device, application, clock] = [deviceOver(domain.patience), applicationOver(domain.patience), clockOver(domain.patience)];
  return {
    device: role(device, {
      doc: 'Subscribes, shows what it is told, and acknowledges it.',
      talksTo: ['service'],
      commands: {
        subscribe: command<typeof device>({ doc: 'Wants to be told.', values: whenIdle({}) }),
        unsubscribe: command<typeof device>({
          doc: 'Does not want to be told any more.',
          values: ({ value, context: { local } }) => (value === 'idle' && local.subscribed ? [{}] : []),
        }),
        acknowledge: command<typeof device>({
          doc: 'Says that it has a message.',
          values: ({ value, context: { local } }) => (value === 'idle' && local.heard.length > 0 ? [{}] : []),
          fair: true,
        }),
      },
    }),
    application: role(application, {
      doc: 'Pushes messages; a later one on a topic takes the place of an earlier one.',
      talksTo: ['service'],
      commands: { push: command<typeof application>({ doc: 'Pushes to the phone.', values: whenIdle({ to: 'phone', topic: 'news' }) }) },
    }),
    clock: role(clock, {
      doc: 'Tells the service that time passes.',
      talksTo: ['service'],
      commands: { tick: command<typeof clock>({ doc: 'Time passes.', values: whenIdle({}) }) },
    }),
    service: role(serverOver(domain), { doc: 'Keeps messages for devices.', talksTo: ['device', 'application', 'clock'] }),
  };
};

export type PushRoles = ReturnType<typeof rolesOver>;

/** A push service between applications and devices. */
export const pushProtocol = defineProtocol({
  id: 'push',
  doc: 'Applications push messages through a service that keeps them for devices until they are acknowledged or expire.',
  source: 'RFC 8030',
  messages: {
    ...requestResponseMessages,
    ...noticeMessage({
      doc: 'The service tells a device of a message.',
      source: 'RFC 8030, section 6: Receiving Push Messages for a Subscription',
      label: ({ id, text }) => `${String(id)}: ${String(text)}`,
    }),
  },
  domains: { usual: usualPush },
  roles: rolesOver,
  scenarios,
});
