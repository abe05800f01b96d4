import { RolecallError } from '../../kernel/errors.ts';
import type { Place } from '../../property/arena.ts';
import { type CheckpointReader, checkpointPieces, damaged, type Header, type Section } from './checkpoint.ts';
import { Column } from './column.ts';
import { Growth } from './growth.ts';
import { Packing } from './packing.ts';
import type { Search } from './search.ts';

/** What a search is of. */
export type Subject = Header['subject'];

/** Keeps a search in checkpoints, and lets a new search stand where a kept one stood. */
export class Keeper {
  /** How long the searches before this one took. */
  earlierMs = 0;
  /** Rules that fired in them. */
  private readonly fired = new Set<string>();
  /** What a checkpoint says that it is of; reductions may be given up on the way. */
  subject: Subject;
  private readonly place: Place;
  private readonly search: Search;
  private readonly growth: Growth;

  constructor(subject: Subject, place: Place, search: Search) {
    this.subject = subject;
    this.place = place;
    this.search = search;
    this.growth = new Growth(place.system, search);
    search.onExpanded = this.growth.note;
  }

  /** Whether a rule fired in the searches before this one. */
  hasFired(rule: string): boolean {
    return this.fired.has(rule);
  }

  /** The search as it stands, piece by piece; it must not go on while they are written. */
  pieces(elapsedMs: number, firedNow: Iterable<string>): Iterable<Uint8Array> {
    const { search, growth } = this;
    const { visited, columns, standing } = search;
    const header = {
      subject: this.subject,
      elapsedMs,
      bits: [...visited.packing.bits],
      codes: visited.codes.values.map(({ length }) => length),
      worlds: visited.count,
      standing: {
        ...standing,
        deadlocks: { ...standing.deadlocks, waiting: [...standing.deadlocks.waiting] },
        witnessed: [...standing.witnessed],
      },
      cuts: [...this.place.world.cuts],
      rulesFired: [...new Set([...this.fired, ...firedNow])],
      sizes: [...growth.sizes()],
      sections: {
        codes: visited.codes.values.reduce((sum, { length }) => sum + length, 0),
        rows: visited.count * visited.packing.words,
        parents: columns.parents.length,
        depths: columns.depths.length,
        stack: columns.stack.length,
        grown: growth.worlds.length,
      },
    };
    return checkpointPieces(header, {
      codes: visited.codes.values.map((values) => Int32Array.from(values)),
      rows: visited.content(),
      parents: columns.parents.content(),
      depths: columns.depths.content(),
      stack: columns.stack.content(),
      grown: growth.worlds.content(),
    });
  }

  /** @throws RolecallError where the checkpoint is damaged, or of another search. */
  resume(reader: CheckpointReader): void {
    const { header } = reader;
    this.mustBeOfThis(reader.name, header);
    const { search, growth } = this;
    const { visited } = search;
    const start = Int32Array.from(this.place.world.row);
    const codes = reader.take(header.sections.codes);
    visited.load(Uint8Array.from(header.bits), header.worlds, reader.take);
    const column = (section: Section): Column => Column.taken(header.sections[section], reader.take);
    const columns = { parents: column('parents'), depths: column('depths'), stack: column('stack') };
    const grown = column('grown');
    reader.verify();
    if (!visited.codes.load(header.codes, codes)) throw damaged(reader.name, 'Its values do not fit its slots');
    this.mustStand(reader.name, header, columns, grown);
    search.restore(0);
    if (!start.every((value, slot) => value === this.place.world.row[slot])) throw this.differs(reader.name);
    search.stand(header.standing, columns);
    this.retrace(reader.name, header, grown);
    // Expanding worlds again counted them again.
    search.stand(header.standing, columns);
    this.place.world.cuts.clear();
    for (const bound of header.cuts) this.place.world.cuts.add(bound);
    for (const rule of header.rulesFired) this.fired.add(rule);
    this.earlierMs = header.elapsedMs;
    growth.resume(grown);
    search.onExpanded = growth.note;
  }

  private mustBeOfThis(file: string, { subject: kept, bits, codes, worlds, sections }: Header): void {
    const { model: keptModel, ...keptRest } = kept;
    const { model, ...rest } = this.subject;
    const other = Object.entries(rest).find(([field, value]) => JSON.stringify(value) !== JSON.stringify(keptRest[field as keyof typeof rest]));
    if (other !== undefined)
      throw new RolecallError({
        code: 'CHECKPOINT_OTHER',
        message: `It is of another search: ${other[0]} is ${JSON.stringify(keptRest[other[0] as keyof typeof rest])} in it, and ${JSON.stringify(other[1])} here.`,
        place: file,
        advice: 'Leave out what the checkpoint decides: `rolecall check PROTOCOL --resume FILE` is enough.',
      });
    const { width } = this.place.system;
    if (keptModel !== model || bits.length !== width || codes.length !== width) throw this.differs(file);
    const { rows, parents, depths, stack } = sections;
    const words = new Packing(this.search.visited.codes, Uint8Array.from(bits)).words;
    if (rows !== worlds * words || parents !== worlds || depths !== worlds || stack > worlds)
      throw damaged(file, 'Its sections do not fit its worlds');
  }

  /** Every number that is used as the number of a world is one. */
  private mustStand(file: string, { worlds, standing, subject }: Header, { parents, depths, stack }: Search['columns'], grown: Column): void {
    const isWorld = (number: number): boolean => number >= 0 && number < worlds;
    let stands = parents.at(0) === -1 && depths.at(0) === 1;
    for (let world = 1; world < worlds; world++) {
      const parent = parents.at(world);
      stands &&= parent >= 0 && parent < world && depths.at(world) === depths.at(parent) + 1;
    }
    for (const column of [stack, grown]) for (const words of column.content()) stands &&= words.every(isWorld);
    stands &&= standing.expanded + (subject.order === 'depth' ? stack.length : 0) <= worlds && standing.deadlocks.first < worlds;
    if (!stands) throw damaged(file, 'Its numbers do not fit together');
  }

  /** Gives every value its number again. */
  private retrace(file: string, { worlds, sizes }: Header, grown: Column): void {
    const { search, growth } = this;
    search.onExpanded = null;
    try {
      for (const words of grown.content())
        for (const world of words) {
          if (!this.isNumbered(world)) throw this.differs(file);
          search.retrace(world);
          if (search.visited.count !== worlds || search.found !== null) throw this.differs(file);
        }
    } catch (cause) {
      if (cause instanceof RolecallError && cause.code === 'CHECKPOINT_MODEL') throw cause;
      throw this.differs(file, cause);
    }
    const now = growth.sizes();
    if (now.length !== sizes.length || now.some((size, at) => size !== sizes[at])) throw this.differs(file);
    for (let world = 0; world < worlds; world++) if (!this.isNumbered(world)) throw damaged(file, `World ${world} holds a number that nothing has`);
  }

  /** Whether tables know all numbers of a row. */
  private isNumbered(index: number): boolean {
    const { row, system } = this.place.world;
    this.search.restore(index);
    for (let slot = 0; slot < row.length; slot++) {
      const table = system.tables[slot];
      if (table !== undefined && (row[slot] as number) >= table.size) return false;
    }
    return true;
  }

  private differs(file: string, cause?: unknown): RolecallError {
    return new RolecallError({
      code: 'CHECKPOINT_MODEL',
      message: 'The model is not the one that was searched: its worlds differ.',
      place: file,
      advice: 'Resume it with the sources that it was begun with, or search again from the start.',
      cause,
    });
  }
}
