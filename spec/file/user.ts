import { clientOver } from '../request-response/client.ts';
import type { Call, Result } from '../request-response/messages.ts';
import type { FileDomain } from './domain.ts';

/** What a user of files remembers: its name, how many exclusive creates it has made, and what it saves. */
export type UserMemory = {
  readonly name: string;
  readonly exclusives: number;
  /** The write whose verifier is `boot`; a commit has to return the same. */
  readonly saving: { readonly name: string; readonly data: string; readonly boot: number | null } | null;
};

const nameIn = (params: unknown): string => (params as { readonly name?: string } | null)?.name ?? 'a user';

/** A write is followed by a commit; a commit of another life of the server by the write once more. Source: RFC 1813, 4.8. */
const nextOf = ({ saving }: UserMemory, call: Call, result: Result, isSameLife: FileDomain['isSameLife']): Call | null => {
  if (saving === null || !result.ok) return null;
  if (call.type === 'write') return { type: 'commit', name: saving.name };
  if (call.type !== 'commit' || isSameLife(saving.boot, result.value as number)) return null;
  return { type: 'write', name: saving.name, data: saving.data };
};

/** A user of files on a server. */
export const userOver = (domain: FileDomain) =>
  clientOver<UserMemory>({
    id: 'file.user',
    patience: domain.patience,
    sessions: domain.sessions,
    reconnects: domain.reconnects ?? false,
    single: domain.failsOver !== true,
    cancels: 'silently',
    start: (params) => ({ name: nameIn(params), exclusives: 0, saving: null }),
    commands: {
      lookup: (local, { name }) => ({ call: { type: 'lookup', name: name as string }, local }),
      create: (local, { name }) => ({ call: { type: 'create', name: name as string }, local }),
      createExclusively: (local, { name }) => ({
        call: { type: 'create', name: name as string, verifier: `${local.name} ${local.exclusives}` },
        local: { ...local, exclusives: local.exclusives + 1 },
      }),
      remove: (local, { name }) => ({ call: { type: 'remove', name: name as string }, local }),
      rename: (local, { name, to }) => ({ call: { type: 'rename', name: name as string, to: to as string }, local }),
      read: (local, { name }) => ({ call: { type: 'read', name: name as string }, local }),
      save: (local, { name }) => ({
        call: { type: 'write', name: name as string, data: local.name },
        local: { ...local, saving: { name: name as string, data: local.name, boot: null } },
      }),
    },
    learn: (local, call, result) => {
      if (local.saving === null || call.type !== 'write' || !result.ok) return local;
      return { ...local, saving: { ...local.saving, boot: result.value as number } };
    },
    next: (local, call, result) => nextOf(local, call, result, domain.isSameLife),
  });
