import { RolecallError } from '../../model/kernel/errors.ts';
import { chainEntry, emptyChainEntry, verifiedChain } from '../chain-entry.ts';
import { explorations } from '../exploring/explorations.ts';
import { narrowed } from '../names.ts';
import { downloadLines, verifiedLines } from '../render/chain.ts';
import { duration } from '../render/progress.ts';
import type { RunOptions } from '../exploring/run-options.ts';
import { print, screen } from '../terminal.ts';

/** A run downloads the whole chain, so a few of them are many steps. */
const usualDownloads = 3;

/** With a planted fault: the first that fails ends it. */
const mutantDownloads = 20;

/** Runs over the real chain of a file: verifies it, then lets a peer that joins download it under faults. */
export const runChain = async (file: string, protocols: readonly string[], options: RunOptions): Promise<number> => {
  if (protocols.some((id) => id !== 'blockchain'))
    throw new RolecallError({
      code: 'CHAIN_PROTOCOL',
      message: 'Only blockchain runs over a chain file.',
      place: '--chain',
      advice: 'Type: rolecall run blockchain --chain FILE',
    });
  // A misspelt name is told before the file is read, which takes seconds.
  narrowed([await emptyChainEntry()], options);
  const { paint } = screen();
  const started = performance.now();
  const verified = await verifiedChain(file);
  const entries = narrowed([await chainEntry(verified)], options);
  if (!options.json) {
    const seconds = (performance.now() - started) / 1000;
    await print([`${paint('bold', file)}: every block is as the rules say (${duration(seconds)})`, ...verifiedLines(verified), '']);
  }
  return explorations(entries, { runs: options.mutant === undefined ? usualDownloads : mutantDownloads, ...options }, (report) =>
    downloadLines(report, verified.file.blocks.length),
  );
};
