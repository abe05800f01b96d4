import { readdir } from 'node:fs/promises';
import { join, relative } from 'node:path';
import type { Trace } from '../model/trace/trace.ts';
import { readTraceFile } from './files.ts';
import { project } from './project.ts';

/** A trace that the project keeps: a regression, rerun first, or a witness. */
export interface Kept {
  /** From the root of the project, with forward slashes. */
  readonly file: string;
  readonly trace: Trace;
}

/** A path as a person would type it here. */
export const fromHere = (file: string): string => {
  const near = relative(process.cwd(), file);
  return near.startsWith('..') ? file : near;
};

const keptIn = async (kind: string): Promise<readonly Kept[]> => {
  const { traces } = await project();
  const folders = traces.map(async ({ name, folder, protocols }) => {
    const files = (await readdir(join(folder, kind)).catch(() => [])).filter((file) => file.endsWith('.json')).sort(); // No folder, nothing kept.
    const kept = files.map(async (file) => ({ file: `${name}/${kind}/${file}`, trace: await readTraceFile(join(folder, kind, file)) }));
    return (await Promise.all(kept)).filter(({ trace }) => protocols.includes(trace.protocol));
  });
  return (await Promise.all(folders)).flat();
};

export const keptRegressions = (): Promise<readonly Kept[]> => keptIn('regressions');

export const keptWitnesses = (): Promise<readonly Kept[]> => keptIn('witnesses');
