import type { ValueRecord } from '../../model/kernel/value.ts';

/**
 * The algebra that the roles are written over. One text of the roles serves every instance: `abstract` (small records,
 * explored exhaustively) and `exact` (RLP and Keccak, Frontier and Homestead rules). Hashes and addresses are lower-case
 * hex strings with 0x in the exact instance, short words in the abstract one.
 */

/** The hash of a block's header, or of a transaction. */
export type Hash = string;
export type Address = string;

/** A header: its RLP in the exact instance, a record in the abstract one. Only the algebra looks inside. */
export type Header = Uint8Array | ValueRecord;

/** A transfer of value. Signatures are left to the real instance: `from` stands for the recovered sender. */
export type Transaction = {
  readonly from: Address;
  readonly to: Address;
  readonly amount: bigint;
  readonly nonce: number;
};

/** What a header commits to beside the state. */
export type Body = {
  readonly transactions: readonly Transaction[];
  readonly ommers: readonly Header[];
};

/** What is passed on, kept and downloaded. */
export type Block = { readonly header: Header; readonly body: Body };

export type Account = { readonly balance: bigint; readonly nonce: number };

/** The accounts that differ from the genesis allocation. */
export type State = ReadonlyMap<Address, Account>;

/** What an execution changed: each touched address with what `State` held for it before, null where it held nothing. */
export type Undo = ReadonlyMap<Address, Account | null>;

/** The state after a block with the way back, or why the block cannot be executed. */
export type Execution = { readonly state: State; readonly undo: Undo } | { readonly fault: Fault };

/** A block of a kept chain; an immutable cell, linked to its parent. */
export type Cell = {
  readonly hash: Hash;
  readonly number: number;
  readonly header: Header;
  readonly body: Body;
  /** Of the chain up to and including this block. */
  readonly totalDifficulty: bigint;
  readonly parent: Cell | null;
};

/** Why something is refused: the rule that it breaks, such as `difficulty` or `parentHash`. */
export type Fault = string;

/** What a miner puts into a block. */
export type Template = {
  readonly parent: Cell;
  /** The state after the parent. */
  readonly state: State;
  /** Seconds. */
  readonly timestamp: number;
  readonly beneficiary: Address;
  readonly transactions: readonly Transaction[];
  readonly ommers: readonly Header[];
};

/**
 * How a block can be made wrong, one rule at a time: what a lying peer sends. All but `seal` are sealed anew, so that only
 * the rule that is named stands between the lie and the chain. `body` leaves the header, and so the hash, as it was.
 */
export const lies = ['seal', 'number', 'parentHash', 'timestamp', 'difficulty', 'state', 'body'] as const;
export type Lie = (typeof lies)[number];

/**
 * Every function is total: a header that nothing can be read from has the number 0, no difficulty and the fault `encoding`.
 * A mutant replaces functions, `{ ...chain, ommersFault: () => null }`; the other functions keep calling the honest ones. A
 * mutant that must reach inside is planted when the instance is made.
 */
export interface Chain {
  readonly genesis: Cell;
  /** The address of a name, so that one scenario serves every instance. */
  readonly addressOf: (name: string) => Address;
  /** What an address holds at genesis. */
  readonly allocation: (address: Address) => Account;

  readonly hash: (header: Header) => Hash;
  readonly parentHash: (header: Header) => Hash;
  readonly number: (header: Header) => number;
  readonly difficulty: (header: Header) => bigint;
  readonly timestamp: (header: Header) => number;
  readonly beneficiary: (header: Header) => Address;

  /** Whether the proof of work is one. */
  readonly sealFault: (header: Header) => Fault | null;
  /** Every other rule of a header against its parent: number, parent hash, timestamp, difficulty, gas limit, extra data. */
  readonly headerFault: (header: Header, parent: Header) => Fault | null;
  /** Whether the header commits to this body: transactions root and ommers hash. */
  readonly bodyMatches: (header: Header, body: Body) => boolean;
  /** The ommer rules: two at most, each once, not an ancestor, parent at depth 7 at most, each a valid header. */
  readonly ommersFault: (header: Header, body: Body, parent: Cell) => Fault | null;

  /** Transactions in order, then rewards; the result is what the header's state commitment is compared with. */
  readonly execute: (state: State, header: Header, body: Body) => Execution;
  /** Takes an execution back. */
  readonly unwind: (state: State, undo: Undo) => State;
  /** Whether the header commits to this state after the block. */
  readonly stateMatches: (header: Header, state: State) => boolean;
  /** What `Account` an address has: of the state, else of the allocation. */
  readonly account: (state: State, address: Address) => Account;

  readonly transactionHash: (transaction: Transaction) => Hash;
  /** Why a transaction cannot be applied to this state: nonce or balance. A nonce that is too high is `nonce gap`. */
  readonly transactionFault: (state: State, transaction: Transaction) => Fault | null;

  /**
   * A sealed block over the template; transactions that cannot be applied are left out. Ommers are taken as they are given:
   * to choose them is the miner's part. A timestamp that is not later than the parent's becomes the next second.
   */
  readonly build: (template: Template) => Block;
  /** The block with one lie told. */
  readonly forge: (block: Block, lie: Lie) => Block;
  /** What the chain has issued by rule up to this cell, allocation not counted: the emission schedule. */
  readonly issued: (cell: Cell) => bigint;
}
