import { full } from '../../network/inbox.ts';
import type { System } from '../../world/system.ts';

/** Inboxes above this number are not remembered by position. */
const listed = 1 << 16;

/** The inbox after one more entry, looked up by position: by entry, then by inbox. */
export class Deliveries {
  private readonly system: System;
  /** By entry; each holds, by inbox, the inbox after it plus two; zero is not known, one is full. */
  private readonly after: Int32Array[] = [];

  constructor(system: System) {
    this.system = system;
  }

  /** The inbox with the entry, or {@link full}. */
  add(inbox: number, entry: number): number {
    const known = this.after[entry]?.[inbox] ?? 0;
    return known === 0 ? this.learn(inbox, entry) : known - 2;
  }

  private learn(inbox: number, entry: number): number {
    const result = this.system.inboxes.add(inbox, entry);
    if (inbox >= listed) return result;
    let list = this.after[entry];
    if (list === undefined || list.length <= inbox) {
      const longer = new Int32Array(Math.max(64, 2 ** (32 - Math.clz32(inbox))));
      if (list !== undefined) longer.set(list);
      list = longer;
      this.after[entry] = list;
    }
    list[inbox] = (result === full ? -1 : result) + 2;
    return result;
  }
}
