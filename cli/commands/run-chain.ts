import { RolecallError } from '../../model/kernel/errors.ts';
import type { RunOptions } from '../run-options.ts';

/** Runs over the real chain of a file. */
export const runChain = (file: string, _options: RunOptions): Promise<number> => {
  throw new RolecallError({ code: 'NOT_YET', message: 'A chain file cannot be run yet.', place: file });
};
