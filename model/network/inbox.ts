import type { Interner } from '../kernel/intern.ts';
import { compareValues } from '../kernel/order.ts';
import { Pairs } from '../kernel/pairs.ts';
import { Table } from '../kernel/table.ts';
import type { Value } from '../kernel/value.ts';
import type { Message } from '../role/effect.ts';

/** A message in an inbox: the role instance that sent it, whether its sender's messages keep their order, and itself. */
export interface Entry {
  readonly from: number;
  readonly fifo: boolean;
  readonly message: Message;
}

export interface InboxRules {
  /** A delivery leaves the message where it is, and a second copy changes nothing. */
  readonly keepsDelivered: boolean;
  /** Messages that the network holds for it; a further one is lost. */
  readonly buffer: number;
  /** Messages at most in what is explored; a further one is cut off. */
  readonly bound: number;
}

/** The inbox has come to its bound. */
export const full = -1;

/** The network holds no more for it, and loses the message. */
export const spilt = -2;

/**
 * All inboxes that occur, numbered. An inbox lists its entries by sender; those of one sender stand in the order in which
 * they were sent where the link keeps it, and in the order of their content where it does not, so that equal multisets are
 * one inbox. Adding and removing is remembered.
 */
export class Inboxes {
  readonly table: Table;
  private readonly entryTable: Table;
  private readonly entries: Entry[] = [];
  private readonly lists: (readonly number[])[] = [];
  private readonly heads: (readonly number[] | undefined)[] = [];
  private readonly disconnects: (ReadonlySet<number> | null)[] = [];
  private readonly added = new Pairs();
  private readonly addedTo: number[] = [];
  private readonly removed = new Pairs();
  private readonly removedTo: number[] = [];
  private readonly rules: InboxRules;

  constructor(interner: Interner, rules: InboxRules) {
    this.table = new Table(interner);
    this.entryTable = new Table(interner);
    this.rules = rules;
    this.of([]);
  }

  /** The number of the empty inbox. */
  get empty(): number {
    return 0;
  }

  /** Numbers an entry. */
  entryOf(from: number, fifo: boolean, message: Message): number {
    const size = this.entryTable.size;
    const id = this.entryTable.of([from, fifo, message as unknown as Value]);
    if (id === size) {
      const [, , canonical] = this.entryTable.value(id) as [number, boolean, Value];
      this.entries[id] = { from, fifo, message: canonical as unknown as Message };
    }
    return id;
  }

  entry(id: number): Entry {
    return this.entries[id] as Entry;
  }

  /** The entries of an inbox, in canonical order. */
  list(inbox: number): readonly number[] {
    return this.lists[inbox] as readonly number[];
  }

  /** The entries that may be delivered next: the first of each sender that keeps an order, all distinct ones of the rest. */
  deliverable(inbox: number): readonly number[] {
    let heads = this.heads[inbox];
    if (heads === undefined) {
      const list = this.list(inbox);
      heads = list.filter((id, at) => {
        const before = list[at - 1];
        return before === undefined || (this.entry(id).fifo ? this.entry(before).from !== this.entry(id).from : before !== id);
      });
      this.heads[inbox] = heads;
    }
    return heads;
  }

  /** Whether a `disconnected` from this sender waits: until it is read, its reader speaks to a connection that is gone. */
  isStale(inbox: number, sender: number): boolean {
    return this.goneIn(inbox)?.has(sender) ?? false;
  }

  /** Whether a `disconnected` of anyone waits. */
  hasStale(inbox: number): boolean {
    return this.goneIn(inbox) !== null;
  }

  private goneIn(inbox: number): ReadonlySet<number> | null {
    let from = this.disconnects[inbox];
    if (from === undefined) {
      const senders = this.list(inbox)
        .filter((id) => this.entry(id).message.type === 'disconnected')
        .map((id) => this.entry(id).from);
      from = senders.length === 0 ? null : new Set(senders);
      this.disconnects[inbox] = from;
    }
    return from;
  }

  /** How many messages it takes. */
  get room(): number {
    return Math.min(this.rules.buffer, this.rules.bound);
  }

  /** The inbox with one entry more, or {@link spilt} or {@link full}. */
  add(inbox: number, entry: number): number {
    const pair = this.added.of(inbox, entry);
    const known = this.addedTo[pair];
    if (known !== undefined) return known;
    const result = this.withEntry(inbox, entry);
    this.addedTo[pair] = result;
    return result;
  }

  /** The inbox without one copy of an entry. */
  remove(inbox: number, entry: number): number {
    const pair = this.removed.of(inbox, entry);
    const known = this.removedTo[pair];
    if (known !== undefined) return known;
    const list = [...this.list(inbox)];
    const at = list.indexOf(entry);
    if (at >= 0) list.splice(at, 1);
    const result = this.of(list);
    this.removedTo[pair] = result;
    return result;
  }

  /** The inbox after a delivery. */
  afterDelivery(inbox: number, entry: number): number {
    return this.rules.keepsDelivered ? inbox : this.remove(inbox, entry);
  }

  /** The inbox without the entries of these senders. */
  without(inbox: number, senders: readonly number[]): number {
    return this.of(this.list(inbox).filter((id) => !senders.includes(this.entry(id).from)));
  }

  private withEntry(inbox: number, entry: number): number {
    const list = this.list(inbox);
    const { keepsDelivered, buffer, bound } = this.rules;
    if (keepsDelivered && list.includes(entry)) return inbox;
    if (list.length >= buffer) return spilt;
    if (list.length >= bound) return full;
    const { from, fifo } = this.entry(entry);
    const at = list.findIndex((id) => {
      const other = this.entry(id);
      return other.from > from || (other.from === from && !fifo && compareValues(this.entryTable.value(id), this.entryTable.value(entry)) > 0);
    });
    return this.of(at < 0 ? [...list, entry] : [...list.slice(0, at), entry, ...list.slice(at)]);
  }

  private of(list: readonly number[]): number {
    const size = this.table.size;
    const inbox = this.table.of(list.map((id) => this.entryTable.value(id)));
    if (inbox === size) this.lists[inbox] = list;
    return inbox;
  }
}
