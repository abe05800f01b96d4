import { defineProperty } from '../../model/property/property.ts';
import { nothing } from '../../model/protocol/protocol.ts';
import { database } from '../../spec/database/database.ts';
import { accounts, databaseProtocol } from '../../spec/database/protocol.ts';
import type { Result } from '../../spec/request-response/messages.ts';
import { type MonitorHere, showServer, showUser, storesOf } from './sight.ts';

const total = Object.values(accounts).reduce((sum, balance) => sum + balance, 0);
const balancesIn = (store: ReturnType<typeof storesOf>[number]): readonly number[] =>
  Object.keys(accounts).map((account) => store[account]?.value as number);

/** Commits that users know of, by kind of what they wrote. */
const sold: MonitorHere = {
  initial: { asked: {}, sold: [] },
  next: (state, { host, effect }) => {
    const { asked, sold } = state as { readonly asked: Readonly<Record<string, string>>; readonly sold: readonly string[] };
    if (effect.type === 'invoke' && effect.operation === 'commit') {
      const seats = Object.keys((effect.input as { readonly writes: object }).writes).filter((key) => !Object.hasOwn(accounts, key));
      return { asked: { ...asked, [host]: seats[0] ?? '' }, sold };
    }
    if (effect.type !== 'return' || effect.operation !== 'commit' || !effect.outcome.definite) return state;
    const result = effect.outcome.value as Result;
    return result.ok && result.value === true && (asked[host] ?? '') !== '' ? { asked, sold: [...sold, asked[host] as string].sort() } : state;
  },
  holds: (state) => {
    const { sold } = state as { readonly sold: readonly string[] };
    return new Set(sold).size === sold.length;
  },
};

export const bank = defineProperty(databaseProtocol, {
  id: 'BANK',
  claim: 'Balances are conserved and never negative, and a seat is sold once, whatever is lost, sent again or crashes.',
  source: 'common sentence BANK: banks and airlines run like this; Kung and Robinson 1981',
  holdsUnder: ['bank', 'everyTransfer'],
  monitors: { sold },
  always: {
    conserved: (world) => storesOf(world).every((store) => balancesIn(store).reduce((sum, balance) => sum + balance, 0) === total),
    neverNegative: (world) => storesOf(world).every((store) => balancesIn(store).every((balance) => balance >= 0)),
  },
  sometimes: {
    moneyMoves: (world) => storesOf(world).some((store) => store['alice']?.value !== accounts.alice),
    aCommitComesTooLate: (world) =>
      world.inFlight().some(({ message }) => (message as { readonly result?: { readonly value?: unknown } }).result?.value === false),
  },
  shows: { server: showServer, user: showUser },
  mutants: {
    commitsStale: {
      doc: 'A commit does not look whether what was read is still so.',
      after: 'Lost update: two tellers read the same balance, and each writes it back less its own withdrawal.',
      domain: { service: database(accounts, { isCurrent: () => true }) },
    },
    writesHalf: {
      doc: 'Of a transaction that writes two keys, one write is made.',
      after: 'A torn transaction: the debit is written, and the credit is not.',
      domain: { service: database(accounts, { written: (writes) => Object.fromEntries(Object.entries(writes).slice(0, 1)) }) },
    },
    sellsFromMemory: {
      doc: 'The server answers before it has stored what it did.',
      after: 'A seat that is confirmed, forgotten in a crash, and sold again.',
      roles: { server: { actions: { store: nothing } } },
    },
  },
});
