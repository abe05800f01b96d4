import { appendFileSync, existsSync, readFileSync, renameSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Value } from '../../model/kernel/value.ts';
import type { Clock } from '../../model/live/clock.ts';
import type { Stored } from '../../model/live/surroundings.ts';
import { type LogLine, lineText } from '../../model/live/log.ts';
import { decodeValue, encodeValue, type Json } from '../../model/trace/encode.ts';

interface Store {
  readonly stored: Json;
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
    if (stored !== null) {
      writeFileSync(`${this.store}.new`, JSON.stringify({ stored: encodeValue(stored as unknown as Value), lines } satisfies Store));
      renameSync(`${this.store}.new`, this.store);
    }
    this.append(lines);
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
    const last = this.clock();
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

  /** What the host knew at its last step. */
  clock(): Clock {
    return this.lines().at(-1)?.clock ?? {};
  }

  /** What the roles have stored; null before the first time. */
  values(): Stored | null {
    const store = this.stored();
    return store === null ? null : (decodeValue(store.stored) as unknown as Stored);
  }

  private stored(): Store | null {
    return existsSync(this.store) ? (JSON.parse(readFileSync(this.store, 'utf8')) as Store) : null;
  }
}
