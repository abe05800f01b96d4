import { utf8ToBytes } from '@noble/hashes/utils.js';
import * as z from 'zod';
import { RolecallError } from '../../kernel/errors.ts';
import { reductionsSchema } from './reduction/reductions.ts';

/**
 * A checkpoint as a file: a line of JSON, padded to whole words; then the sections, words of 32 bits, the lower byte first;
 * then two words of checksum over all before them. Whoever reads one takes it for damaged until the checksum says otherwise.
 */

const format = 'rolecall-checkpoint';
const version = 3;

/** The line of JSON holds names and counts only. */
const longestHeader = 1 << 20;
const mostWorlds = 300_000_000;
const newline = 0x0a;
const checksumWords = 2;

const count = z.int().min(0);
const index = z.int().min(-1);
const name = z.string().max(1_000);

const headerSchema = z.strictObject({
  format: z.literal(format),
  version: z.literal(version),
  /** What the search is of: a search that differs in any of it cannot carry on. */
  subject: z.strictObject({
    protocol: name,
    scenario: name,
    mutant: name.nullable(),
    properties: z.array(name),
    order: z.enum(['breadth', 'depth']),
    hosts: z.array(name),
    /** How many hosts were asked for, where the scenario leaves it open. */
    size: count.nullable(),
    maxDepth: count,
    model: name,
    /** What it leaves out; null where it was not to reduce anything. */
    reductions: reductionsSchema.nullable(),
  }),
  elapsedMs: z.number().min(0),
  /** Bits of each slot in a packed row. */
  bits: z.array(z.int().min(0).max(31)),
  /** How many values each slot has taken. */
  codes: z.array(count),
  worlds: z.int().min(1).max(mostWorlds),
  standing: z.strictObject({
    generated: count,
    depth: count,
    expanded: count,
    atLimit: count,
    reduced: count,
    deadlocks: z.strictObject({ count, first: index, waiting: z.array(name) }),
    witnessed: z.array(z.tuple([name, count]).readonly()),
  }),
  cuts: z.array(name),
  rulesFired: z.array(name),
  /** Of the tables that number what rows hold, and of what else grows. */
  sizes: z.array(count),
  /** Words of each section. */
  sections: z.strictObject({ codes: count, rows: count, parents: count, depths: count, stack: count, grown: count }),
});

export type Header = z.infer<typeof headerSchema>;
export type Section = keyof Header['sections'];

/** The sections in the order in which they stand. */
export const sectionNames: readonly Section[] = ['codes', 'rows', 'parents', 'depths', 'stack', 'grown'];

/** What a checkpoint is read from. `read` fills as much as there is, and says how much. */
export interface ByteSource {
  readonly name: string;
  readonly size: number;
  readonly read: (into: Uint8Array) => number;
}

/** Two words over a sequence of words; any one that is changed changes them. */
class Checksum {
  private a = 0x243f6a88;
  private b = 0x13198a2e;

  add(words: Int32Array): void {
    let { a, b } = this;
    for (let i = 0; i < words.length; i++) {
      const word = words[i] as number;
      a = Math.imul(a ^ word, 0x85ebca6b);
      a ^= a >>> 15;
      b = (Math.imul(b, 0x9e3779b1) + word) | 0;
    }
    this.a = a;
    this.b = b;
  }

  get words(): Int32Array {
    return Int32Array.of(this.a, this.b);
  }
}

const bytesOf = (words: Int32Array): Uint8Array => new Uint8Array(words.buffer, words.byteOffset, words.byteLength);

/** A checkpoint, piece by piece. The pieces are views of what the search holds, so they are written before it goes on. */
export function* checkpointPieces(
  header: Omit<Header, 'format' | 'version'>,
  sections: Readonly<Record<Section, Iterable<Int32Array>>>,
): Generator<Uint8Array> {
  const checksum = new Checksum();
  const text = utf8ToBytes(JSON.stringify({ format, version, ...header } satisfies Header));
  const line = new Uint8Array(Math.ceil((text.length + 1) / 4) * 4).fill(0x20);
  line.set(text);
  line[line.length - 1] = newline;
  checksum.add(new Int32Array(line.buffer));
  yield line;
  for (const section of sectionNames)
    for (const words of sections[section]) {
      checksum.add(words);
      yield bytesOf(words);
    }
  yield bytesOf(checksum.words);
}

/** A checkpoint that was opened: its header, then its sections in order. */
export class CheckpointReader {
  readonly name: string;
  readonly header: Header;
  private readonly source: ByteSource;
  private readonly checksum = new Checksum();

  /** @throws RolecallError where it is no checkpoint, or its size is not what its header says. */
  constructor(source: ByteSource) {
    this.source = source;
    this.name = source.name;
    const line = this.line();
    this.header = headerOf(line, source.name);
    this.checksum.add(new Int32Array(line.buffer));
    const { sections } = this.header;
    const words = sectionNames.reduce((sum, section) => sum + sections[section], 0);
    const size = line.length + 4 * (words + checksumWords);
    if (size !== source.size) throw damaged(source.name, `It has ${source.size} bytes, and its first line says ${size}`);
  }

  /** The next words, as many as are asked for. */
  readonly take = (count: number): Int32Array => {
    const words = this.words(count);
    this.checksum.add(words);
    return words;
  };

  /** To be called after the last section. */
  verify(): void {
    const expected = this.checksum.words;
    const found = this.words(checksumWords);
    if (found[0] !== expected[0] || found[1] !== expected[1]) throw damaged(this.name, 'Its checksum is not that of its content');
  }

  private words(count: number): Int32Array {
    const words = new Int32Array(count);
    if (this.filled(bytesOf(words)) < words.byteLength) throw damaged(this.name, 'It ends too early');
    return words;
  }

  private filled(into: Uint8Array): number {
    let at = 0;
    for (let more = -1; at < into.length && more !== 0; at += more) more = this.source.read(into.subarray(at));
    return at;
  }

  /** The first line, a word at a time at first, so that nothing beyond it is read. */
  private line(): Uint8Array<ArrayBuffer> {
    const line = new Uint8Array(longestHeader);
    for (let length = 0; length < longestHeader; length += 4) {
      if (this.filled(line.subarray(length, length + 4)) < 4) break;
      if (length === 0 && line[0] !== 0x7b) break;
      if (line[length + 3] === newline) return line.slice(0, length + 4);
    }
    throw unreadable(this.name, 'Its first line is not that of a checkpoint');
  }
}

const headerOf = (line: Uint8Array, file: string): Header => {
  let json: unknown;
  try {
    json = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(line));
  } catch (cause) {
    throw unreadable(file, 'Its first line is not JSON', cause);
  }
  const told = json as { readonly format?: unknown; readonly version?: unknown } | null;
  if (told?.format === format && told.version !== version)
    throw new RolecallError({
      code: 'CHECKPOINT_VERSION',
      message: `It has version ${JSON.stringify(told.version)?.slice(0, 20)} of the format; this rolecall reads version ${version}.`,
      place: file,
      advice: 'Search again from the start, or resume it with the rolecall that wrote it.',
    });
  const result = headerSchema.safeParse(json);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  throw unreadable(file, `Its first line is not that of a checkpoint (${issue?.path.join('.')}: ${issue?.message})`, result.error);
};

const unreadable = (file: string, message: string, cause?: unknown): RolecallError =>
  new RolecallError({
    code: 'CHECKPOINT_FORMAT',
    message: `${message}.`,
    place: file,
    advice: 'Give a file that `rolecall check --checkpoint FILE` wrote.',
    cause,
  });

/** What was written is not what is there. */
export const damaged = (file: string, message: string, cause?: unknown): RolecallError =>
  new RolecallError({
    code: 'CHECKPOINT_DAMAGED',
    message: `${message}.`,
    place: file,
    advice: 'The file was cut or changed. Use another copy of it, or search again from the start.',
    cause,
  });
