import type { Address, Block, Body, Cell, Chain, Fault, Hash, Header, Lie, State, Template } from '../chain.ts';
import { allocate, allocationFrom, type Allocation } from '../rules/allocation.ts';
import type { DifficultyRule } from '../rules/difficulty.ts';
import { issuanceBy } from '../rules/issuance.ts';
import { account, applicable, execute, transactionFault, unwind } from '../rules/ledger.ts';
import { ommersFault } from '../rules/ommers.ts';
import type { RewardSchedule } from '../rules/rewards.ts';
import { type AbstractHeader, abstractHash, contentText, readAbstract, stateText, transactionText } from './abstract-header.ts';

/** What distinguishes one abstract chain from another; what is not given is small. */
export type AbstractParams = {
  readonly allocation?: Allocation;
  readonly rewards?: RewardSchedule;
  readonly difficulty?: DifficultyRule;
  readonly genesisDifficulty?: bigint;
};

const itself = (name: string): Address => name;

/** Frontier's rule in small: up by one if the block came within 13 seconds, down by one otherwise, never below one. */
export const smallDifficulty: DifficultyRule = ({ parentDifficulty, seconds }) => {
  if (seconds < 13n) return parentDifficulty + 1n;
  return parentDifficulty > 1n ? parentDifficulty - 1n : 1n;
};

/** 32, so that the shares of ommers are whole numbers; halves of eras do not matter in a small search. */
export const smallRewards: RewardSchedule = { base: 32n, eraBlocks: 5_000_000 };

/** An instance whose headers are small records: for searches that visit everything. */
export const abstractChain = (params: AbstractParams = {}, mutate?: (chain: Chain) => Partial<Chain>): Chain => {
  const rewards = params.rewards ?? smallRewards;
  const difficulty = params.difficulty ?? smallDifficulty;
  const allocation = params.allocation ?? allocate(itself, { alice: 10n, bob: 10n });

  const first: AbstractHeader = {
    parent: 'none',
    number: 0,
    weight: params.genesisDifficulty ?? 2n,
    timestamp: 0,
    beneficiary: 'nobody',
    state: stateText(allocation),
    content: '',
    sealed: true,
  };
  // Records are never changed, so the word of one is worked out once.
  const words = new WeakMap<AbstractHeader, Hash>();
  const hash = (header: Header): Hash => {
    const record = readAbstract(header);
    const known = words.get(record);
    if (known !== undefined) return known;
    const word = abstractHash(record);
    words.set(record, word);
    return word;
  };
  const genesis: Cell = {
    hash: hash(first),
    number: 0,
    header: first,
    body: { transactions: [], ommers: [] },
    totalDifficulty: first.weight,
    parent: null,
  };

  const weightOver = (parent: AbstractHeader, timestamp: number): bigint =>
    difficulty({
      number: BigInt(parent.number + 1),
      seconds: BigInt(timestamp - parent.timestamp),
      parentDifficulty: parent.weight,
      parentHasOmmers: parent.content.includes('+'),
    });

  const headerFault = (header: Header, parentHeader: Header): Fault | null => {
    const [record, parent] = [readAbstract(header), readAbstract(parentHeader)];
    if (record.parent === '') return 'encoding';
    if (record.parent !== chain.hash(parentHeader)) return 'parentHash';
    if (record.number !== parent.number + 1) return 'number';
    if (record.timestamp <= parent.timestamp) return 'timestamp';
    return record.weight === weightOver(parent, record.timestamp) ? null : 'difficulty';
  };

  const build = (template: Template): Block => {
    const parent = readAbstract(template.parent.header);
    const timestamp = Math.max(template.timestamp, parent.timestamp + 1);
    const body: Body = { transactions: applicable(chain, template.state, template.transactions), ommers: template.ommers };
    const draft: AbstractHeader = {
      parent: template.parent.hash,
      number: parent.number + 1,
      weight: weightOver(parent, timestamp),
      timestamp,
      beneficiary: template.beneficiary,
      state: '',
      content: contentText(body, chain.hash),
      sealed: true,
    };
    const done = chain.execute(template.state, draft, body);
    return { header: 'fault' in done ? draft : { ...draft, state: stateText(done.state) }, body };
  };

  const forge = ({ header, body }: Block, lie: Lie): Block => {
    const record = readAbstract(header);
    const lies: { readonly [name in Lie]: () => Block } = {
      seal: () => ({ header: { ...record, sealed: false }, body }),
      number: () => ({ header: { ...record, number: record.number + 1 }, body }),
      parentHash: () => ({ header: { ...record, parent: 'b0-nobody' }, body }),
      timestamp: () => ({ header: { ...record, timestamp: 0 }, body }),
      difficulty: () => ({ header: { ...record, weight: 2n * record.weight }, body }),
      state: () => ({ header: { ...record, state: `${record.state} liar=1/0` }, body }),
      body: () => ({ header, body: { ...body, transactions: [...body.transactions, { from: 'liar', to: 'liar', amount: 0n, nonce: 0 }] } }),
    };
    return lies[lie]();
  };

  const chain: Chain = {
    genesis,
    addressOf: itself,
    allocation: allocationFrom(allocation),
    hash,
    parentHash: (header) => readAbstract(header).parent,
    number: (header) => readAbstract(header).number,
    difficulty: (header) => readAbstract(header).weight,
    timestamp: (header) => readAbstract(header).timestamp,
    beneficiary: (header) => readAbstract(header).beneficiary,
    sealFault: (header) => (readAbstract(header).sealed ? null : 'seal'),
    headerFault,
    bodyMatches: (header, body) => readAbstract(header).content === contentText(body, chain.hash),
    ommersFault: (_header, body, parent) => ommersFault(chain, body, parent),
    execute: (state, header, body) => execute(chain, rewards, state, header, body),
    unwind,
    stateMatches: (header: Header, state: State) => readAbstract(header).state === stateText(state),
    account: (state, address) => account(chain.allocation, state, address),
    transactionHash: transactionText,
    transactionFault: (state, transaction) => transactionFault(chain, state, transaction),
    build,
    forge,
    issued: (cell) => issued(cell),
  };
  Object.assign(chain, mutate?.(chain));
  const issued = issuanceBy(chain, rewards);
  return chain;
};
