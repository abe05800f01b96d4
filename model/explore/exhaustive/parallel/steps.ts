import { NONE } from '../../../world/system.ts';
import * as layout from '../layout.ts';
import { cut, flagsAt, known as isKnown, turnAt } from '../replacements.ts';
import { hashOf } from '../visited.ts';
import { type Known, longer } from './known.ts';

/** The steps that lead on from one world, gathered from its programs; then the worlds after them, as packed rows. */
export class Steps {
  count = 0;
  /** Where each stands among the programs. */
  parts: Int32Array = new Int32Array(256);
  /** What has to be asked after each, as far as it follows from what it changes. */
  dues: Int32Array = new Int32Array(256);
  /** The packed rows after them, and their hashes. */
  rows: Int32Array = new Int32Array(1024);
  hashes: Int32Array = new Int32Array(256);
  /** How often an inbox was too full, in all of them. */
  cuts = 0;
  private readonly known: Known;

  constructor(known: Known) {
    this.known = known;
  }

  /** Takes the steps of a program that no spent budget forbids. */
  gather(program: number): void {
    const { known } = this;
    const { code } = known;
    const end = code[program + layout.endAt] as number;
    for (let part = code[program + layout.partsAt] as number; part < end; part = code[part + layout.nextAt] as number) {
      const budget = code[part + layout.budgetAt] as number;
      if (budget !== NONE && known.valueOf(budget) === 0) continue;
      const crashes = code[part + layout.crashesAt] as number;
      if (crashes !== NONE && known.valueOf(crashes) === 0) continue;
      if (this.count === this.parts.length) this.makeRoom();
      this.parts[this.count++] = part;
    }
  }

  private makeRoom(): void {
    this.parts = longer(this.parts);
    this.dues = longer(this.dues);
    this.hashes = longer(this.hashes);
  }

  /** Works out the worlds after the steps. False where it is not known what one of them makes of a code. */
  lay(): boolean {
    const { code, now, replacements, words, packing } = this.known;
    const width = words.length;
    while (this.count * width > this.rows.length) this.rows = longer(this.rows);
    const { count, dues, hashes, parts, rows } = this;
    const { wordOf, shiftOf } = packing;
    let cuts = 0;
    for (let nth = 0, base = 0; nth < count; nth++, base += width) {
      const part = parts[nth] as number;
      for (let word = 0; word < width; word++) rows[base + word] = words[word] as number;
      let due = code[part + layout.dueAt] as number;
      let at = part + layout.fixedAt;
      for (const end = code[part + layout.fixedEndAt] as number; at < end; at += 2) {
        const slot = code[at] as number;
        const word = base + (wordOf[slot] as number);
        rows[word] = (rows[word] as number) ^ ((code[at + 1] as number) << (shiftOf[slot] as number));
      }
      for (const end = code[part + layout.nextAt] as number; at < end; at += 2) {
        const slot = code[at] as number;
        const place = replacements.of(code[at + 1] as number, now[slot] as number);
        const flags = replacements.table[place + flagsAt] as number;
        if (flags === 0) return false;
        const word = base + (wordOf[slot] as number);
        rows[word] = (rows[word] as number) ^ ((replacements.table[place + turnAt] as number) << (shiftOf[slot] as number));
        if ((flags & cut) !== 0) cuts++;
        due |= flags;
      }
      dues[nth] = due & ~isKnown;
      hashes[nth] = hashOf(rows, base, width);
    }
    this.cuts = cuts;
    return true;
  }
}
