import type { HostName } from '../../model/role/effect.ts';
import { answer, failure, type Notification, type Service, unknownOperation } from '../request-response/service.ts';

/** The states of a job that are modelled here; held, stopped and aborted jobs are left out. Source: RFC 8011, 5.3.7. */
export type JobState = 'pending' | 'processing' | 'completed' | 'canceled';

export type Job = { readonly id: number; readonly owner: HostName; readonly document: string; readonly state: JobState };

/** All jobs, in the order in which they were accepted. */
export type Spool = { readonly jobs: readonly Job[] };

/** What became of an operation, where it was not carried out. Source: RFC 8011, B.1.4; PWG 5100.18. */
export const notPossible = 'client-error-not-possible';
export const notAuthorized = 'client-error-not-authorized';
const notFound = 'client-error-not-found';
const notFetchable = 'client-error-not-fetchable';

/** Where the rules of a spooler are open to faults; what is left out is as it should be. */
interface SpoolRules {
  /** The jobs of which the device gets the first. Source: RFC 8011, 5.2.1: equal priorities in order of arrival. */
  readonly inOrder?: (jobs: readonly Job[]) => readonly Job[];
  /** Whether the device may have a job. */
  readonly isFetchable?: (job: Job) => boolean;
  /** Who may cancel a job. Source: RFC 8011, 4.3.3, Access Rights. */
  readonly mayCancel?: (job: Job, caller: HostName) => boolean;
  /** Whether it is too late to cancel a job. Source: RFC 8011, 4.3.3. */
  readonly isOver?: (job: Job) => boolean;
}

export const isEnded = ({ state }: Job): boolean => state === 'completed' || state === 'canceled';

/** A print server in front of an output device. Source: RFC 8011; what it says to the device: PWG 5100.18. */
export const spooler = (device: HostName, rules: SpoolRules = {}): Service<Spool> => {
  const inOrder = rules.inOrder ?? ((jobs) => jobs);
  // One job is printed at a time. The one that was begun is fetched again by a device that has not heard of it, or has crashed.
  const isFetchable = rules.isFetchable ?? ((job) => !isEnded(job));
  const mayCancel = rules.mayCancel ?? ((job, caller) => job.owner === caller);
  const isOver = rules.isOver ?? isEnded;

  const nextIn = ({ jobs }: Spool): Job | undefined => [...jobs.filter(({ state }) => state === 'processing'), ...inOrder(jobs)].find(isFetchable);
  const set = ({ jobs }: Spool, id: number, state: JobState): Spool => ({ jobs: jobs.map((job) => (job.id === id ? { ...job, state } : job)) });
  const jobFetchable: Notification = { to: device, notice: { event: 'job-fetchable' } };

  return {
    doc: 'Keeps jobs until the output device has printed them, or they are canceled.',
    start: { jobs: [] },
    isSafe: ({ type }) => type === 'Get-Jobs',
    outstanding: ({ jobs }) => (jobs.every(isEnded) ? [] : [jobFetchable]),
    apply: (spool, call, caller) => {
      const { jobs } = spool;
      const job = jobs.find(({ id }) => id === call['job']);
      switch (call.type) {
        case 'Print-Job': {
          const accepted: Job = { id: jobs.length + 1, owner: caller, document: call['document'] as string, state: 'pending' };
          return { state: { jobs: [...jobs, accepted] }, result: answer(accepted.id), notices: [jobFetchable] };
        }
        case 'Cancel-Job':
          if (job === undefined) return { state: spool, result: failure(notFound) };
          if (!mayCancel(job, caller)) return { state: spool, result: failure(notAuthorized) };
          if (isOver(job)) return { state: spool, result: failure(notPossible) };
          return { state: set(spool, job.id, 'canceled'), result: answer(job.id) };
        case 'Get-Jobs':
          return { state: spool, result: answer(jobs.map(({ id, state }) => ({ id, state }))) };
        case 'Fetch-Job': {
          const next = nextIn(spool);
          if (next === undefined) return { state: spool, result: failure(notFetchable) };
          return { state: set(spool, next.id, 'processing'), result: answer({ id: next.id, document: next.document }) };
        }
        case 'Update-Job-Status':
          // What was canceled meanwhile stays so, though it is printed.
          if (job === undefined) return { state: spool, result: failure(notFound) };
          if (isEnded(job)) return { state: spool, result: failure(notPossible) };
          return { state: set(spool, job.id, 'completed'), result: answer(job.id) };
        default:
          return { state: spool, result: unknownOperation(call) };
      }
    },
  };
};
