import type { Facet } from '../../property/facet.ts';
import type { Judge, MonitorPart, Part, StatePart } from '../../property/judge.ts';
import type { Move } from '../../world/move.ts';
import { Stillness } from './stillness.ts';

/** So many sets of claims are told apart by what they look at; an integer has no more bits to spare. */
const mostBits = 28;

/** The bits of all that can be asked. */
export const everything = -1;

/** Something about a world, with the bit that stands for what it looks at. */
interface Watched<P extends Part> {
  readonly part: P;
  bit: number;
}

/** What some claims look at of a slot: a facet, or all of it. */
interface Look {
  readonly facet: Facet | null;
  bits: number;
}

const watched = <P extends Part>(parts: readonly P[]): Watched<P>[] => parts.map((part) => ({ part, bit: 0 }));

/**
 * Judges worlds and steps as they are found. The world before a step held every claim and showed nothing that is still to be
 * seen; so what looks at nothing that the step changes says the same after it, and is not asked. What looks at the same has the
 * same bit, and what a step changes is known by the codes of the slots, so this costs a few integers.
 */
export class Watch {
  /** The first world that shows each `sometimes`, by property and name. */
  readonly witnessed = new Map<string, number>();
  /** Grows whenever claims have come to look at more. */
  stamp = 0;
  /** The bits of all that is asked of worlds. */
  private bits = 0;
  readonly stillness: Stillness;
  private readonly judge: Judge;
  private readonly always: readonly Watched<StatePart>[];
  private readonly held: readonly Watched<MonitorPart>[];
  /** All that is not seen yet. */
  private sights: readonly Watched<StatePart>[];
  /** By slot. */
  private looks: readonly Look[][];
  private known = -1;
  /** From this world on, all that was asked of worlds was asked here. */
  private since = 0;
  private readonly width: number;
  private readonly worlds: () => number;

  constructor(judge: Judge, width: number, worlds: () => number) {
    this.judge = judge;
    this.width = width;
    this.worlds = worlds;
    this.always = watched(judge.always);
    this.held = watched(judge.held);
    this.sights = watched(judge.sometimes);
    this.stillness = new Stillness(judge, width, worlds);
    this.looks = Array.from({ length: width }, () => []);
  }

  /** Works out anew what looks at what, where claims have come to look at more. */
  renew(): void {
    if (this.known === this.judge.learned.looks) return;
    this.known = this.judge.learned.looks;
    this.stamp++;
    const bits = new Map<string, number>();
    const looks = Array.from({ length: this.width }, () => new Map<Facet | null, Look>());
    const bitOf = (all: readonly { readonly slot: number; readonly facet: Facet | null }[]): number => {
      const key = all
        .map(({ slot, facet }) => `${slot} ${facet?.number ?? ''}`)
        .sort()
        .join();
      let bit = bits.get(key);
      if (bit === undefined) {
        bit = 1 << Math.min(bits.size, mostBits - 1);
        bits.set(key, bit);
      }
      for (const { slot, facet } of all) {
        const of = looks[slot] as Map<Facet | null, Look>;
        const look = of.get(facet) ?? { facet, bits: 0 };
        of.set(facet, look);
        look.bits |= bit;
      }
      return bit;
    };
    for (const each of [...this.always, ...this.sights]) each.bit = bitOf(each.part.memory.looks);
    for (const each of this.held) each.bit = bitOf([{ slot: each.part.slot, facet: null }]);
    this.bits = [...bits.values()].reduce((all, bit) => all | bit, 0);
    this.stillness.renew(bitOf);
    this.looks = looks.map((of) => [...of.values()]);
  }

  /** Whether something with one of these bits is to be asked of a new world. */
  minds(bits: number): boolean {
    return (bits & (this.bits | this.stillness.bits)) !== 0;
  }

  /** What has to be asked after a slot has got another value. */
  touched(slot: number, before: number, after: number): number {
    if (before === after) return 0;
    let bits = 0;
    for (const look of this.looks[slot] as Look[]) if (look.facet === null || look.facet.of(before) !== look.facet.of(after)) bits |= look.bits;
    return bits;
  }

  /** What has to be asked of this step itself, where it changes what its claims look at. */
  askedOf(move: Move): number {
    return this.stillness.askedOf(move);
  }

  /** The first part that a world violates, of those with these bits. */
  failed(bits: number, row: Int32Array): Part | null {
    for (let i = 0; i < this.always.length; i++) {
      const { part, bit } = this.always[i] as Watched<StatePart>;
      if ((bit & bits) !== 0 && !part.memory.evaluateRow(row)) return part;
    }
    for (let i = 0; i < this.held.length; i++) {
      const { part, bit } = this.held[i] as Watched<MonitorPart>;
      if ((bit & bits) !== 0 && !part.holds(row[part.slot] as number)) return part;
    }
    return null;
  }

  /** Notes what a world shows for the first time, of that with these bits. */
  look(bits: number, row: Int32Array, index: number): void {
    for (let i = 0; i < this.sights.length; i++) {
      const { part, bit } = this.sights[i] as Watched<StatePart>;
      if ((bit & bits) !== 0 && part.memory.evaluateRow(row)) this.note(part, index);
    }
  }

  /** Goes on from what was seen before. */
  resume(witnessed: readonly (readonly [part: string, world: number])[]): void {
    this.witnessed.clear();
    for (const [part, world] of witnessed) this.witnessed.set(part, world);
    this.forget();
    // What claims looked at in the worlds that were found before is not known here.
    this.since = this.worlds();
  }

  /** The bits of what is asked after any step of a world, whatever the step changes. */
  unsureAt(world: number): number {
    return world < this.since ? everything : this.stillness.unsureAt(world);
  }

  private note(sight: StatePart, index: number): void {
    const name = nameOf(sight);
    if (this.witnessed.has(name)) return;
    this.witnessed.set(name, index);
    this.forget();
  }

  private forget(): void {
    this.sights = this.sights.filter(({ part }) => !this.witnessed.has(nameOf(part)));
  }
}

const nameOf = ({ property, name }: Part): string => `${property.type.id} ${name}`;
