import { defineProperty } from '../../model/property/property.ts';
import { replyCache } from '../../spec/request-response/ledger.ts';
import { usualDevice } from '../../spec/print/clients.ts';
import { print } from '../../spec/print/protocol.ts';
import { spooler } from '../../spec/print/spooler.ts';
import { jobsIn, paper, paperIn, showDevice, showPrinter } from './sight.ts';

const shows = { printer: showPrinter, device: showDevice };

export const once = defineProperty(print, {
  id: 'PRINT-ONCE',
  claim: 'What is submitted once is printed once at most, while the print server remembers what it was asked.',
  source: 'RFC 8011, 4.2.1: Print-Job',
  holdsUnder: ['lossy', 'crash', 'connection', 'everyEnd', 'everyCrash'],
  failsUnder: {
    powerCut: 'The power fails when the paper is out and the device has not noted it: it fetches the job again, and prints it again.',
    evicted: 'The answer was evicted: a Print-Job that comes again becomes another job.',
  },
  monitors: { paper },
  always: {
    eachJobOnce: (world) => new Set(paperIn(world)).size === paperIn(world).length,
    eachDocumentIsOneJob: (world) => {
      const documents = jobsIn(world).map(({ owner, document }) => `${owner}'s ${document}`);
      return new Set(documents).size === documents.length;
    },
  },
  sometimes: { twoAreOut: (world) => paperIn(world).length === 2 },
  shows,
  mutants: {
    printsAgain: {
      doc: 'A device prints whatever it fetches, also what it has printed and not yet reported.',
      after: 'A printer that begins the job from the first page again, because its report was lost.',
      domain: { device: { ...usualDevice, prints: () => true } },
      under: 'crash',
    },
    remembersNoRequest: {
      doc: 'A Print-Job that comes twice becomes two jobs.',
      after: 'A user who sees no answer, a program that sends again, and two copies in the tray.',
      domain: { ledger: replyCache(0) },
    },
  },
});

export const inOrder = defineProperty(print, {
  id: 'PRINT-IN-ORDER',
  claim: 'Jobs are printed one after the other, in the order in which they were accepted.',
  source: 'RFC 8011, 5.2.1: job-priority',
  holdsUnder: ['lossy', 'crash', 'everyEnd'],
  monitors: { paper },
  always: {
    firstComeFirstServed: (world) => paperIn(world).every((job, at, all) => at === 0 || (all[at - 1] as number) <= job),
    oneAtATime: (world) => jobsIn(world).filter(({ state }) => state === 'processing').length <= 1,
  },
  sometimes: { twoWait: (world) => jobsIn(world).filter(({ state }) => state === 'pending').length === 2 },
  shows,
  mutants: {
    lastComeFirstServed: {
      doc: 'The job that came last is printed first.',
      after: 'A spool directory that is read in the order in which the file system lists it.',
      domain: { service: spooler('device', { inOrder: (jobs) => [...jobs].reverse() }) },
    },
  },
});
