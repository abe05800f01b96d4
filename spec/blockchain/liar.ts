import { assign, emit, setup } from 'xstate';
import type { ValueRecord } from '../../model/kernel/value.ts';
import { type Delivered, type Effect, type HostName, othersOf, type RoleInput, some } from '../../model/role/effect.ts';
import type { Rule } from '../../model/role/rule.ts';
import { type Block, type Lie, lies } from './chain.ts';
import type { BlockchainDomain } from './domain.ts';
import type { EthMessage, Status, Transactions } from './messages.ts';
import type { Kept } from './peer/context.ts';
import { ancestorAt, findAt, importOver, keptFromGenesis } from './peer/kept-chain.ts';

/** How a block is made wrong: by one of the chain's lies, or with an ommer that is its own parent. */
export type Trick = Lie | 'ommer';
export const tricks: readonly Trick[] = [...lies, 'ommer'];

/** Announcements and transactions of one flood: more than small limits take. */
const floods = 8;

/** What the environment lets the liar do. */
export type LiarCommand =
  | { readonly type: 'lie'; readonly trick: Trick; readonly openly: boolean }
  | { readonly type: 'mine'; readonly honestly: boolean; readonly at: number }
  | { readonly type: 'deceive' }
  | { readonly type: 'announce' }
  | { readonly type: 'pose' }
  | { readonly type: 'flood' };

export type LiarContext = {
  /** The true chain, as far as it was heard of. */
  readonly kept: Kept;
  /** The wrong block that stands on it. */
  readonly forged: Block | null;
  /** Whom it has heard of. */
  readonly neighbours: readonly HostName[];
};

const rules = {
  boast: {
    rule: 'LIE-1',
    source: 'devp2p eth/68, Status (0x00)',
    says: 'Once it has forged a block, it claims a thousand times the total difficulty that it has.',
  },
  learn: { rule: 'LIE-2', source: 'devp2p eth/68, Block Propagation', says: 'Follows the chain, so that its lies stand on true blocks.' },
  lie: { rule: 'LIE-3', source: 'devp2p eth/68, Block Encoding and Validity', says: 'Sends a block that breaks one rule.' },
  mine: { rule: 'LIE-4', source: 'devp2p eth/68, NewBlock (0x07)', says: 'Makes true blocks too; what it says that they weigh may be a lie.' },
  announce: {
    rule: 'LIE-5',
    source: 'CVE-2012-2459',
    says: 'Announces a block that nobody else has: a true one of which it serves the header and a wrong body or none, or the wrong one.',
  },
  deceive: { rule: 'LIE-9', source: 'CVE-2012-2459', says: 'Makes a true block, and sends it to one neighbour with a body that is not its own.' },
  flood: {
    rule: 'LIE-6',
    source: 'CVE-2024-52916; CVE-2018-17145',
    says: 'Announces blocks that are none, and transactions whose turn never comes.',
  },
  pose: { rule: 'LIE-10', source: 'EIP-2124', says: 'Says that it belongs to another network.' },
  serve: {
    rule: 'LIE-7',
    source: 'devp2p eth/68, GetBlockHeaders (0x03)',
    says: 'Serves its chain with the wrong block on top; while it has none, true headers with wrong bodies.',
  },
  plot: {
    rule: 'LIE-8',
    source: 'devp2p eth/68, Block Encoding and Validity',
    says: 'Prepares a block that breaks one rule, and waits until it is asked.',
  },
} as const satisfies Record<string, Rule>;

type Heard = Extract<EthMessage, { readonly type: 'Status' | 'NewBlock' | 'GetBlockHeaders' | 'GetBlockBodies' | 'GetPooledTransactions' }>;
type Event = Delivered<Heard> | LiarCommand;

/** The label of the choice who gets the wrong body. */
const twins = 'twins';

/**
 * Some requests it denies to have anything for, bodies more seldom than headers, so that downloads get as far as executing what
 * it serves; otherwise it answers what it does not have with something else.
 */
const deniesHeaders = (id: number): boolean => id % 3 === 2;
const deniesBodies = (id: number): boolean => id % 4 === 1;

/** An adversary that breaks one rule at a time. Only the rules of the chain stand between it and the others. */
export const liarOver = (domain: BlockchainDomain) => {
  const newBlock = (kept: Kept, block: Block | null): EthMessage => {
    if (block === null) throw new Error('a lie is forged before it is sent');
    return { type: 'NewBlock', block: { header: block.header, body: block.body }, totalDifficulty: kept.head.totalDifficulty };
  };
  const boasted = (kept: Kept): bigint => kept.head.totalDifficulty * 1_000n;
  const statusOf = ({ kept, forged }: LiarContext): Status => ({
    type: 'Status',
    version: 68,
    networkId: domain.networkId,
    totalDifficulty: forged === null ? kept.head.totalDifficulty : boasted(kept),
    head: kept.head.hash,
    genesis: domain.genesis.hash,
    forkId: domain.forkId,
  });
  const builtOver = (kept: Kept, at: number, ommers: Block['body']['ommers'] = []): Block =>
    domain.build({ parent: kept.head, state: kept.state, timestamp: at, beneficiary: domain.addressOf('liar'), transactions: [], ommers });
  const forgedBy = (kept: Kept, trick: Trick): Block =>
    trick === 'ommer' ? builtOver(kept, 0, [kept.head.header]) : domain.forge(builtOver(kept, 0), trick);
  const after = (kept: Kept, block: Block): Kept => {
    const parent = findAt(kept, domain.parentHash(block.header), domain.number(block.header) - 1);
    return parent === null ? kept : importOver(domain, kept, parent, [block], null).kept;
  };
  const headersFrom = ({ kept, forged }: LiarContext, start: string | number, limit: number, reverse: boolean) => {
    const cells = Array.from({ length: kept.head.number + 1 }, (_, number) => ancestorAt(kept.head, number)).flatMap((cell) => cell ?? []);
    const chain = [
      ...cells.map(({ hash, header }) => ({ hash, header })),
      ...(forged === null ? [] : [{ hash: domain.hash(forged.header), header: forged.header }]),
    ];
    const found = chain.findIndex(({ hash }) => hash === start);
    const first = typeof start === 'number' ? start : found < 0 ? kept.head.number : found;
    const part = reverse ? chain.slice(Math.max(0, first + 1 - limit), first + 1).reverse() : chain.slice(first, first + limit);
    return part.map(({ header }) => header);
  };
  /** The wrong block is served on a true chain, so that others come to execute it; without one, the bodies are the lie. */
  const bodiesFor = ({ kept, forged }: LiarContext, hashes: readonly string[]) =>
    hashes.flatMap((hash) => {
      if (forged !== null && domain.hash(forged.header) === hash) return [forged.body];
      let cell: Kept['head'] | null = kept.head;
      while (cell !== null && cell.hash !== hash) cell = cell.parent;
      if (cell === null) return [];
      return [forged === null ? domain.forge({ header: cell.header, body: cell.body }, 'body').body : cell.body];
    });
  const spam: Transactions = {
    type: 'Transactions',
    transactions: Array.from({ length: floods }, (_, n) => ({
      from: domain.addressOf('alice'),
      to: domain.addressOf('liar'),
      amount: 0n,
      nonce: 100 + n,
    })),
  };
  const phantoms = (kept: Kept): EthMessage => ({
    type: 'NewBlockHashes',
    blocks: Array.from({ length: floods }, (_, n) => ({ hash: `phantom ${n}`, number: kept.head.number + 1 })),
  });

  return setup({
    types: {
      context: {} as LiarContext,
      events: {} as Event,
      emitted: {} as Effect<EthMessage>,
      input: {} as RoleInput,
      meta: {} as Rule,
      tags: {} as 'rest',
    },
    guards: {
      isOpen: ({ event }) => event.type === 'lie' && event.openly,
    },
    actions: {
      boast: emit(({ context }) => ({ type: 'reply', message: statusOf(context) })),
      learn: assign(({ context, event }) => (event.type === 'NewBlock' ? { kept: after(context.kept, event.block) } : {})),
      noteNeighbour: assign(({ context, event }) => {
        if (event.type !== 'Status') return {};
        return { neighbours: [...context.neighbours.filter((host) => host !== event.from), event.from].sort() };
      }),
      forge: assign(({ context, event }) => (event.type === 'lie' ? { forged: forgedBy(context.kept, event.trick) } : {})),
      /** A true block of its own, of which one neighbour will get a wrong body. */
      makeTwins: assign(({ context }) => {
        const block = builtOver(context.kept, 0);
        return { kept: after(context.kept, block), forged: domain.forge(block, 'body') };
      }),
      sendWrongTwin: emit(({ context }) => ({
        type: 'send',
        to: some(1, context.neighbours, twins),
        message: newBlock(context.kept, context.forged),
      })),
      sendTrueTwin: emit(({ context }) => ({ type: 'send', to: othersOf(twins), message: newBlock(context.kept, context.kept.head) })),
      sendForged: emit(({ context }) => {
        const block = context.forged;
        if (block === null) throw new Error('a lie is forged before it is sent');
        return {
          type: 'broadcast',
          message: { type: 'NewBlock', block, totalDifficulty: context.kept.head.totalDifficulty + domain.difficulty(block.header) },
        };
      }),
      makeBlock: assign(({ context, event }) =>
        event.type === 'mine' ? { kept: after(context.kept, builtOver(context.kept, event.at)), forged: null } : {},
      ),
      sendHead: emit(({ context, event }) => {
        const { header, body, totalDifficulty } = context.kept.head;
        const claimed = event.type === 'mine' && !event.honestly ? boasted(context.kept) : totalDifficulty;
        return { type: 'broadcast', message: { type: 'NewBlock', block: { header, body }, totalDifficulty: claimed } };
      }),
      makeSecret: assign(({ context: { kept, forged } }) => (forged === null ? { kept: after(kept, builtOver(kept, 0)) } : {})),
      announceHead: emit(({ context: { kept, forged } }) => {
        const { hash, number } = forged === null ? kept.head : { hash: domain.hash(forged.header), number: kept.head.number + 1 };
        return { type: 'broadcast', message: { type: 'NewBlockHashes', blocks: [{ hash, number }] } };
      }),
      sendPhantoms: emit(({ context }) => ({ type: 'broadcast', message: phantoms(context.kept) })),
      sendSpam: emit({ type: 'broadcast', message: spam }),
      offerPhantoms: emit({ type: 'broadcast', message: { type: 'NewPooledTransactionHashes', hashes: ['phantom'] } }),
      serveSpam: emit(({ event }) => {
        if (event.type !== 'GetPooledTransactions') throw new Error('transactions answer a request');
        return { type: 'reply', message: { type: 'PooledTransactions', id: event.id, transactions: spam.transactions } };
      }),
      pose: emit(({ context }) => ({ type: 'broadcast', message: { ...statusOf(context), networkId: domain.networkId + 1 } })),
      serveHeaders: emit(({ context, event }) => {
        if (event.type !== 'GetBlockHeaders') throw new Error('headers answer a request');
        const { id, start, limit, reverse } = event;
        return {
          type: 'reply',
          message: { type: 'BlockHeaders', id, headers: deniesHeaders(id) ? [] : headersFrom(context, start, limit, reverse) },
        };
      }),
      serveBodies: emit(({ context, event }) => {
        if (event.type !== 'GetBlockBodies') throw new Error('bodies answer a request');
        return {
          type: 'reply',
          message: { type: 'BlockBodies', id: event.id, bodies: deniesBodies(event.id) ? [] : bodiesFor(context, event.hashes) },
        };
      }),
    },
  }).createMachine({
    id: 'eth.liar',
    options: { maxIterations: 100 },
    context: () => ({ kept: keptFromGenesis(domain), forged: null, neighbours: [] }),
    initial: 'lying',
    states: {
      lying: {
        description: 'Follows the chain and lies about it.',
        tags: 'rest',
        on: {
          Status: { actions: ['noteNeighbour', 'boast'], meta: rules.boast },
          NewBlock: { actions: 'learn', meta: rules.learn },
          lie: [
            { guard: 'isOpen', actions: ['forge', 'sendForged'], meta: rules.lie },
            { actions: 'forge', meta: rules.plot },
          ],
          mine: { actions: ['makeBlock', 'sendHead'], meta: rules.mine },
          deceive: { actions: ['makeTwins', 'sendWrongTwin', 'sendTrueTwin'], meta: rules.deceive },
          announce: { actions: ['makeSecret', 'announceHead'], meta: rules.announce },
          pose: { actions: 'pose', meta: rules.pose },
          flood: { actions: ['sendPhantoms', 'offerPhantoms', 'sendSpam'], meta: rules.flood },
          GetBlockHeaders: { actions: 'serveHeaders', meta: rules.serve },
          GetBlockBodies: { actions: 'serveBodies', meta: rules.serve },
          GetPooledTransactions: { actions: 'serveSpam', meta: rules.serve },
        },
      },
    },
  });
};

/** The environment lets a liar act once somebody has greeted it. */
export const onceGreeted =
  (...values: readonly ValueRecord[]) =>
  ({ context }: { readonly context: LiarContext }): readonly ValueRecord[] =>
    context.neighbours.length === 0 ? [] : values;

/** Every trick, for the command. */
export const trickValues: readonly ValueRecord[] = tricks.flatMap((trick) => [
  { trick, openly: true },
  { trick, openly: false },
]);
