import { mix32 } from './hash.ts';

/** What a whole is made of, in order: the ids of its parts, or bytes. */
type Parts = ArrayLike<number>;

const hashOf = (kind: number, parts: Parts, from: number, to: number): number => {
  let hash = Math.imul(kind, 0x9e3779b1) ^ (to - from);
  for (let i = from; i < to; i++) {
    hash = Math.imul(hash ^ (parts[i] as number), 0x85ebca6b);
    hash ^= hash >>> 15;
  }
  return mix32(hash);
};

/** Finds wholes by their kind and their parts, by open addressing: no text is made of the parts to look one up. */
export class Wholes {
  private readonly kinds: number[] = [];
  private readonly parts: Parts[] = [];
  private readonly ids: number[] = [];
  private readonly hashes: number[] = [];
  /** One more than the index of a whole; zero for an empty place. */
  private places = new Int32Array(128);

  /** The id of the whole of this kind that has these parts, from one index to before another, or -1. */
  find(kind: number, parts: Parts, from: number, to: number): number {
    const hash = hashOf(kind, parts, from, to);
    const mask = this.places.length - 1;
    for (let at = hash & mask; ; at = (at + 1) & mask) {
      const index = (this.places[at] as number) - 1;
      if (index < 0) return -1;
      if (this.hashes[index] === hash && this.kinds[index] === kind && this.isMadeOf(index, parts, from, to)) return this.ids[index] as number;
    }
  }

  /** Keeps a whole that is not known yet; its parts must not change any more. */
  keep(kind: number, parts: Parts, id: number): void {
    const index = this.ids.length;
    this.kinds.push(kind);
    this.parts.push(parts);
    this.ids.push(id);
    this.hashes.push(hashOf(kind, parts, 0, parts.length));
    if (2 * this.ids.length > this.places.length) this.grow();
    else this.place(index);
  }

  private isMadeOf(index: number, parts: Parts, from: number, to: number): boolean {
    const known = this.parts[index] as Parts;
    if (known.length !== to - from) return false;
    for (let i = from; i < to; i++) if (known[i - from] !== parts[i]) return false;
    return true;
  }

  private place(index: number): void {
    const mask = this.places.length - 1;
    let at = (this.hashes[index] as number) & mask;
    while (this.places[at] !== 0) at = (at + 1) & mask;
    this.places[at] = index + 1;
  }

  private grow(): void {
    this.places = new Int32Array(2 * this.places.length);
    for (let index = 0; index < this.ids.length; index++) this.place(index);
  }
}
