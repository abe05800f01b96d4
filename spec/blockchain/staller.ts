import { assign, emit, setup } from 'xstate';
import type { Delivered, Effect, RoleInput } from '../../model/role/effect.ts';
import type { Rule } from '../../model/role/rule.ts';
import type { BlockchainDomain } from './domain.ts';
import type { EthMessage, NewBlockHashes, Status } from './messages.ts';

const rules = {
  boast: { rule: 'STALL-1', source: 'Core Geth, eth/downloader/downloader.go, errStallingPeer', says: 'Claims the most total difficulty of all.' },
  parrot: {
    rule: 'STALL-2',
    source: 'Bitcoin Core, net_processing.cpp, inventory stalling',
    says: 'Announces whatever it hears of, at once, and has none of it.',
  },
  silent: { rule: 'STALL-3', source: 'Core Geth, eth/downloader/downloader.go, errTimeout', says: 'Answers no request.' },
} as const satisfies Record<string, Rule>;

type Heard = Extract<EthMessage, { readonly type: 'NewBlock' | 'NewBlockHashes' | 'NewPooledTransactionHashes' | 'Transactions' }>;
type Asked = Extract<EthMessage, { readonly type: 'GetBlockHeaders' | 'GetBlockBodies' | 'GetPooledTransactions' }>;

/** An adversary: it promises everything and serves nothing, so that others wait for it. */
export const stallerOver = (domain: BlockchainDomain) => {
  const boast: Status = {
    type: 'Status',
    version: 68,
    networkId: domain.networkId,
    totalDifficulty: domain.genesis.totalDifficulty * 1_000n,
    head: domain.genesis.hash,
    genesis: domain.genesis.hash,
    forkId: domain.forkId,
  };
  const announcing = (event: Delivered<Heard>): Effect<EthMessage> => {
    const except = [event.from];
    switch (event.type) {
      case 'NewBlock': {
        const { header } = event.block;
        return {
          type: 'broadcast',
          except,
          message: { type: 'NewBlockHashes', blocks: [{ hash: domain.hash(header), number: domain.number(header) }] },
        };
      }
      case 'NewBlockHashes':
        return { type: 'broadcast', except, message: { type: 'NewBlockHashes', blocks: event.blocks } satisfies NewBlockHashes };
      case 'Transactions':
        return { type: 'broadcast', except, message: { type: 'NewPooledTransactionHashes', hashes: event.transactions.map(domain.transactionHash) } };
      case 'NewPooledTransactionHashes':
        return { type: 'broadcast', except, message: { type: 'NewPooledTransactionHashes', hashes: event.hashes } };
    }
  };
  return setup({
    types: {
      context: {} as { readonly asked: number },
      events: {} as Delivered<Heard | Asked | Status>,
      emitted: {} as Effect<EthMessage>,
      input: {} as RoleInput,
      meta: {} as Rule,
      tags: {} as 'rest',
    },
    actions: {
      boast: emit({ type: 'reply', message: boast }),
      parrot: emit(({ event }) => announcing(event as Delivered<Heard>)),
      ignore: assign(({ context }) => ({ asked: Math.min(9, context.asked + 1) })),
    },
  }).createMachine({
    id: 'eth.staller',
    options: { maxIterations: 100 },
    context: { asked: 0 },
    initial: 'promising',
    states: {
      promising: {
        description: 'Promises everything; `asked` counts, up to nine, what it was asked in vain.',
        tags: 'rest',
        on: {
          Status: { actions: 'boast', meta: rules.boast },
          NewBlock: { actions: 'parrot', meta: rules.parrot },
          NewBlockHashes: { actions: 'parrot', meta: rules.parrot },
          Transactions: { actions: 'parrot', meta: rules.parrot },
          NewPooledTransactionHashes: { actions: 'parrot', meta: rules.parrot },
          GetBlockHeaders: { actions: 'ignore', meta: rules.silent },
          GetBlockBodies: { actions: 'ignore', meta: rules.silent },
          GetPooledTransactions: { actions: 'ignore', meta: rules.silent },
        },
      },
    },
  });
};
