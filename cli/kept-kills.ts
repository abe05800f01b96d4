import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { KillRecord } from '../model/explore/kills/kill.ts';
import { readKills } from '../model/explore/kills/record.ts';
import { unreadable } from './files.ts';
import { project } from './project.ts';

/** The kills that are kept in a folder of traces: one file for each protocol. */
export const killsIn = async (folder: string): Promise<readonly KillRecord[]> => {
  const files = (await readdir(join(folder, 'kills')).catch(() => [])).filter((file) => file.endsWith('.json')).sort(); // No folder, nothing kept.
  return Promise.all(files.map((file) => read(join(folder, 'kills', file))));
};

/** The kills that the project keeps. */
export const keptKills = async (): Promise<readonly KillRecord[]> => {
  const { traces } = await project();
  const folders = traces.map(async ({ folder, protocols }) => (await killsIn(folder)).filter(({ protocol }) => protocols.includes(protocol)));
  return (await Promise.all(folders)).flat();
};

const read = async (file: string): Promise<KillRecord> => {
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw unreadable(file, cause, 'Record it again: rolecall mutants PROTOCOL --record');
  });
  return readKills(text, file);
};
