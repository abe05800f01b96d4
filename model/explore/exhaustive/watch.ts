import type { Judge, MonitorPart, Part, StatePart } from '../../property/judge.ts';

/** What is to be asked of a world: all that looks at a slot which the step to it may have changed. */
export interface Due {
  readonly always: readonly StatePart[];
  readonly held: readonly MonitorPart[];
  readonly sights: readonly StatePart[];
  /** Of the watch when this was worked out. */
  readonly stamp: number;
}

/**
 * Judges worlds as they are found. The world before a step held every claim and showed nothing that is still to be seen, so
 * what looks at slots that the step leaves alone says the same after it.
 */
export class Watch {
  /** The first world that shows each `sometimes`, by property and name. */
  readonly witnessed = new Map<string, number>();
  private readonly judge: Judge;
  /** All that is not seen yet. */
  private sights: readonly StatePart[];
  private seen = 0;

  constructor(judge: Judge) {
    this.judge = judge;
    this.sights = judge.sometimes;
  }

  /** Grows where a part has looked at a slot for the first time, or a sight was seen. */
  get stamp(): number {
    return this.judge.learned.slots + this.seen;
  }

  /** What is due in any world. */
  get whole(): Due {
    const { judge, sights, stamp } = this;
    return { always: judge.always, held: judge.held, sights, stamp };
  }

  /** What is due after these edits. */
  after(edits: readonly { readonly slot: number }[]): Due {
    const { judge, sights, stamp } = this;
    const looks = ({ memory }: StatePart): boolean => memory.reads.size === 0 || edits.some(({ slot }) => memory.reads.has(slot));
    return {
      always: judge.always.filter(looks),
      held: judge.held.filter(({ slot }) => edits.some((edit) => edit.slot === slot)),
      sights: sights.filter(looks),
      stamp,
    };
  }

  /** The first part that a world violates. */
  failed({ always, held }: Due, row: Int32Array): Part | null {
    for (let i = 0; i < always.length; i++) {
      const part = always[i] as StatePart;
      if (!part.memory.evaluateRow(row)) return part;
    }
    for (let i = 0; i < held.length; i++) {
      const part = held[i] as MonitorPart;
      if (!part.holds(row[part.slot] as number)) return part;
    }
    return null;
  }

  /** Notes what a world shows for the first time. */
  look({ sights }: Due, row: Int32Array, index: number): void {
    for (let i = 0; i < sights.length; i++) {
      const sight = sights[i] as StatePart;
      if (sight.memory.evaluateRow(row)) this.note(sight, index);
    }
  }

  /** Goes on from what was seen before. */
  resume(witnessed: readonly (readonly [part: string, world: number])[]): void {
    this.witnessed.clear();
    for (const [part, world] of witnessed) this.witnessed.set(part, world);
    this.forget();
  }

  private note(sight: StatePart, index: number): void {
    const name = nameOf(sight);
    if (this.witnessed.has(name)) return;
    this.witnessed.set(name, index);
    this.forget();
  }

  private forget(): void {
    this.sights = this.judge.sometimes.filter((sight) => !this.witnessed.has(nameOf(sight)));
    this.seen = this.judge.sometimes.length - this.sights.length;
  }
}

const nameOf = ({ property, name }: Part): string => `${property.type.id} ${name}`;
