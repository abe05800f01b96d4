import type { RequestResponseDomain } from '../request-response/domain.ts';
import { replyCache } from '../request-response/ledger.ts';
import { slotted } from '../request-response/sessions.ts';
import { fileSystem } from './file-system.ts';

/** What clients and servers of files are built from. */
export interface FileDomain extends RequestResponseDomain {
  /** Whether clients number their requests in sessions, as from NFS v4.1 on. */
  readonly sessions: boolean;
  /** Whether the verifier of a commit is that of the write before it: then nothing was lost in between. */
  readonly isSameLife: (written: number | null, committed: number) => boolean;
}

const common = {
  service: fileSystem,
  patience: { answerMs: 1_000, retries: 2 },
  isSameLife: (written: number | null, committed: number) => written === committed,
};

/** NFS v3: a duplicate request cache in memory, which a crash empties. Source: RFC 1813, 4.5. */
export const version3: FileDomain = { ...common, ledger: replyCache(16, { stored: () => [] }), sessions: false };

/** NFS v4.1: sessions of two slots, whose answers are stored with the files. Source: RFC 8881, 2.10.6.5: Persistence. */
export const version41: FileDomain = { ...common, ledger: slotted({ slots: 2, persistent: true }), sessions: true };

/** NFS v4.1 whose sessions end in a crash of the server. */
export const forgetful: FileDomain = { ...common, ledger: slotted({ slots: 2, persistent: false }), sessions: true };
