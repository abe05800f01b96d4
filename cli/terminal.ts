import { glyphsFor, type Paint, paintFor } from './render/paint.ts';
import type { Screen } from './render/violation.ts';

/** How standard output looks: colours and characters that it can show, and how wide it is. */
export const screen = (): Screen => ({
  paint: paintFor(process.stdout),
  glyphs: glyphsFor(process.env),
  width: Math.max(60, Math.min(160, process.stdout.columns || 100)),
});

export const errorPaint = (): Paint => paintFor(process.stderr);

/** Writes lines and waits until they are taken, so that a pipe gets all of them before the process ends. */
export const print = (lines: readonly string[]): Promise<void> =>
  new Promise((resolve, reject) => {
    if (lines.length === 0) resolve();
    else process.stdout.write(`${lines.join('\n')}\n`, (error) => (error && !isUnread(error) ? reject(error) : resolve()));
  });

/** Whoever read has stopped reading: main decides what that means, and nobody misses these lines. */
const isUnread = (error: NodeJS.ErrnoException): boolean => error.code === 'EPIPE';

/** A value as JSON; bigints as text, maps and sets as lists. */
export const printJson = (value: unknown): Promise<void> => print([JSON.stringify(value, plainly, 2)]);

const plainly = (_: string, value: unknown): unknown => {
  if (typeof value === 'bigint') return value.toString();
  if (value instanceof Map || value instanceof Set) return [...value];
  return value;
};
