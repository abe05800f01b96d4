import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { RolecallError } from '../../model/kernel/errors.ts';
import { byCode } from './catalogue.ts';
import { generatedMark } from './mark.ts';

/** A file that is not what the model says. */
export interface Difference {
  readonly path: string;
  readonly kind: 'missing' | 'differs' | 'stale';
}

const codeOf = (cause: unknown): string => (cause instanceof Error && 'code' in cause ? String(cause.code) : '');

const textOf = async (file: string): Promise<string | null> =>
  await readFile(file, 'utf8').catch((cause: unknown) => {
    if (codeOf(cause) === 'ENOENT' || codeOf(cause) === 'ENOTDIR') return null;
    throw unusable(file, cause);
  });

const unusable = (place: string, cause: unknown): RolecallError =>
  new RolecallError({
    code: 'DOCS_FOLDER',
    message: `The documents cannot be read or written: ${codeOf(cause) || String(cause)}.`,
    place,
    advice: 'Give another folder with -o.',
    cause,
  });

/** The generated files that stand in a folder. Pages lie at its top and one folder below; nothing deeper is looked at. */
const generatedIn = async (folder: string): Promise<readonly string[]> => {
  const entries = await readdir(folder, { withFileTypes: true }).catch((cause: unknown) => {
    if (codeOf(cause) === 'ENOENT') return [];
    throw unusable(folder, cause);
  });
  const found: string[] = [];
  const look = async (path: string): Promise<void> => {
    if (/\.(md|svg)$/.test(path) && (await textOf(join(folder, path)))?.slice(0, 300).includes(generatedMark) === true) found.push(path);
  };
  for (const entry of entries) {
    if (entry.isFile()) await look(entry.name);
    if (!entry.isDirectory() || entry.name.startsWith('.') || entry.name === 'node_modules') continue;
    for (const inner of await readdir(join(folder, entry.name), { withFileTypes: true }))
      if (inner.isFile()) await look(`${entry.name}/${inner.name}`);
  }
  return found.sort(byCode);
};

/** How a folder differs from what the model says; empty where it does not. */
export const checkDocs = async (folder: string, files: ReadonlyMap<string, string>): Promise<readonly Difference[]> => {
  const differences: Difference[] = [];
  for (const [path, contents] of files) {
    const found = await textOf(join(folder, path));
    // Git may have checked the page out with the line ends of another system.
    if (found === null) differences.push({ path, kind: 'missing' });
    else if (found.replace(/\r\n/g, '\n') !== contents) differences.push({ path, kind: 'differs' });
  }
  const stale = (await generatedIn(folder)).filter((path) => !files.has(path));
  return [...differences, ...stale.map((path): Difference => ({ path, kind: 'stale' }))].sort((a, b) => byCode(a.path, b.path));
};

/**
 * Writes the files and removes generated ones that the model no longer gives. All are written beside their places first
 * and renamed when every one is complete, so a full disk or an interruption leaves no page half-written; what is the same
 * already is not touched. Returns what changed.
 */
export const writeDocs = async (folder: string, files: ReadonlyMap<string, string>): Promise<readonly Difference[]> => {
  const differences = await checkDocs(folder, files);
  const beside = (path: string): string => join(folder, `${path}.${process.pid}.part`);
  const changed = differences.filter(({ kind }) => kind !== 'stale');
  try {
    for (const { path } of changed) {
      await mkdir(dirname(join(folder, path)), { recursive: true });
      await writeFile(beside(path), files.get(path) ?? '');
    }
    for (const { path } of changed) await rename(beside(path), join(folder, path));
    for (const { path, kind } of differences) if (kind === 'stale') await rm(join(folder, path));
  } catch (cause) {
    for (const { path } of changed) await rm(beside(path), { force: true }).catch(() => {});
    throw unusable(folder, cause);
  }
  return differences;
};
