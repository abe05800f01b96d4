import type { Held } from '../spec/blockchain/download.ts';
import type { VerifiedChainFile } from '../spec/blockchain/era1/verify-chain-file.ts';
import { type Entry, entryOf } from './catalogue.ts';
import { inChainFile, readChainBytes } from './chain-file.ts';
import { breathe } from './interrupt.ts';
import { number } from './render/words.ts';

const phases = { blocks: 'headers and bodies', allocation: 'genesis allocation', states: 'state roots' } as const;

/** Reads and verifies a chain file, with a line on a terminal that tells how far it is. */
export const verifiedChain = async (file: string): Promise<VerifiedChainFile> => {
  const { verifyChainFile } = await import('../spec/blockchain/era1/verify-chain-file.ts');
  const terminal = process.stderr.isTTY === true;
  const bytes = await readChainBytes(file);
  try {
    return await verifyChainFile(bytes, async ({ phase, done, of }) => {
      if (terminal) process.stderr.write(`\r\u001b[2K${file}: ${phases[phase]} ${number(done)}/${number(of)}`);
      await breathe();
    });
  } catch (error) {
    throw inChainFile(file, error);
  } finally {
    if (terminal) process.stderr.write('\r\u001b[2K');
  }
};

/** The protocol over the chain of a file, with the claims about downloading it. */
export const chainEntry = async (held: Held): Promise<Entry> => {
  const [{ downloadOf }, { downloadClaims }] = await Promise.all([
    import('../spec/blockchain/download.ts'),
    import('../properties/blockchain/download.ts'),
  ]);
  const protocol = downloadOf(held);
  return entryOf(protocol, downloadClaims(protocol, held));
};

/** The same over a chain that is its genesis alone: names can be looked up in it before a file is read. */
export const emptyChainEntry = async (): Promise<Entry> => {
  const { exact: chain } = await import('../spec/blockchain/protocol.ts');
  return chainEntry({ chain, kept: { head: chain.genesis, state: new Map(), trail: null, side: new Map() } });
};
