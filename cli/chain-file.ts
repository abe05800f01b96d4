import { readFile, stat } from 'node:fs/promises';
import { RolecallError } from '../model/kernel/errors.ts';

/** An era1 file of 8,192 blocks with transactions stays below this; what is longer is refused before it is read. */
const maxFileBytes = 1024 * 1024 * 1024;

const unreadable = (file: string, message: string, cause?: unknown): RolecallError =>
  new RolecallError({
    code: 'FILE_UNREADABLE',
    message,
    place: file,
    advice: 'Give the path of an era1 file, such as mainnet-00000-5ec1ffb8.era1.',
    cause,
  });

/** The bytes of a chain file. A folder, a device or an absent file is a typed error. */
export const readChainBytes = async (file: string): Promise<Uint8Array> => {
  let bytes: number;
  try {
    const found = await stat(file);
    if (!found.isFile()) throw unreadable(file, 'It is a folder or a device, and no file.');
    bytes = found.size;
    if (bytes <= maxFileBytes) return await readFile(file);
  } catch (cause) {
    if (cause instanceof RolecallError) throw cause;
    const absent = cause instanceof Error && 'code' in cause && cause.code === 'ENOENT';
    throw unreadable(file, absent ? 'There is no such file.' : String(cause), cause);
  }
  throw new RolecallError({
    code: 'ERA1_TOO_LARGE',
    message: `It has ${bytes} bytes; at most ${maxFileBytes} are read.`,
    place: file,
    advice: 'Give one era1 file; each holds 8,192 blocks at most.',
  });
};

/** The same error, with the name of the file before the byte and the block. */
export const inChainFile = (file: string, error: unknown): unknown =>
  error instanceof RolecallError && error.code.startsWith('ERA1_')
    ? new RolecallError({
        kind: error.kind,
        code: error.code,
        message: error.message,
        place: [file, error.place].filter(Boolean).join(': '),
        advice: error.advice,
        cause: error,
      })
    : error;
