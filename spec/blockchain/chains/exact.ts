import { keccak_256 } from '@noble/hashes/sha3.js';
import type { Address, Block, Body, Cell, Chain, Fault, Hash, Header, Lie, State, Template, Transaction } from '../chain.ts';
import { allocate, allocationFrom, type Allocation } from '../rules/allocation.ts';
import { classicDifficulty, difficultyBy, minimumDifficulty, type DifficultySchedule } from '../rules/difficulty.ts';
import { issuanceBy } from '../rules/issuance.ts';
import { account, applicable, execute, transactionFault, unwind } from '../rules/ledger.ts';
import { ommersFault } from '../rules/ommers.ts';
import { classicRewards, type RewardSchedule } from '../rules/rewards.ts';
import { bytesOf, hexOf, sameBytes } from './bytes.ts';
import { emptyListHash, emptyTrieRoot, ommersHash, stateCommitment, transactionDigest, transactionsCommitment } from './commitments.ts';
import { decodeHeader, encodeHeader, type HeaderFields } from './exact-header.ts';
import { addressBytes, commitsTo, difficultyOver, ruleFault, sealed, sealFault, type SealMode, transferGas } from './exact-rules.ts';

/** What distinguishes one exact chain from another; what is not given is Classic's. */
export type ExactParams = {
  readonly difficulty?: DifficultySchedule;
  readonly rewards?: RewardSchedule;
  readonly seal?: SealMode;
  readonly allocation?: Allocation;
  /** The header of block 0; one over the allocation is made where none is given. */
  readonly genesis?: Uint8Array;
  /** Whether a state is what a header commits to, for headers of the world; null leaves it to the model's commitment. */
  readonly stateMatches?: (header: Uint8Array, hash: Hash, state: State) => boolean | null;
};

export const exactAddress = (name: string): Address => hexOf(addressBytes(name));

const ether = 1_000_000_000_000_000_000n;

/** What a simulated chain begins with. */
const firstFields = (stateRoot: Uint8Array): HeaderFields =>
  sealed({
    parentHash: new Uint8Array(32),
    ommersHash: emptyListHash,
    beneficiary: new Uint8Array(20),
    stateRoot,
    transactionsRoot: emptyTrieRoot,
    receiptsRoot: emptyTrieRoot,
    logsBloom: new Uint8Array(256),
    difficulty: minimumDifficulty,
    number: 0,
    gasLimit: 3_141_592,
    gasUsed: 0,
    timestamp: 0,
    extraData: new Uint8Array(),
    mixHash: new Uint8Array(32),
    nonce: new Uint8Array(8),
  });

/** What stands in for a header that cannot be read: it is valid nowhere, and says nothing. */
const unreadable: HeaderFields = { ...firstFields(new Uint8Array(32)), difficulty: 0n };

/** A function of bytes, remembered for each array of bytes as long as that lives. Sound because nobody writes into a header. */
const remembered = <Result extends object | string>(of: (bytes: Uint8Array) => Result): ((bytes: Uint8Array) => Result) => {
  const known = new WeakMap<Uint8Array, Result>();
  return (bytes) => {
    const old = known.get(bytes);
    if (old !== undefined) return old;
    const result = of(bytes);
    known.set(bytes, result);
    return result;
  };
};

const decoded = remembered((bytes) => decodeHeader(bytes) ?? unreadable);
const digest = remembered(keccak_256);
const digestHex = remembered((bytes) => hexOf(digest(bytes)));
const beneficiaryHex = remembered((bytes) => hexOf(decoded(bytes).beneficiary));
const parentHex = remembered((bytes) => hexOf(decoded(bytes).parentHash));
const none = new Uint8Array();
const bytesIn = (header: Header): Uint8Array => (header instanceof Uint8Array ? header : none);
const read = (header: Header): HeaderFields => decoded(bytesIn(header));

/** An instance with real headers: RLP, Keccak, Frontier and later difficulties, gas, ommers, rewards. */
export const exactChain = (params: ExactParams = {}, mutate?: (chain: Chain) => Partial<Chain>): Chain => {
  const rewards = params.rewards ?? classicRewards;
  const difficulty = difficultyBy(params.difficulty ?? classicDifficulty);
  const seal = params.seal ?? 'model';
  const allocation = params.allocation ?? allocate(exactAddress, { alice: 100n * ether, bob: 100n * ether });
  // A real allocation has thousands of accounts, and most uses of a real chain never ask for its commitment.
  let allocated: Uint8Array | null = null;
  const commitmentTo = (state: State): Uint8Array => stateCommitment((allocated ??= stateCommitment(none, allocation)), state);
  const first = params.genesis ?? encodeHeader(firstFields(commitmentTo(new Map())));
  const genesis: Cell = {
    hash: digestHex(first),
    number: 0,
    header: first,
    body: { transactions: [], ommers: [] },
    totalDifficulty: decoded(first).difficulty,
    parent: null,
  };

  const headerFault = (header: Header, parent: Header): Fault | null => {
    const fields = read(header);
    return fields === unreadable ? 'encoding' : ruleFault(difficulty, fields, read(parent), digest(bytesIn(parent)));
  };

  const stateMatches = (header: Header, state: State): boolean =>
    params.stateMatches?.(bytesIn(header), chain.hash(header), state) ?? sameBytes(read(header).stateRoot, commitmentTo(state));

  const build = (template: Template): Block => {
    const parent = read(template.parent.header);
    const timestamp = Math.max(template.timestamp, parent.timestamp + 1);
    const room = Math.floor(parent.gasLimit / transferGas);
    const body: Body = { transactions: applicable(chain, template.state, template.transactions).slice(0, room), ommers: template.ommers };
    const draft: HeaderFields = {
      ...firstFields(parent.stateRoot),
      parentHash: digest(bytesIn(template.parent.header)),
      ommersHash: ommersHash(body.ommers) ?? emptyListHash,
      beneficiary: bytesOf(template.beneficiary),
      transactionsRoot: transactionsCommitment(body.transactions),
      difficulty: difficultyOver(difficulty, parent, timestamp),
      number: parent.number + 1,
      gasLimit: parent.gasLimit,
      gasUsed: transferGas * body.transactions.length,
      timestamp,
    };
    const done = chain.execute(template.state, encodeHeader(draft), body);
    return { header: encodeHeader(sealed('fault' in done ? draft : { ...draft, stateRoot: commitmentTo(done.state) })), body };
  };

  const forge = ({ header, body }: Block, lie: Lie): Block => {
    const fields = read(header);
    const resealed = (wrong: Partial<HeaderFields>): Block => ({ header: encodeHeader(sealed({ ...fields, ...wrong })), body });
    const liar = exactAddress('liar');
    const forgeries: { readonly [name in Lie]: () => Block } = {
      seal: () => ({ header: encodeHeader({ ...fields, mixHash: new Uint8Array(32) }), body }),
      number: () => resealed({ number: fields.number + 1 }),
      parentHash: () => resealed({ parentHash: new Uint8Array(32) }),
      timestamp: () => resealed({ timestamp: 0 }),
      difficulty: () => resealed({ difficulty: 2n * fields.difficulty }),
      state: () => resealed({ stateRoot: keccak_256(fields.stateRoot) }),
      body: () => ({ header, body: { ...body, transactions: [...body.transactions, { from: liar, to: liar, amount: 0n, nonce: 0 }] } }),
    };
    return forgeries[lie]();
  };

  const transactionHashes = new WeakMap<Transaction, Hash>();
  const transactionHash = (transaction: Transaction): Hash => {
    const hash = transactionHashes.get(transaction) ?? hexOf(transactionDigest(transaction));
    transactionHashes.set(transaction, hash);
    return hash;
  };

  const chain: Chain = {
    genesis,
    addressOf: exactAddress,
    allocation: allocationFrom(allocation),
    hash: (header) => digestHex(bytesIn(header)),
    parentHash: (header) => parentHex(bytesIn(header)),
    number: (header) => read(header).number,
    difficulty: (header) => read(header).difficulty,
    timestamp: (header) => read(header).timestamp,
    beneficiary: (header) => beneficiaryHex(bytesIn(header)),
    sealFault: (header) => sealFault(seal, read(header)),
    headerFault,
    bodyMatches: (header, body) => commitsTo(read(header), body),
    ommersFault: (_header, body, parent) => ommersFault(chain, body, parent),
    execute: (state, header, body) => execute(chain, rewards, state, header, body),
    unwind,
    stateMatches,
    account: (state, address) => account(chain.allocation, state, address),
    transactionHash,
    transactionFault: (state, transaction) => transactionFault(chain, state, transaction),
    build,
    forge,
    issued: (cell) => issued(cell),
  };
  Object.assign(chain, mutate?.(chain));
  const issued = issuanceBy(chain, rewards);
  return chain;
};
