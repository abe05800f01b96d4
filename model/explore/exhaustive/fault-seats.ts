import { Pairs } from '../../kernel/pairs.ts';
import { NONE } from '../../world/system.ts';

/** The faults of one kind, or the remedies. */
export interface FaultSlots {
  /** The budget that has to be above zero, or {@link NONE}. */
  readonly budget: number;
  /** Parts of their list: each follows from lives, statuses and links, and from one slot more, or {@link NONE}. */
  readonly parts: readonly { readonly number: number; readonly slot: number }[];
}

interface Known<T> {
  readonly keys: Pairs;
  readonly known: T[];
}

/** A fault: what decides what it does, and where that stands among the programs. */
interface Fault extends Known<number> {
  readonly consulted: readonly number[];
}

/** Where what faults do stands among the programs, by what it depends on. It knows what it was told. */
export class FaultSeats {
  private readonly kinds: readonly FaultSlots[];
  /** By part of a list: the numbers of its faults. */
  private readonly lists: Known<readonly number[]>[] = [];
  private readonly faults: Fault[] = [];

  constructor(kinds: readonly FaultSlots[]) {
    this.kinds = kinds;
    for (const { parts } of kinds) for (const { number } of parts) this.lists[number] = { keys: new Pairs(), known: [] };
  }

  /** From now on these faults are known to be a part of a list. */
  list(part: number, slot: number, environment: number, codes: Int32Array, faults: readonly number[]): void {
    const { keys, known } = this.lists[part] as Known<readonly number[]>;
    known[keyOf(keys, slot, environment, codes)] = faults;
  }

  /** From now on it is known where what a fault does stands. */
  put(number: number, consulted: readonly number[], codes: Int32Array, start: number): void {
    const fault = (this.faults[number] ??= { consulted, keys: new Pairs(), known: [] });
    fault.known[this.keyOf(fault, codes)] = start;
  }

  /** Where what the faults of a world do stands; false where that is not known. @param isSpent whether a budget is. */
  find(environment: number, codes: Int32Array, isSpent: (budget: number) => boolean, into: number[]): boolean {
    into.length = 0;
    for (let kind = 0; kind < this.kinds.length; kind++) {
      const { budget, parts } = this.kinds[kind] as FaultSlots;
      if (budget !== NONE && isSpent(budget)) continue;
      for (let nth = 0; nth < parts.length; nth++) {
        const { number, slot } = parts[nth] as FaultSlots['parts'][number];
        const { keys, known } = this.lists[number] as Known<readonly number[]>;
        const faults = known[keyOf(keys, slot, environment, codes)];
        if (faults === undefined) return false;
        for (let at = 0; at < faults.length; at++) {
          const fault = this.faults[faults[at] as number];
          const start = fault?.known[this.keyOf(fault, codes)];
          if (start === undefined) return false;
          into.push(start);
        }
      }
    }
    return true;
  }

  private keyOf({ consulted, keys }: Fault, codes: Int32Array): number {
    let key = 0;
    for (let i = 0; i < consulted.length; i++) key = keys.of(key, codes[consulted[i] as number] as number) + 1;
    return key;
  }
}

const keyOf = (keys: Pairs, slot: number, environment: number, codes: Int32Array): number =>
  slot === NONE ? environment : keys.of(environment, codes[slot] as number);
