import { createHash } from 'node:crypto';
import { appendFileSync, existsSync, readFileSync, renameSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Value } from '../../model/kernel/value.ts';
import type { Stored } from '../../model/live/surroundings.ts';
import { type LogLine, lineText } from '../../model/live/log.ts';
import { pastOf } from '../../model/live/past.ts';
import { decodeValue, encodeValue, type Json } from '../../model/trace/encode.ts';

/** A value as text, and its digest: a value that does not fit its digest was damaged. */
interface Kept {
  readonly digest: string;
  readonly text: string;
}

interface Store {
  readonly stored: Readonly<Record<string, Readonly<Record<string, Kept>>>>;
  /** The lines of the step that wrote it. */
  readonly lines: readonly LogLine[];
}

/**
 * The two files of a live host: what it has stored, and what it did. The store carries the lines of the step that wrote it,
 * so that a process that is killed between the two writes leaves neither a write without its step nor the reverse.
 */
export class HostFiles {
  private readonly log: string;
  private readonly store: string;

  constructor(folder: string, host: string) {
    const name = encodeURIComponent(host);
    this.log = join(folder, `${name}.jsonl`);
    this.store = join(folder, `${name}.store.json`);
  }

  /** Writes what a step stored, then that it was taken; each is whole on the disk's side before the next begins. */
  keep(lines: readonly LogLine[], stored: Stored | null): void {
    if (stored !== null) this.write({ stored: eachOf(stored, keptOf), lines });
    this.append(lines);
  }

  /** Writes what is stored, one of the values with a bit turned over. */
  damage(line: LogLine, stored: Stored, role: string, key: string): void {
    const damaged = eachOf(stored, (value, ofRole, ofKey) => (ofRole === role && ofKey === key ? withBitTurned(keptOf(value)) : keptOf(value)));
    this.write({ stored: damaged, lines: [line] });
    this.append([line]);
  }

  private write(store: Store): void {
    writeFileSync(`${this.store}.new`, JSON.stringify(store));
    renameSync(`${this.store}.new`, this.store);
  }

  append(lines: readonly LogLine[]): void {
    appendFileSync(this.log, lines.map((line) => `${lineText(line)}\n`).join(''));
  }

  /** After the process has ended: a half-written line goes, and a step that was only stored is written down. */
  mend(): void {
    if (existsSync(this.log)) {
      const bytes = readFileSync(this.log);
      const whole = bytes.lastIndexOf(0x0a) + 1;
      if (whole < bytes.length) truncateSync(this.log, whole);
    }
    const last = pastOf(this.lines()).clock;
    const lost = this.stored()?.lines.filter(({ host, clock }) => (clock[host] ?? 0) > (last[host] ?? 0)) ?? [];
    if (lost.length > 0) this.append(lost);
  }

  lines(): readonly LogLine[] {
    if (!existsSync(this.log)) return [];
    return readFileSync(this.log, 'utf8')
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as LogLine);
  }

  /** What the roles have stored, a damaged value as null; null before the first time. */
  values(): Stored | null {
    const store = this.stored();
    return store === null ? null : eachOf(store.stored, soundValue);
  }

  private stored(): Store | null {
    return existsSync(this.store) ? (JSON.parse(readFileSync(this.store, 'utf8')) as Store) : null;
  }
}

type ByRole<T> = Readonly<Record<string, Readonly<Record<string, T>>>>;

const eachOf = <A, B>(stored: ByRole<A>, to: (value: A, role: string, key: string) => B): ByRole<B> =>
  Object.fromEntries(
    Object.entries(stored).map(([role, values]) => [
      role,
      Object.fromEntries(Object.entries(values).map(([key, value]) => [key, to(value, role, key)])),
    ]),
  );

const digestOf = (text: string): string => createHash('sha256').update(text).digest('hex');

const keptOf = (value: Value): Kept => {
  const text = JSON.stringify(encodeValue(value));
  return { digest: digestOf(text), text };
};

const soundValue = ({ digest, text }: Kept): Value => (digest === digestOf(text) ? decodeValue(JSON.parse(text) as Json) : null);

const withBitTurned = ({ digest, text }: Kept): Kept => ({ digest, text: String.fromCharCode(text.charCodeAt(0) ^ 1) + text.slice(1) });
