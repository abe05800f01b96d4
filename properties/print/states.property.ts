import { defineProperty } from '../../model/property/property.ts';
import { print } from '../../spec/print/protocol.ts';
import { type JobState, type Spool, spooler } from '../../spec/print/spooler.ts';
import { jobsIn, type MonitorHere, paper, paperIn, showDevice, showPrinter, told, toldIn } from './sight.ts';

const shows = { printer: showPrinter, device: showDevice };

/** Which state may follow which. */
const follows: Readonly<Record<JobState, readonly JobState[]>> = {
  pending: ['pending', 'processing', 'canceled'],
  processing: ['processing', 'completed', 'canceled'],
  completed: ['completed'],
  canceled: ['canceled'],
};

export const states = defineProperty(print, {
  id: 'PRINT-STATES',
  claim: 'A job goes from pending over processing to completed, or is canceled before; what is completed or canceled stays so.',
  source: 'RFC 8011, 5.3.7: job-state',
  holdsUnder: ['lossy', 'crash', 'powerCut', 'everyJob', 'everyEnd'],
  step: {
    eachFollowsTheOther: (before, _, after) => {
      const now = new Map(jobsIn(after).map(({ id, state }) => [id, state]));
      return jobsIn(before).every(({ id, state }) => follows[state].includes(now.get(id) ?? 'pending'));
    },
  },
  sometimes: {
    oneIsCompleted: (world) => jobsIn(world).some(({ state }) => state === 'completed'),
    oneIsCanceled: (world) => jobsIn(world).some(({ state }) => state === 'canceled'),
    oneIsProcessed: (world) => jobsIn(world).some(({ state }) => state === 'processing'),
  },
  shows,
  mutants: {
    cancelsWhatIsPrinted: {
      doc: 'A job that is completed may still be canceled.',
      after: 'A quota that gives pages back for jobs that lie in the tray.',
      domain: { service: spooler('device', { isOver: ({ state }) => state === 'canceled' }) },
    },
  },
});

/** Jobs that were canceled before the device had begun them. */
const early: MonitorHere = {
  initial: { states: {}, early: [] },
  next: (state, { role, effect }) => {
    const { states, early } = state as unknown as Early;
    if (role !== 'printer' || effect.type !== 'persist') return state;
    const { jobs } = (effect.value as unknown as { readonly state: Spool }).state;
    const more = jobs.filter((job) => job.state === 'canceled' && states[job.id] === 'pending').map(({ id }) => id);
    return { states: Object.fromEntries(jobs.map((job) => [job.id, job.state])), early: [...new Set([...early, ...more])].sort() };
  },
};

type Early = { readonly states: Readonly<Record<number, JobState>>; readonly early: readonly number[] };

export const canceled = defineProperty(print, {
  id: 'PRINT-CANCEL',
  claim: 'A job is canceled by its owner only, and one that is canceled before it was begun is not printed.',
  source: 'RFC 8011, 4.3.3: Cancel-Job',
  holdsUnder: ['lossy', 'crash', 'connection', 'everyJob', 'everyEnd'],
  monitors: { told, paper, early },
  always: {
    byItsOwner: (world) => {
      const jobs = jobsIn(world);
      return toldIn(world, 'Cancel-Job').every(({ by, job }) => jobs.find(({ id }) => id === job)?.owner === by);
    },
    isNotPrinted: (world) => (world.monitor('early') as unknown as Early).early.every((id) => !paperIn(world).includes(id)),
  },
  sometimes: {
    oneIsEarlyEnough: (world) => (world.monitor('early') as unknown as Early).early.length > 0,
    // Its owner was told that it is canceled, and it lies in the tray.
    oneIsCanceledWhilePrinting: (world) => toldIn(world, 'Cancel-Job').some(({ job }) => paperIn(world).includes(job)),
  },
  shows,
  mutants: {
    anybodyCancels: {
      doc: 'The print server does not look who cancels a job.',
      after: 'Queues that anybody may empty: spoolers without authentication.',
      domain: { service: spooler('device', { mayCancel: () => true }) },
    },
    fetchesWhatIsCanceled: {
      doc: 'A job that was canceled is still handed to the device.',
      after: 'A queue entry that is deleted while its data file stays, and is printed at the next start.',
      domain: { service: spooler('device', { isFetchable: ({ state }) => state !== 'completed' }) },
    },
  },
});
