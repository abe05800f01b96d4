import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { root } from './asked.ts';
import type { Recorded } from './measured.ts';
import { pageOf, picturesOf } from './page.ts';

const recordFile = join(root, 'bench', 'recorded', 'measurements.json');
const folder = join(root, 'docs', 'measurements');

export const recorded = (): Recorded | null => (existsSync(recordFile) ? (JSON.parse(readFileSync(recordFile, 'utf8')) as Recorded) : null);

/** The files that are made from what was recorded, by path. */
export const documentsOf = (all: Recorded): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries({ 'README.md': pageOf(all), ...picturesOf(all) }).map(([name, content]) => [join(folder, name), content]));

/** Keeps what was measured, beside what was recorded of the other parts, and writes the page and the pictures. */
export const record = (parts: Recorded['parts']): void => {
  const all: Recorded = { node: process.version, cores: availableParallelism(), parts: { ...recorded()?.parts, ...parts } };
  writeFileSync(recordFile, `${JSON.stringify(all, null, 2)}\n`);
  mkdirSync(folder, { recursive: true });
  for (const [path, content] of Object.entries(documentsOf(all))) writeFileSync(path, content);
};
