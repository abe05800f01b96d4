import { mkdirSync, statSync } from 'node:fs';
import { open, readFile, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { RolecallError } from '../model/kernel/errors.ts';
import { checkTraceSize, readTrace } from '../model/trace/read.ts';
import type { Trace } from '../model/trace/trace.ts';
import { traceText } from '../model/trace/write.ts';

/** Why a file could not be used, in words. */
export const reasonOf = (cause: unknown): string => {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
  return (
    {
      ENOENT: 'There is no such file.',
      EACCES: 'It may not be read or written.',
      EEXIST: 'A file stands where a folder is needed.',
      ENOTDIR: 'A file stands where a folder is needed.',
      EISDIR: 'It is a folder or a device, and no file.',
      ENOSPC: 'The disk is full.',
      EROFS: 'The disk is read-only.',
    }[code] ?? String(cause)
  );
};

/** The error for a file that cannot be read; what is a typed error already stays as it is. */
export const unreadable = (file: string, cause: unknown, advice: string): RolecallError =>
  cause instanceof RolecallError ? cause : new RolecallError({ code: 'FILE_UNREADABLE', message: reasonOf(cause), place: file, advice, cause });

/** Reads a trace; its size is looked at first, so that a huge file costs nothing. */
export const readTraceFile = async (file: string): Promise<Trace> => {
  const text = await stat(file)
    .then((found) => {
      if (!found.isFile()) throw Object.assign(new Error('no file'), { code: 'EISDIR' });
      checkTraceSize(found.size, file);
      return readFile(file, 'utf8');
    })
    .catch((cause: unknown) => {
      throw unreadable(file, cause, 'Give the path of a trace that `rolecall run` wrote; one ships in traces/regressions.');
    });
  return readTrace(text, file);
};

/**
 * Makes a folder and those above it, one by one: Node's own way asks again and again, for ever, where a folder may not be made
 * though all above it are there, as below /proc.
 */
export const makeFolder = (folder: string): void => {
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() === true) return;
  const above = dirname(folder);
  if (above !== folder) makeFolder(above);
  mkdirSync(folder);
};

/** Writes beside the file and renames, so that nobody ever sees half of it. */
export const writeAtomically = async (
  file: string,
  content: string,
  advice = 'Choose another place, or let this one be written to.',
): Promise<void> => {
  const beside = join(dirname(file), `.${process.pid}.${Math.abs(hashOf(file))}.tmp`);
  try {
    makeFolder(dirname(file));
    const handle = await open(beside, 'w');
    try {
      await handle.writeFile(content);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(beside, file);
  } catch (cause) {
    await rm(beside, { force: true }).catch(() => {});
    throw new RolecallError({
      code: 'FILE_UNWRITABLE',
      message: reasonOf(cause),
      place: file,
      advice,
      cause,
    });
  }
};

const hashOf = (text: string): number => [...text].reduce((hash, character) => (Math.imul(hash, 31) + (character.codePointAt(0) ?? 0)) | 0, 7);

/** The name of a trace says what it is about, and is the same for the same violation; `seed` is the seed that was given. */
export const traceName = ({ protocol, property, scenario, mutant }: Trace, seed: number): string =>
  `${[protocol, property, scenario, ...(mutant === null ? [] : [mutant]), `seed${seed}`].map((part) => part.replace(/[^\w-]+/g, '-')).join('.')}.json`;

/** Keeps a trace in a folder, and returns its path. */
export const keepTrace = async (folder: string, trace: Trace, seed: number): Promise<string> => {
  const file = join(folder, traceName(trace, seed));
  await writeAtomically(file, traceText(trace), 'Choose another folder with --trace-dir.');
  return file;
};
