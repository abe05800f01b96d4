import type { VerifiedChainFile } from '../../spec/blockchain/era1/verify-chain-file.ts';
import { inChainFile, readChainBytes } from '../chain-file.ts';
import { exitCodes } from '../exit.ts';
import { breathe } from '../interrupt.ts';
import { verifiedLines } from '../render/chain.ts';
import { duration } from '../render/progress.ts';
import { number } from '../render/words.ts';
import type { RunOptions } from '../run-options.ts';
import { print, printJson, screen } from '../terminal.ts';

/** Reads and verifies a chain file, with a line that tells how far it is. */
const verified = async (file: string): Promise<VerifiedChainFile> => {
  const { verifyChainFile } = await import('../../spec/blockchain/era1/verify-chain-file.ts');
  const terminal = process.stderr.isTTY === true;
  const bytes = await readChainBytes(file);
  try {
    return await verifyChainFile(bytes, async ({ phase, done, of }) => {
      if (terminal)
        process.stderr.write(
          `\r\u001b[2K${file}: ${{ blocks: 'headers and bodies', allocation: 'genesis allocation', states: 'state roots' }[phase]} ${number(done)}/${number(of)}`,
        );
      await breathe();
    });
  } catch (error) {
    throw inChainFile(file, error);
  } finally {
    if (terminal) process.stderr.write('\r\u001b[2K');
  }
};

/** Runs over the real chain of a file: verifies it. */
export const runChain = async (file: string, options: RunOptions): Promise<number> => {
  const { paint } = screen();
  const started = performance.now();
  const chain = await verified(file);
  const seconds = (performance.now() - started) / 1000;
  if (options.json) await printJson({ file, counts: chain.counts, statistics: chain.statistics, timings: { seconds } });
  else await print([`${paint('bold', file)}: every block is as the rules say (${duration(seconds)})`, ...verifiedLines(chain)]);
  return exitCodes.passes;
};
