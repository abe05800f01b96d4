import { clientOver } from '../request-response/client.ts';
import type { Patience } from '../request-response/domain.ts';
import type { Call, Result } from '../request-response/messages.ts';

/** What a user remembers: how much was submitted, so that each document is another one. */
export type UserMemory = { readonly submitted: number };

/** How users and devices call: how long they wait, and whether they hold on to a connection instead of sending again. */
export interface CallRules {
  readonly patience: Patience;
  readonly reconnects?: boolean;
  /** Whether they go through a list of servers; otherwise there is one print server, and nobody else can print. */
  readonly failsOver?: boolean;
}

/** A user, who submits jobs and cancels them. Source: RFC 8011, 4.2.1 and 4.3.3. */
export const userOver = ({ patience, reconnects = false, failsOver = false }: CallRules) =>
  clientOver<UserMemory>({
    id: 'print.user',
    patience,
    reconnects,
    single: !failsOver,
    start: () => ({ submitted: 0 }),
    commands: {
      print: (local) => ({
        call: { type: 'Print-Job', document: `document ${local.submitted + 1}` },
        local: { submitted: local.submitted + 1 },
      }),
      cancel: (local, { job }) => ({ call: { type: 'Cancel-Job', job: job as number }, local }),
      look: (local) => ({ call: { type: 'Get-Jobs' }, local }),
    },
  });

/** What an output device remembers: the jobs that it has printed, and whether it was told that one waits since it last asked. */
export type DeviceMemory = { readonly printed: readonly number[]; readonly isWanted: boolean };

/** Where the rules of an output device are open to faults. */
export interface DeviceRules {
  /** Whether a job that was fetched is printed: not, if it was printed before and only the note of it was lost. */
  readonly prints: (printed: readonly number[], job: number) => boolean;
}

export const usualDevice: DeviceRules = { prints: (printed, job) => !printed.includes(job) };

const jobIn = (result: Result): number | null => (result.ok ? (result.value as { readonly id: number }).id : null);

/** After a job it reports it, and after the report it fetches the next one, until none is left. */
const nextOf = (call: Call, result: Result): Call | null => {
  if (call.type === 'Update-Job-Status') return { type: 'Fetch-Job' };
  const job = jobIn(result);
  return job === null ? null : { type: 'Update-Job-Status', job };
};

/** An output device: told that a job waits it fetches it, prints it, and says so. Source: PWG 5100.18, IPP Shared Infrastructure Extensions. */
export const deviceOver = ({ patience, reconnects = false, failsOver = false }: CallRules, { prints }: DeviceRules) =>
  clientOver<DeviceMemory>({
    id: 'print.device',
    patience,
    reconnects,
    single: !failsOver,
    start: () => ({ printed: [], isWanted: false }),
    commands: { fetch: (local) => ({ call: { type: 'Fetch-Job' }, local: { ...local, isWanted: false } }) },
    heed: (local) => ({ ...local, isWanted: true }),
    learn: (local, call, result) => {
      // With the report of a job it asks for the next one.
      if (call.type === 'Update-Job-Status') return { ...local, isWanted: false };
      const job = jobIn(result);
      // Told that no job is left, it stays wanted if it was called while that answer was under way.
      return job !== null && prints(local.printed, job) ? { ...local, printed: [...local.printed, job] } : local;
    },
    next: (_, call, result) => nextOf(call, result),
  });
