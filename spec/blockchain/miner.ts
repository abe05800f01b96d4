import { assign, emit, setup } from 'xstate';
import type { Delivered, Effect, RoleInput } from '../../model/role/effect.ts';
import type { Rule } from '../../model/role/rule.ts';
import type { Address, Template } from './chain.ts';
import type { BlockchainDomain } from './domain.ts';
import type { Found, GetWork, Work } from './messages.ts';

/** The environment lets the miner find a proof of work, at this second; `persevere` is the same, and not withheld for ever. */
export type Find = { readonly type: 'find' | 'persevere'; readonly at: number };

export type MinerContext = { readonly beneficiary: Address; readonly work: Omit<Template, 'timestamp' | 'beneficiary'> | null };

/** A miner is known by the name that its params give it. */
const nameIn = (params: unknown): string => (params as { readonly beneficiary?: string } | null)?.beneficiary ?? 'miner';

const rules = {
  work: { rule: 'MINE-1', source: 'Nakamoto 2008, section 5, steps 2 and 6', says: 'Work is done on the head that the peer has accepted.' },
  found: { rule: 'MINE-2', source: 'Nakamoto 2008, section 5, steps 3-4', says: 'A block that is found goes to the peer on the same host.' },
} as const satisfies Record<string, Rule>;

/** Miner: makes blocks over what the peer on its host tells it, and tells it of them. Source: Nakamoto 2008, section 5. */
export const minerOver = (domain: BlockchainDomain) =>
  setup({
    types: {
      context: {} as MinerContext,
      events: {} as Delivered<Work> | Find,
      emitted: {} as Effect<GetWork | Found>,
      input: {} as RoleInput,
      meta: {} as Rule,
      tags: {} as 'rest',
    },
    actions: {
      askForWork: emit({ type: 'tell', role: 'peer', message: { type: 'GetWork' } }),
      takeWork: assign(({ event }) => {
        if (event.type !== 'Work') return {};
        const { parent, state, transactions, ommers } = event;
        return { work: { parent, state, transactions, ommers } };
      }),
      submit: emit(({ context, event }) => {
        if (event.type === 'Work' || context.work === null) throw new Error('a block is found only over work');
        const block = domain.build({ ...context.work, timestamp: event.at, beneficiary: context.beneficiary });
        return { type: 'tell', role: 'peer', message: { type: 'Found', block } };
      }),
    },
  }).createMachine({
    id: 'eth.miner',
    options: { maxIterations: 100 },
    context: ({ input }) => ({ beneficiary: domain.addressOf(nameIn(input.params)), work: null }),
    initial: 'idle',
    states: {
      idle: {
        description: 'Has asked the peer on its host what to build on.',
        tags: 'rest',
        entry: 'askForWork',
        on: { Work: { target: 'mining', actions: 'takeWork', meta: rules.work } },
      },
      mining: {
        description: 'Looks for a proof of work over the head that it was told.',
        tags: 'rest',
        on: {
          Work: { actions: 'takeWork', meta: rules.work },
          find: { actions: 'submit', meta: rules.found },
          persevere: { actions: 'submit', meta: rules.found },
        },
      },
    },
  });
