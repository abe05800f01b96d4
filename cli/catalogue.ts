import type { Equivalents } from '../model/explore/kills/equivalents.ts';
import type { Property } from '../model/property/property.ts';
import type { Protocol } from '../model/protocol/protocol.ts';

/** A protocol with the claims that are made about it. */
export interface Entry {
  readonly protocol: Protocol;
  readonly properties: readonly Property[];
  /** Generated mutants that nobody can tell from what they were made of. */
  readonly equivalents?: Equivalents;
}

/** What can be run: loaded when it is needed, so that a command pays only for what it looks at. */
export interface CatalogueEntry {
  readonly id: string;
  readonly load: () => Promise<Entry>;
}

/** A protocol of any roles, with its claims. */
export const entryOf = (protocol: unknown, properties: readonly Property[], equivalents: Equivalents = {}): Entry => ({
  protocol: protocol as Protocol,
  properties,
  equivalents,
});

/** A new protocol is one folder under spec/, its twin under properties/, and one line here. */
export const catalogue: readonly CatalogueEntry[] = [
  {
    id: 'host',
    load: async () => entryOf((await import('../spec/host/protocol.ts')).host, (await import('../properties/host/all.ts')).hostProperties),
  },
  {
    id: 'request-response',
    load: async () =>
      entryOf(
        (await import('../spec/request-response/protocol.ts')).requestResponse,
        (await import('../properties/request-response/all.ts')).requestResponseProperties,
        (await import('../properties/request-response/equivalents.ts')).requestResponseEquivalents,
      ),
  },
  {
    id: 'database',
    load: async () =>
      entryOf(
        (await import('../spec/database/protocol.ts')).databaseProtocol,
        (await import('../properties/database/all.ts')).databaseProperties,
        (await import('../properties/database/equivalents.ts')).databaseEquivalents,
      ),
  },
  {
    id: 'file',
    load: async () =>
      entryOf(
        (await import('../spec/file/protocol.ts')).fileProtocol,
        (await import('../properties/file/all.ts')).fileProperties,
        (await import('../properties/file/equivalents.ts')).fileEquivalents,
      ),
  },
  {
    id: 'web',
    load: async () =>
      entryOf(
        (await import('../spec/web/protocol.ts')).web,
        (await import('../properties/web/all.ts')).webProperties,
        (await import('../properties/web/equivalents.ts')).webEquivalents,
      ),
  },
  {
    id: 'mail',
    load: async () =>
      entryOf(
        (await import('../spec/mail/protocol.ts')).mailProtocol,
        (await import('../properties/mail/all.ts')).mailProperties,
        (await import('../properties/mail/equivalents.ts')).mailEquivalents,
      ),
  },
  {
    id: 'push',
    load: async () =>
      entryOf(
        (await import('../spec/push/protocol.ts')).pushProtocol,
        (await import('../properties/push/all.ts')).pushProperties,
        (await import('../properties/push/equivalents.ts')).pushEquivalents,
      ),
  },
  {
    id: 'print',
    load: async () =>
      entryOf(
        (await import('../spec/print/protocol.ts')).print,
        (await import('../properties/print/all.ts')).printProperties,
        (await import('../properties/print/equivalents.ts')).printEquivalents,
      ),
  },
  {
    id: 'chat',
    load: async () =>
      entryOf(
        (await import('../spec/chat/protocol.ts')).chat,
        (await import('../properties/chat/all.ts')).chatProperties,
        (await import('../properties/chat/equivalents.ts')).chatEquivalents,
      ),
  },
  {
    id: 'stream',
    load: async () =>
      entryOf(
        (await import('../spec/stream/protocol.ts')).stream,
        (await import('../properties/stream/all.ts')).streamProperties,
        (await import('../properties/stream/equivalents.ts')).streamEquivalents,
      ),
  },
  {
    id: 'application',
    load: async () =>
      entryOf(
        (await import('../spec/application/protocol.ts')).application,
        (await import('../properties/application/all.ts')).applicationProperties,
        (await import('../properties/application/equivalents.ts')).applicationEquivalents,
      ),
  },
  {
    id: 'home',
    load: async () => entryOf((await import('../spec/home/protocol.ts')).home, (await import('../properties/home/all.ts')).homeProperties),
  },
  {
    id: 'two-phase-commit',
    load: async () =>
      entryOf(
        (await import('../spec/reference/two-phase-commit.ts')).twoPhaseCommit,
        (await import('../properties/reference/two-phase-commit.property.ts')).twoPhaseCommitProperties,
      ),
  },
  {
    id: 'transaction-commit',
    load: async () =>
      entryOf(
        (await import('../spec/reference/transaction-commit.ts')).transactionCommit,
        (await import('../properties/reference/transaction-commit.property.ts')).transactionCommitProperties,
      ),
  },
  {
    id: 'ping-pong',
    load: async () =>
      entryOf(
        (await import('../spec/reference/ping-pong.ts')).pingPong,
        (await import('../properties/reference/ping-pong.property.ts')).pingPongProperties,
      ),
  },
  {
    id: 'single-copy-register',
    load: async () =>
      entryOf(
        (await import('../spec/reference/single-copy-register.ts')).singleCopyRegister,
        (await import('../properties/reference/single-copy-register.property.ts')).singleCopyRegisterProperties,
      ),
  },
  {
    id: 'blockchain',
    load: async () =>
      entryOf((await import('../spec/blockchain/protocol.ts')).blockchain, (await import('../properties/blockchain/all.ts')).blockchainProperties),
  },
];
