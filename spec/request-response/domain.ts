import { type Access, bySecret } from './access.ts';
import { counter } from './counter.ts';
import { type Ledger, replyCache } from './ledger.ts';
import { answer, type Service } from './service.ts';

/** How often and how long a client tries. */
export type Patience = {
  /** The first time-out; each retransmission waits twice as long. */
  readonly answerMs: number;
  /** Retransmissions to one server, before the next server is asked. */
  readonly retries: number;
};

/** A processor that does one thing at a time, and the queue before it. */
export type Processor = {
  /** How long it takes for one request. */
  readonly workMs: number;
  /** How many requests wait at most, the one that is worked on included; the next is answered that the server is busy. */
  readonly queue: number;
};

/**
 * What a server is built from. What a service does not use is left out, and its server then has neither the states nor the
 * rules of it.
 */
export interface ServerDomain {
  readonly service: Service;
  /** What it remembers of requests that it has executed; without it, whoever asks twice is served twice. */
  readonly ledger?: Ledger;
  /** Who may act; without it, everybody. */
  readonly access?: Access;
  /** Without it, a request is executed the moment it comes. */
  readonly processor?: Processor;
  /** How often subscribers are told what they do not seem to have received. */
  readonly tellAgainMs?: number;
  /** The unit in which it counts how long what it has granted lasts. */
  readonly unitMs?: number;
  /** The client program on the same host through which this server asks others. */
  readonly behind?: string;
  /** Whether its processor waits for their answers and does nothing else. */
  readonly waitsForThem?: boolean;
  /** Whether users take requests back; what is worked on is not stopped any more. */
  readonly cancels?: boolean;
}

/** What clients and servers of a service are built from. */
export interface RequestResponseDomain extends ServerDomain {
  readonly ledger: Ledger;
  readonly patience: Patience;
  /** What a gateway does; it passes everything on, where this is left out. */
  readonly front?: Service;
}

export const counting: RequestResponseDomain = {
  service: counter,
  ledger: replyCache(32),
  patience: { answerMs: 1_000, retries: 3 },
};

/** Two users with secrets, of whom one was granted access. */
export const guarded: RequestResponseDomain = { ...counting, access: bySecret({ cleo: 'swordfish', cora: 'open sesame' }, ['cleo']) };

/** The same, and a processor that takes its time: who is revoked may have a request in the queue. */
export const guardedSlow: RequestResponseDomain = { ...guarded, processor: { workMs: 300, queue: 2 } };

/**
 * A worker of a program that is server and client, with place for the request of a user and for one of the other program. With
 * place for more its queue is never full, and nobody sees whether it turns away what it must.
 */
export const worker: Processor = { workMs: 300, queue: 2 };

/** A server that takes its time, and in whose queue there is place for two. */
export const slow: RequestResponseDomain = { ...counting, processor: { workMs: 300, queue: 2 }, cancels: true };

/** A server that has been taken over: it says that there is more than there is. */
export const compromised: RequestResponseDomain = {
  ...counting,
  service: {
    ...counter,
    apply: (total: number, call, caller) => {
      const served = counter.apply(total, call, caller);
      return call.type === 'read' ? { state: total, result: answer(total + 100) } : served;
    },
  } satisfies Service<number>,
};
