import { readFile, stat } from 'node:fs/promises';
import { RolecallError } from '../../model/kernel/errors.ts';
import { checkLogSize, readLog } from '../../model/live/read.ts';
import { type Validation, validate as validated } from '../../model/live/validate.ts';
import type { Log } from '../../model/live/log.ts';
import type { Entry } from '../catalogue.ts';
import { exitCodes } from '../exit.ts';
import { logShelf, meantFile } from '../meant.ts';
import { entriesOf } from '../names.ts';
import { inFile } from '../stage.ts';
import { validationLines } from '../render/validation.ts';
import { print, printJson, screen } from '../terminal.ts';

/** Reads a log; its size is looked at first, so that a huge file costs nothing. */
const readLogFile = async (file: string): Promise<Log> => {
  const unreadable = (message: string, cause?: unknown): RolecallError =>
    new RolecallError({ code: 'FILE_UNREADABLE', message, place: file, advice: 'Give the path of a log that `rolecall live` wrote.', cause });
  const found = await stat(file).catch((cause: unknown) => {
    throw unreadable('There is no such file, or it may not be read.', cause);
  });
  if (!found.isFile()) throw unreadable('It is a folder or a device, and no file.');
  checkLogSize(found.size, file);
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw unreadable('It may not be read.', cause);
  });
  return readLog(text, file);
};

const codes: Readonly<Record<Validation['verdict'], number>> = { allowed: exitCodes.passes, refused: exitCodes.violated, unknown: exitCodes.unknown };

const judged = async (file: string, log: Log, tries: number): Promise<{ readonly validation: Validation }> => {
  try {
    const [entry] = (await entriesOf([log.head.protocol])) as [Entry];
    return { validation: validated(entry.protocol, log, tries) };
  } catch (error) {
    throw inFile(file, error);
  }
};

/** Decides whether the model allows what a live run did. */
export const validate = async (named: string | undefined, { json, tries }: { readonly json?: boolean; readonly tries: number }): Promise<number> => {
  const file = await meantFile(named, logShelf, 'validate');
  const log = await readLogFile(file);
  const { validation } = await judged(file, log, tries);
  const { paint, width } = screen();
  if (json) await printJson({ file, ...log.head, ...validation, exitCode: codes[validation.verdict] });
  else await print(validationLines(file, log, validation, width, paint));
  return codes[validation.verdict];
};
