import type { ValueRecord } from '../../model/kernel/value.ts';
import type { LocalView } from '../../model/role/role.ts';
import { clientOver } from '../request-response/client.ts';
import type { Patience } from '../request-response/domain.ts';
import type { Address, Hash, Transaction } from './chain.ts';
import type { BlockchainDomain } from './domain.ts';

/** What a wallet remembers: its account, the nonce of its next transaction, the last one that a peer took, and the one it is unsure of. */
export type WalletMemory = { readonly account: Address; readonly nonce: number; readonly last: Hash; readonly unsure: Transaction | null };

/** No transaction was sent yet. */
const nothingSent: Hash = '';

const patience: Patience = { answerMs: 1_000, retries: 1 };

const accountIn = (params: unknown): string => (params as { readonly account?: string } | null)?.account ?? 'alice';

/** Wallet: a client of the server side of peers. It submits transactions, and asks for balance, receipt and head. */
export const walletOver = (domain: BlockchainDomain) =>
  clientOver<WalletMemory>({
    id: 'eth.wallet',
    patience,
    start: (params) => ({ account: domain.addressOf(accountIn(params)), nonce: 0, last: nothingSent, unsure: null }),
    commands: {
      send: (wallet, { to, amount }) => {
        // Whatever became of the last one, nothing is mined before it: it is sent again, and taken once.
        const transaction: Transaction = wallet.unsure ?? { from: wallet.account, to: to as Address, amount: amount as bigint, nonce: wallet.nonce };
        return { call: { type: 'sendTransaction', transaction }, local: { ...wallet, nonce: transaction.nonce + 1, unsure: transaction } };
      },
      ask: (wallet, { question }) => ({ call: questions[question as Question](wallet), local: wallet }),
    },
    learn: (wallet, call, result) => {
      if (call.type !== 'sendTransaction') return wallet;
      // What a peer refused for certain never was: its nonce is free again.
      if (!result.ok) return { ...wallet, nonce: (call['transaction'] as Transaction).nonce, unsure: null };
      return { ...wallet, last: result.value as Hash, unsure: null };
    },
  });

const questions = {
  balance: (wallet: WalletMemory) => ({ type: 'getBalance', address: wallet.account }),
  head: () => ({ type: 'getHead' }),
  receipt: (wallet: WalletMemory) => ({ type: 'getTransactionReceipt', hash: wallet.last }),
};
type Question = keyof typeof questions;

type WalletView = LocalView<ReturnType<typeof walletOver>>;

/** Transactions that a wallet may send now: to either of two accounts, so that orders differ. */
export const transfers =
  (domain: BlockchainDomain) =>
  ({ context, value }: WalletView): readonly ValueRecord[] =>
    value !== 'idle'
      ? []
      : ['alice', 'bob'].map((name) => ({ to: domain.addressOf(name), amount: 1n })).filter(({ to }) => to !== context.local.account);

/** What a wallet may ask now; for a receipt only after a peer has taken a transaction. */
export const questionsNow = ({ context, value }: WalletView): readonly ValueRecord[] =>
  value !== 'idle'
    ? []
    : Object.keys(questions).flatMap((question) => (question === 'receipt' && context.local.last === nothingSent ? [] : [{ question }]));
