import type { full, Inboxes, spilt } from '../network/inbox.ts';
import type { Step } from '../role/remember.ts';

/** A change of one slot that depends on nothing but what the slot holds; so it can be made again without the world. */
export interface Edit {
  /** Different for different changes. */
  readonly number: number;
  /** What the slot holds after it; or {@link full}, where a bound cut something off, or {@link spilt}, and then it stays as it is. */
  readonly of: (before: number) => number;
}

/** Hears of each change that a world makes, in order. */
export interface Tape {
  edited(slot: number, edit: Edit): void;
  /** A role took a step; who makes the changes again counts it again. */
  stepped(step: Step): void;
  /** The step depends on what this slot holds, beyond lives, statuses, links, and what it was offered for. */
  consulted(slot: number): void;
}

/** The changes that occur in a system, each once. */
export class Edits {
  /** One of a budget is spent. */
  readonly spend: Edit;
  private readonly inboxes: Inboxes;
  private count = 0;
  private readonly puts: Edit[] = [];
  private readonly adds: Edit[] = [];
  private readonly copies: Edit[] = [];
  private readonly removes: Edit[] = [];
  private readonly named = new Map<string, Edit>();

  constructor(inboxes: Inboxes) {
    this.inboxes = inboxes;
    this.spend = this.make((left) => left - 1);
  }

  /** A new change. */
  make(of: (before: number) => number): Edit {
    return { number: this.count++, of };
  }

  /** A new change that is worked out once for each value. */
  remembered(of: (before: number) => number): Edit {
    const known = new Map<number, number>();
    return this.make((before) => {
      let after = known.get(before);
      if (after === undefined) {
        after = of(before);
        known.set(before, after);
      }
      return after;
    });
  }

  /** The change of this name. */
  called(name: string, of: (before: number) => number): Edit {
    let edit = this.named.get(name);
    if (edit === undefined) {
      edit = this.remembered(of);
      this.named.set(name, edit);
    }
    return edit;
  }

  /** Whatever the slot held, it holds this. */
  put(value: number): Edit {
    return (this.puts[value] ??= this.make(() => value));
  }

  /** An inbox receives an entry, unless it is full. */
  add(entry: number): Edit {
    return (this.adds[entry] ??= this.make((inbox) => this.inboxes.add(inbox, entry)));
  }

  /** An inbox receives a second copy of what it holds, if there is room. */
  copy(entry: number): Edit {
    return (this.copies[entry] ??= this.make((inbox) => {
      const after = this.inboxes.add(inbox, entry);
      return after < 0 ? inbox : after;
    }));
  }

  remove(entry: number): Edit {
    return (this.removes[entry] ??= this.make((inbox) => this.inboxes.remove(inbox, entry)));
  }

  /** An inbox loses what these sent. */
  without(senders: readonly number[]): Edit {
    return this.called(`without ${senders.join()}`, (inbox) => this.inboxes.without(inbox, senders));
  }
}
