import { defineProtocol } from '../../model/protocol/define.ts';
import { command, role } from '../../model/role/role.ts';
import { whenIdle } from '../request-response/commands.ts';
import type { RequestResponseDomain } from '../request-response/domain.ts';
import { replyCache } from '../request-response/ledger.ts';
import { noticeMessage, requestResponseMessages } from '../request-response/messages.ts';
import { serverOver } from '../request-response/server.ts';
import { type CallRules, type DeviceRules, deviceOver, userOver, usualDevice } from './clients.ts';
import { scenarios } from './scenarios.ts';
import { spooler } from './spooler.ts';

/** What users, print server and output device are built from. */
export interface PrintDomain extends RequestResponseDomain, CallRules {
  readonly device: DeviceRules;
}

export const usualPrint: PrintDomain = {
  service: spooler('device'),
  // More than all that is asked of it: a cache that forgets a Print-Job takes its repetition for another job, as `smallCache` does.
  ledger: replyCache(256),
  patience: { answerMs: 1_000, retries: 2 },
  device: usualDevice,
};

/** Over datagrams the device is told again from time to time; over connections, when it comes back. */
const lossy: PrintDomain = { ...usualPrint, tellAgainMs: 10_000 };
const connected: PrintDomain = { ...usualPrint, reconnects: true };
const smallCache: PrintDomain = { ...lossy, ledger: replyCache(1) };

export const rolesOver = (domain: PrintDomain) => {
  const [user, device] = [userOver(domain), deviceOver(domain, domain.device)];
  return {
    user: role(user, {
      doc: 'Submits jobs, and cancels them.',
      talksTo: ['printer'],
      commands: {
        print: command<typeof user>({ doc: 'Submits a job.', values: whenIdle({}) }),
        cancel: command<typeof user>({
          doc: 'Cancels a job, perhaps one of somebody else.',
          values: whenIdle({ job: 1 }, { job: 2 }),
        }),
        look: command<typeof user>({ doc: 'Looks what has become of its jobs.', values: whenIdle({}) }),
      },
    }),
    printer: role(serverOver(domain), { doc: 'The print server: keeps jobs until they are printed.', talksTo: ['user', 'device'] }),
    device: role(device, {
      doc: 'The output device: fetches one job after the other and prints it.',
      talksTo: ['printer'],
      commands: {
        fetch: command<typeof device>({
          doc: 'Asks for a job, once it was told that one waits.',
          values: ({ value, context: { local } }) => (value === 'idle' && local.isWanted ? [{}] : []),
          fair: true,
        }),
      },
    }),
  };
};

export type PrintRoles = ReturnType<typeof rolesOver>;

/** The words of a print server besides those of every service. */
export const printNotice = noticeMessage({
  doc: 'The print server tells the output device that a job waits.',
  source: 'PWG 5100.18: IPP Shared Infrastructure Extensions, job-fetchable',
  label: ({ event }) => String(event),
});

/** A print server, its users and an output device. */
export const print = defineProtocol({
  id: 'print',
  doc: 'Users submit jobs to a print server and cancel them; an output device prints one after the other.',
  source: 'RFC 8011; PWG 5100.18',
  messages: { ...requestResponseMessages, ...printNotice },
  domains: { lossy, connected, smallCache },
  roles: rolesOver,
  scenarios,
});
