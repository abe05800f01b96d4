import type { HostName } from '../../model/role/effect.ts';
import type { Patience } from './client.ts';
import type { Result } from './messages.ts';
import { counter, type Service } from './service.ts';

/** An answer that a server remembers, so that a retransmitted request is not executed again. */
export type Answered = { readonly client: HostName; readonly id: number; readonly result: Result };

/** What client and server are built from. */
export interface RequestResponseDomain {
  readonly service: Service;
  readonly patience: Patience;
  /** How many answers a server remembers. */
  readonly cacheSize: number;
  /** Whether an answer belongs to the request with this id of this client. */
  readonly isAnswerTo: (answered: Answered, client: HostName, id: number) => boolean;
  /** What of the answers a server stores with its state. */
  readonly stores: (cache: readonly Answered[]) => readonly Answered[];
}

export const counting: RequestResponseDomain = {
  service: counter,
  patience: { answerMs: 1_000, retries: 3 },
  cacheSize: 32,
  isAnswerTo: (answered, client, id) => answered.client === client && answered.id === id,
  stores: (cache) => cache,
};
