import { defineProperty, type Heard, type Monitor } from '../../model/property/property.ts';
import type { NewBlock, NewBlockHashes } from '../../spec/blockchain/messages.ts';
import type { PeerContext } from '../../spec/blockchain/peer/context.ts';
import { type BlockchainRoles, blockchain } from '../../spec/blockchain/protocol.ts';
import { everyWorld } from '../../spec/blockchain/scenarios.ts';
import { showPeer } from './sight.ts';
import { cellsOf, chainOf, isValid } from './truth.ts';

const fine = 'fine';

/** What is wrong with a whole block that a peer passes on: header and proof of work are checked, and the weight is the sum. */
const wrongWith = ({ kept }: PeerContext, { block, totalDifficulty }: NewBlock): string => {
  const chain = chainOf(kept.head);
  const parent = cellsOf({ kept }).find((cell) => cell.hash === chain.parentHash(block.header));
  if (parent === undefined) return 'parent is not kept';
  const fault = chain.sealFault(block.header) ?? chain.headerFault(block.header, parent.header);
  if (fault !== null) return fault;
  return totalDifficulty === parent.totalDifficulty + chain.difficulty(block.header) ? fine : 'total difficulty';
};

/** What is wrong with an announcement: what is announced is kept, and valid. */
const wrongAbout = (context: PeerContext, { blocks }: NewBlockHashes): string => {
  const cells = cellsOf(context);
  const isImported = blocks.every(({ hash }) => cells.some((cell) => cell.hash === hash && isValid(cell)));
  return isImported ? fine : 'not imported';
};

const sent = <Type extends string>({ role, effect }: Heard<BlockchainRoles>, type: Type): boolean =>
  role === 'peer' && effect.type === 'send' && effect.message.type === type;

const watching = (type: string, judge: (heard: Heard<BlockchainRoles>) => string): Monitor<BlockchainRoles> => ({
  initial: fine,
  next: (state, heard) => (state === fine && sent(heard, type) ? judge(heard) : state),
  holds: (state) => state === fine,
});

const messageOf = <M>({ effect }: Heard<BlockchainRoles>): M => (effect as unknown as { readonly message: M }).message;
const contextOf = ({ local }: Heard<BlockchainRoles>): PeerContext => local.context as PeerContext;

export const announcedValid = defineProperty(blockchain, {
  id: 'ANNOUNCED-VALID',
  claim: 'A whole block is passed on only with valid header and proof of work, and its true weight; a hash only once the block is imported.',
  source: 'devp2p eth/68, Block Propagation',
  holdsUnder: ['liar', 'joinWhileLied', 'partitionAndHeal', 'tie', ...everyWorld],
  monitors: {
    passedOn: watching('NewBlock', (heard) => wrongWith(contextOf(heard), messageOf<NewBlock>(heard))),
    announced: watching('NewBlockHashes', (heard) => wrongAbout(contextOf(heard), messageOf<NewBlockHashes>(heard))),
  },
  sometimes: {
    aLiarIsBarred: (world) => world.some('peer', ({ context }) => context.barred.size > 0),
  },
  shows: { peer: showPeer },
  mutants: {
    relaysUnchecked: {
      doc: 'A block is passed on before its header and proof of work are checked.',
      after: 'Relay before validation: one invalid block is sent through the whole network.',
      roles: { peer: { guards: { breaksHeaderRule: () => false } } },
    },
    relaysWithParentsWeight: {
      doc: 'The total difficulty that goes with a block does not include the block.',
      after: 'Relay with the wrong total difficulty: peers wait for a block that they were told they have.',
      domain: { totalDifficulty: (parent) => parent.totalDifficulty },
      under: 'tie',
    },
  },
});
