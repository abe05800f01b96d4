import { defineProperty, type InstanceView, type WorldView } from '../../model/property/property.ts';
import { inGrace, type LockedFiles, lockedFiles } from '../../spec/file/locks.ts';
import { leased } from '../../spec/file/domain.ts';
import { type FileRoles, fileProtocol } from '../../spec/file/protocol.ts';
import type { Response } from '../../spec/request-response/messages.ts';
import { delivered } from '../shared/delivered.ts';

/** Locks that are granted for a time: what a lock is worth, and when. */

type World = WorldView<FileRoles>;

const locksIn = ({ context }: InstanceView<FileRoles['server']>): LockedFiles => context.state as unknown as LockedFiles;

const isHolding = (holder: InstanceView<FileRoles['holder']>): boolean => holder.matches('leased.holding');

/** What the draft holds: who has written last, and under which lock. */
const writtenIn = (server: InstanceView<FileRoles['server']>): string => locksIn(server).files['draft']?.data ?? '';

const shows = {
  server: (server: InstanceView<FileRoles['server']>) => {
    const { locks, grace } = locksIn(server);
    const lock = locks['draft'];
    const whose = lock === undefined ? 'nobody has the lock' : `${lock.holder} has lock ${lock.stateid}, for ${lock.left} units`;
    return `${whose}${grace > 0 ? `, ${inGrace}: ${grace} units` : ''}; written: ${writtenIn(server) || 'nothing'}`;
  },
  holder: (holder: InstanceView<FileRoles['holder']>) => (isHolding(holder) ? `believes to have lock ${holder.context.stateid}` : 'has no lock'),
};

const oneHolds = (world: World): boolean => world.some('holder', isHolding);
const theLockGoesOn = (world: World): boolean => world.some('server', (server) => locksIn(server).granted > 1);

export const lockFenced = defineProperty(fileProtocol, {
  id: 'LOCK-FENCED',
  claim:
    'A write under a lock takes effect only while the server holds that lock for its writer, whatever the writer believes; and no crash gives the number of a lock to another.',
  source: 'RFC 8881, 8.2.1: Stateids; Gray and Cheriton, Leases, 1989; Kleppmann, How to do distributed locking, 2016',
  holdsUnder: ['leases', 'everyLease', 'skewedLeases', 'slept', 'countedLate'],
  failsUnder: { unfenced: 'The server does not ask for the lock: a write under an old one comes late, over the work of whoever has it now.' },
  always: {
    numbersAreStored: (world) =>
      world.every('server', (server) => {
        const kept = server.stored['server'] as { readonly state: LockedFiles } | undefined;
        return (kept?.state.granted ?? 0) === locksIn(server).granted;
      }),
  },
  step: {
    underItsLock: (before, _, after) => {
      const [was] = before.all('server');
      const [is] = after.all('server');
      if (was === undefined || is === undefined || writtenIn(was) === writtenIn(is)) return true;
      return Number(writtenIn(is).split(' ')[1]) === locksIn(was).locks['draft']?.stateid;
    },
  },
  sometimes: { somethingIsWritten: (world) => world.some('server', (server) => writtenIn(server) !== '') },
  shows,
  mutants: {
    anyLockWillDo: {
      doc: 'A write is taken while somebody has the lock, whoever it is.',
      after: 'Servers that look whether a file is locked, and not by whom.',
      domain: { service: lockedFiles({ units: 5, isHeld: (lock) => lock !== undefined }) },
    },
  },
});

export const leaseHeldByOne = defineProperty(fileProtocol, {
  id: 'LEASE-HELD-BY-ONE',
  claim:
    'No two users take a lock for their own at once, where each counts from its request on, and allows for what clocks may be apart, twice, and for the unit that has begun.',
  source: 'Gray and Cheriton, Leases, 1989; RFC 8881, 8.3: Lease Renewal, 8.4.2: Server Failure and Recovery',
  holdsUnder: ['leases', 'everyLease', 'everyReboot', 'everyRenewal'],
  failsUnder: {
    skewedLeases: 'The clocks are further apart than is allowed for: the lock has run out at the server, and not yet for its holder.',
    slept: 'Who sleeps counts nothing, and believes on when it wakes up.',
    countedLate: 'Who counts from the answer on counts too late, for the answer may have waited.',
  },
  always: { one: (world) => world.count('holder', isHolding) <= 1 },
  sometimes: { oneHolds, theLockGoesOn },
  shows,
  mutants: {
    grantsTwice: {
      doc: 'The server grants a lock that another has.',
      after: 'Advisory locks that nobody looks up.',
      domain: { service: lockedFiles({ units: 5, isFree: () => true }) },
    },
    noGrace: {
      doc: 'A server that has crashed grants locks at once.',
      after: 'Lock managers that restart empty, while users still work under the locks of the last life.',
      domain: { service: lockedFiles({ units: 5, graceUnits: 0 }) },
      under: 'everyReboot',
    },
    noMargin: {
      doc: 'A holder takes the lock for its own as long as the server grants it.',
      after: 'Leases without an allowance for clocks.',
      domain: { belief: { ...leased.belief, beliefMs: 5_000 } },
      under: 'everyLease',
    },
  },
});

export const leasesRunOut = defineProperty(fileProtocol, {
  id: 'LEASES-RUN-OUT',
  claim:
    'A lock does not outlast its holder: once nobody uses it any more it is free again, whoever has crashed; and nobody waits for a lock that is refused.',
  source: 'Gray and Cheriton, Leases, 1989; RFC 8881, 8.4.1: Client Failure and Recovery',
  holdsUnder: ['leases'],
  always: {
    countsWhatItGrants: (world) =>
      world.every('server', (server) => {
        const { locks, grace } = locksIn(server);
        return server.matches('counting') === (grace > 0 || Object.keys(locks).length > 0);
      }),
  },
  step: {
    refusedIsOver: (before, action, after) => {
      if (action.type !== 'Deliver' || action.toRole !== 'holder') return true;
      const [was, is] = [before.at('holder', action.to), after.at('holder', action.to)];
      const message = delivered(before, action, after);
      if (was?.running !== true || is?.running !== true || message?.type !== 'Response') return true;
      const { id, result } = message as unknown as Response;
      const isRefused = id === was.context.asked && !result.ok;
      return is.matches('idle') === (isRefused || was.matches('idle'));
    },
  },
  recovers: {
    free: {
      withinRounds: 24,
      holds: (world) => world.every('server', (server) => Object.keys(locksIn(server).locks).length === 0 && locksIn(server).grace === 0),
    },
  },
  sometimes: { oneHolds, theLockGoesOn },
  shows,
  mutants: {
    neverRunsOut: {
      doc: 'The server does not count the time.',
      after: 'Locks without a lease: who crashes with one keeps it for ever.',
      domain: { service: lockedFiles({ units: 5, countDown: (left) => left }) },
    },
  },
});
