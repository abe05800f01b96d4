import { closeSync, fstatSync, fsyncSync, openSync, readSync, renameSync, rmSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { CheckpointReader } from '../model/explore/exhaustive/checkpoint.ts';
import { RolecallError } from '../model/kernel/errors.ts';
import { makeFolder, reasonOf, unreadable } from './files.ts';

/** Written whole before it takes the place of the one before, so that a kill at any moment leaves one that is whole. */
export const writeCheckpoint = (file: string, pieces: Iterable<Uint8Array>): void => {
  const beside = `${file}.part`;
  try {
    makeFolder(dirname(file));
    const handle = openSync(beside, 'w');
    try {
      for (const piece of pieces) for (let at = 0; at < piece.length; ) at += writeSync(handle, piece, at);
      fsyncSync(handle);
    } finally {
      closeSync(handle);
    }
    renameSync(beside, file);
  } catch (cause) {
    rmSync(beside, { force: true });
    throw new RolecallError({
      code: 'FILE_UNWRITABLE',
      message: reasonOf(cause),
      place: file,
      advice: 'Choose another file with --checkpoint. A checkpoint takes some 20 to 60 bytes for each distinct world.',
      cause,
    });
  }
};

/** A checkpoint that is open for reading; its rows are read as the search takes them. */
export interface OpenCheckpoint {
  readonly reader: CheckpointReader;
  readonly close: () => void;
}

export const openCheckpoint = (file: string): OpenCheckpoint => {
  let handle: number | null = null;
  try {
    const opened = openSync(file, 'r');
    handle = opened;
    const found = fstatSync(opened);
    if (!found.isFile()) throw Object.assign(new Error('no file'), { code: 'EISDIR' });
    const reader = new CheckpointReader({ name: file, size: found.size, read: (into) => readSync(opened, into) });
    return { reader, close: () => closeSync(opened) };
  } catch (cause) {
    if (handle !== null) closeSync(handle);
    throw unreadable(file, cause, 'Give a file that `rolecall check --checkpoint FILE` wrote.');
  }
};
