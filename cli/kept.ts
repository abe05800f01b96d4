import { readdir } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Trace } from '../model/trace/trace.ts';
import { readTraceFile } from './files.ts';

/** A trace that the repository keeps: a regression, rerun first, or a witness. */
export interface Kept {
  /** From the root of the package, with forward slashes. */
  readonly file: string;
  readonly trace: Trace;
}

/** The package's root; the compiled file stands in dist/cli. */
export const packageRoot = fileURLToPath(new URL('../../', import.meta.url));

/** A path as a person would type it here. */
export const fromHere = (file: string): string => {
  const near = relative(process.cwd(), file);
  return near.startsWith('..') ? file : near;
};

const keptIn = async (folder: string): Promise<readonly Kept[]> => {
  const names = await readdir(join(packageRoot, folder)).catch(() => []); // No folder, nothing kept.
  const files = names.filter((name) => name.endsWith('.json')).sort();
  return Promise.all(files.map(async (name) => ({ file: `${folder}/${name}`, trace: await readTraceFile(join(packageRoot, folder, name)) })));
};

export const keptRegressions = (): Promise<readonly Kept[]> => keptIn('traces/regressions');

export const keptWitnesses = (): Promise<readonly Kept[]> => keptIn('traces/witnesses');
