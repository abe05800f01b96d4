import type { RequestResponseDomain } from '../request-response/domain.ts';
import { replyCache } from '../request-response/ledger.ts';
import { slotted } from '../request-response/sessions.ts';
import type { Caching } from './editor.ts';
import { fileSystem } from './file-system.ts';
import type { Belief } from './holder.ts';
import { lockedFiles } from './locks.ts';
import { versionedFiles } from './versions.ts';

/** What clients and servers of files are built from. */
export interface FileDomain extends RequestResponseDomain {
  /** Whether clients number their requests in sessions, as from NFS v4.1 on. */
  readonly sessions: boolean;
  /** Whether the verifier of a commit is that of the write before it: then nothing was lost in between. */
  readonly isSameLife: (written: number | null, committed: number) => boolean;
  /** How long those who hold locks take them for their own. */
  readonly belief: Belief;
  /** How those who keep copies keep them. */
  readonly caching: Caching;
  /** Whether its clients wait for a broken connection to come back; otherwise they turn to the next server. */
  readonly reconnects?: boolean;
  /** Whether they go through a list of servers; otherwise there is one, which has the files. */
  readonly failsOver?: boolean;
}

const common: Omit<FileDomain, 'ledger' | 'sessions'> = {
  service: fileSystem,
  patience: { answerMs: 1_000, retries: 2 },
  isSameLife: (written: number | null, committed: number) => written === committed,
  belief: { beliefMs: 1_000, countsFrom: 'request' },
  caching: { retryMs: 1_000, retries: 1, trustsItsCopy: false, flushesLater: false },
};

/** NFS v3: a duplicate request cache in memory, which a crash empties. Source: RFC 1813, 4.5. */
export const version3: FileDomain = { ...common, ledger: replyCache(16, { stored: () => [] }), sessions: false };

/** NFS v4.1: sessions of two slots, whose answers are stored with the files. Source: RFC 8881, 2.10.6.5: Persistence. */
export const version41: FileDomain = { ...common, ledger: slotted({ slots: 2, persistent: true }), sessions: true };

/** NFS v4.1 whose sessions end in a crash of the server. */
export const forgetful: FileDomain = { ...common, ledger: slotted({ slots: 2, persistent: false }), sessions: true };

/**
 * Locks that last four to five units, and holders that take them for their own for one. Of the difference, clocks that are one
 * unit apart take two, once when the lock is asked for and once when it runs out, and the unit that has begun takes one.
 */
export const leased: FileDomain = { ...version3, service: lockedFiles({ units: 5 }), unitMs: 1_000 };

/** Locks of two to three units: too short for clocks that are one unit apart. */
const short = { units: 3 };

/** Holders that allow for no clock that is wrong. */
export const shortLeases: FileDomain = { ...leased, service: lockedFiles(short) };

/** Holders that count from the answer on, which may have waited for a long time. */
export const countsLate: FileDomain = { ...leased, belief: { beliefMs: 4_000, countsFrom: 'answer' } };

/** A server that lets everybody write who ever had a lock. */
export const unfenced: FileDomain = { ...shortLeases, service: lockedFiles({ ...short, isHeld: () => true }) };

/** Users who keep copies of files, and promise each other what is closed to whoever opens it then. The answers are stored. */
export const copied: FileDomain = { ...version3, service: versionedFiles(), ledger: replyCache(16) };

/** The same, where a copy that is there is never looked at again. */
export const cachedOn: FileDomain = { ...copied, caching: { ...copied.caching, trustsItsCopy: true } };
