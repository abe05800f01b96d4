import type { Body, Hash, Header, State, Transaction } from '../chain.ts';
import { sortedAccounts } from '../rules/ledger.ts';
import { wordFor } from './words.ts';

/** What an abstract header says. The commitments are the texts themselves, so a trace can be read without the blocks. */
export type AbstractHeader = {
  readonly parent: Hash;
  readonly number: number;
  /** Its difficulty: a weight is data, compared with the rule's. */
  readonly weight: bigint;
  readonly timestamp: number;
  readonly beneficiary: string;
  /** The accounts after the block, such as `alice=4/1 bob=6/0`. */
  readonly state: string;
  /** The transactions and ommers, such as `alice>bob:2#0 +b1-lusab-babad`. */
  readonly content: string;
  /** Whether the proof of work is one. */
  readonly sealed: boolean;
};

/** What stands in for a header that cannot be read. */
export const unreadable: AbstractHeader = {
  parent: '',
  number: 0,
  weight: 0n,
  timestamp: 0,
  beneficiary: '',
  state: '',
  content: '',
  sealed: false,
};

const isAbstract = (header: Header): header is AbstractHeader => !(header instanceof Uint8Array) && typeof header['weight'] === 'bigint';

export const readAbstract = (header: Header): AbstractHeader => (isAbstract(header) ? header : unreadable);

export const transactionText = ({ from, to, amount, nonce }: Transaction): string => `${from}>${to}:${amount}#${nonce}`;

export const stateText = (state: State): string =>
  sortedAccounts(state)
    .map(([address, { balance, nonce }]) => `${address}=${balance}/${nonce}`)
    .join(' ');

export const contentText = (body: Body, hash: (header: Header) => Hash): string =>
  [...body.transactions.map(transactionText), ...body.ommers.map((ommer) => `+${hash(ommer)}`)].join(' ');

const headerText = (header: AbstractHeader): string =>
  [header.parent, header.number, header.weight, header.timestamp, header.beneficiary, header.state, header.content, header.sealed].join('|');

/** A word made of what the header says, such as `b2-lusab-babad`. */
export const abstractHash = (header: AbstractHeader): Hash => `b${header.number}-${wordFor(headerText(header))}`;
