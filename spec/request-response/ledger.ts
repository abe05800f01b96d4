import type { Value } from '../../model/kernel/value.ts';
import type { HostName } from '../../model/role/effect.ts';
import type { Request, Result } from './messages.ts';

/** What a ledger says of a request: it is new, it was answered before, or it cannot be executed. */
export type Entry = { readonly kind: 'new' } | { readonly kind: 'answered' | 'refused'; readonly result: Result };

/** What a server remembers of the requests that it has executed, so that it does not execute them again. */
export interface Ledger<Memory extends Value = Value> {
  readonly start: Memory;
  /** Whether it ever refuses a request. */
  readonly refuses?: boolean;
  find(memory: Memory, client: HostName, request: Request): Entry;
  /** The memory once a request was executed. */
  note(memory: Memory, client: HostName, request: Request, result: Result): Memory;
  /** What of it survives a crash. */
  stored(memory: Memory): Memory;
  /** What a request that opens a session leads to; null for any other. Without it there are no sessions. */
  opens?(memory: Memory, client: HostName, request: Request): { readonly memory: Memory; readonly result: Result } | null;
}

/** An answer that a server remembers. */
export type Answered = { readonly client: HostName; readonly id: number; readonly result: Result };

/** A duplicate request cache: the last answers, the oldest first. Source: RFC 1813, 4.5. */
export interface ReplyCache extends Ledger<readonly Answered[]> {
  readonly size: number;
}

/** How a cache is looked up, and what of it is stored; what is left out is as it should be. */
interface CacheRules {
  readonly isAnswerTo?: (answered: Answered, client: HostName, id: number) => boolean;
  readonly stored?: (memory: readonly Answered[]) => readonly Answered[];
}

/** Remembers so many answers. */
export const replyCache = (size: number, rules: CacheRules = {}): ReplyCache => {
  const isAnswerTo = rules.isAnswerTo ?? ((answered, client, id) => answered.client === client && answered.id === id);
  return {
    size,
    start: [],
    find: (memory, client, { id }) => {
      const answered = memory.find((each) => isAnswerTo(each, client, id));
      return answered === undefined ? { kind: 'new' } : { kind: 'answered', result: answered.result };
    },
    note: (memory, client, { id }, result) => {
      const all = [...memory, { client, id, result }];
      return all.slice(Math.max(0, all.length - size));
    },
    stored: rules.stored ?? ((memory) => memory),
  };
};
