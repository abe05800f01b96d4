import { defineProperty } from '../../model/property/property.ts';
import { nothing } from '../../model/protocol/protocol.ts';
import { print, type PrintRoles } from '../../spec/print/protocol.ts';
import { isEnded, spooler } from '../../spec/print/spooler.ts';
import { keepsWhatItIsTold } from '../shared/told.ts';
import { jobsIn, showDevice, showPrinter, told, toldIn } from './sight.ts';

const shows = { printer: showPrinter, device: showDevice };

export const kept = defineProperty(print, {
  id: 'PRINT-KEPT',
  claim: 'A job that was accepted is in the spool, whatever crashes.',
  source: 'RFC 8011, 4.2.1: Print-Job; 5.3.7: job-state',
  holdsUnder: ['crash', 'lossy', 'powerCut', 'gone', 'everyCrash'],
  monitors: { told },
  always: {
    inTheSpool: (world) => {
      const jobs = jobsIn(world).map(({ id }) => id);
      return toldIn(world, 'Print-Job').every(({ job }) => jobs.includes(job));
    },
  },
  sometimes: { oneIsAccepted: (world) => toldIn(world, 'Print-Job').length > 0 },
  shows,
  mutants: {
    spoolsInMemory: {
      doc: 'The print server accepts a job before it is stored.',
      after: 'A print server that is switched off over night, and the jobs of the evening with it.',
      roles: { printer: { actions: { store: nothing } } },
    },
  },
});

export const ends = defineProperty(print, {
  id: 'PRINT-ENDS',
  claim: 'Every job that waits is printed or canceled in the end; and a device that was told of one knows it after a restart, too.',
  source: 'RFC 8011, 5.3.7: job-state; PWG 5100.18',
  holdsUnder: ['lossy', 'crash', 'powerCut', 'connection', 'everyEnd', 'everyCut'],
  failsUnder: { gone: 'The output device has left for good: what was accepted waits for ever.' },
  recovers: { noneWaits: { withinRounds: 50, holds: (world) => jobsIn(world).every(isEnded) } },
  step: { keepsWhatItIsTold: keepsWhatItIsTold<PrintRoles>('device') },
  leadsTo: { ended: [(world) => jobsIn(world).some((job) => !isEnded(job)), (world) => jobsIn(world).every(isEnded)] },
  fairness: { weak: ['Repair'] },
  sometimes: { someWait: (world) => jobsIn(world).filter((job) => !isEnded(job)).length > 1 },
  shows,
  mutants: {
    handsOutOnce: {
      doc: 'A job that was begun is not handed out again.',
      after: 'Jobs that stay in processing for ever, because the printer was switched off in the middle of them.',
      domain: { service: spooler('device', { isFetchable: ({ state }) => state === 'pending' }) },
      under: 'crash',
    },
    tellsNobodyWhoComesBack: {
      doc: 'The device is told of a job when it is accepted, and not when it comes back.',
      after: 'A notification channel that is taken for reliable, because it runs over TCP.',
      roles: { printer: { actions: { tellTheOneWhoCame: nothing } } },
      under: 'everyCut',
    },
  },
});
