import { defineProtocol } from '../../model/protocol/define.ts';
import { command, role } from '../../model/role/role.ts';
import { whenIdle } from '../request-response/commands.ts';
import type { RequestResponseDomain } from '../request-response/domain.ts';
import { replyCache } from '../request-response/ledger.ts';
import { requestResponseMessages } from '../request-response/messages.ts';
import { serverOver } from '../request-response/server.ts';
import { database } from './database.ts';
import { scenarios } from './scenarios.ts';
import { userOver } from './user.ts';

const patience = { answerMs: 1_000, retries: 2 };

/** The accounts of the bank, and what is in them at first. */
export const accounts = { alice: 2, bob: 1 };

const plain: RequestResponseDomain = { service: database(), ledger: replyCache(16), patience };

export const rolesOver = (domain: RequestResponseDomain) => {
  const [user, server] = [userOver(domain.patience), serverOver(domain)];
  return {
    user: role(user, {
      doc: 'A user of a database: single operations, and transactions that read, decide and commit.',
      talksTo: ['server'],
      commands: {
        get: command<typeof user>({ doc: 'Reads a key.', values: whenIdle({ key: 'x' }) }),
        put: command<typeof user>({
          doc: 'Writes its name under a key.',
          values: ({ context, value }) => (value === 'idle' ? [{ key: 'x', value: context.local.name }] : []),
        }),
        cas: command<typeof user>({
          doc: 'Writes a key if it holds what is expected.',
          values: whenIdle({ key: 'x', value: ['cleo', 'cora'] }, { key: 'x', value: ['cora', 'cleo'] }),
        }),
        transfer: command<typeof user>({
          doc: 'Moves money.',
          values: whenIdle({ from: 'alice', to: 'bob', amount: 2 }, { from: 'bob', to: 'alice', amount: 1 }),
        }),
        book: command<typeof user>({ doc: 'Books a seat, if it is free.', values: whenIdle({ seat: '12A' }) }),
      },
    }),
    server: role(server, { doc: 'Keeps the store.', talksTo: ['user'] }),
  };
};

export type DatabaseRoles = ReturnType<typeof rolesOver>;

/** A database and its users. */
export const databaseProtocol = defineProtocol({
  id: 'database',
  doc: 'A key-value store with compare-and-set and transactions, which users on other hosts share.',
  source: 'Herlihy and Wing 1990; Kung and Robinson 1981',
  messages: requestResponseMessages,
  domains: {
    plain,
    bank: { ...plain, service: database(accounts) },
    smallCache: { ...plain, ledger: replyCache(1) },
  },
  roles: rolesOver,
  scenarios,
});
