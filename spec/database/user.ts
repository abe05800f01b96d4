import type { Value } from '../../model/kernel/value.ts';
import { clientOver } from '../request-response/client.ts';
import type { Patience } from '../request-response/domain.ts';
import type { Call, Result } from '../request-response/messages.ts';
import type { Entry } from './database.ts';

/** What a user is about: a transaction that begins with reading these keys, and writes what follows from them. */
export type Task =
  | { readonly type: 'transfer'; readonly from: string; readonly to: string; readonly amount: number }
  | { readonly type: 'book'; readonly seat: string };

/** What a user of a database remembers: who it is, and the transaction that it is about. */
export type UserMemory = { readonly name: string; readonly task: Task | null };

type Read = Readonly<Record<string, Entry>>;

const keysOf = (task: Task): readonly string[] => (task.type === 'transfer' ? [task.from, task.to] : [task.seat]);

/** What a transaction writes, given what it read; null where it does without. */
const writesOf = (task: Task, name: string, read: Read): Readonly<Record<string, Value>> | null => {
  const held = (key: string): Value => read[key]?.value ?? null;
  if (task.type === 'book') return held(task.seat) === null ? { [task.seat]: name } : null;
  const [from, to] = [held(task.from) as number, held(task.to) as number];
  return from < task.amount ? null : { [task.from]: from - task.amount, [task.to]: to + task.amount };
};

const snapshot = (task: Task): Call => ({ type: 'snapshot', keys: keysOf(task) });

/** After the reading the commit; and if others were faster, the reading once more. */
const nextOf = ({ name, task }: UserMemory, call: Call, result: Result): Call | null => {
  if (task === null || !result.ok) return null;
  if (call.type === 'commit') return result.value === false ? snapshot(task) : null;
  const read = result.value as Read;
  const writes = writesOf(task, name, read);
  if (writes === null) return null;
  return { type: 'commit', expects: Object.fromEntries(Object.entries(read).map(([key, { version }]) => [key, version])), writes };
};

const nameIn = (params: unknown): string => (params as { readonly name?: string } | null)?.name ?? 'a user';

const begun = (task: Task) => (memory: UserMemory) => ({ call: snapshot(task), local: { ...memory, task } });

/** A user of a database: single operations, and transactions that take several. */
export const userOver = (patience: Patience) =>
  clientOver<UserMemory>({
    id: 'database.user',
    patience,
    start: (params) => ({ name: nameIn(params), task: null }),
    commands: {
      get: (local, { key }) => ({ call: { type: 'get', key: key as string }, local }),
      put: (local, { key, value }) => ({ call: { type: 'put', key: key as string, value: value as Value }, local }),
      cas: (local, { key, value }) => ({ call: { type: 'cas', key: key as string, value: value as Value }, local }),
      transfer: (local, { from, to, amount }) => begun({ type: 'transfer', from: from as string, to: to as string, amount: amount as number })(local),
      book: (local, { seat }) => begun({ type: 'book', seat: seat as string })(local),
    },
    next: nextOf,
  });
