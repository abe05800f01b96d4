import type { ValueRecord } from '../../model/kernel/value.ts';
import { clientOver } from './client.ts';
import type { RequestResponseDomain } from './domain.ts';

/** A client of the counter: it adds, and reads. It remembers nothing but its requests. */
export const adderOver = (domain: RequestResponseDomain) =>
  clientOver<ValueRecord>({
    id: 'request-response.client',
    patience: domain.patience,
    ...(domain.cancels === true ? { cancels: 'telling' } : {}),
    start: () => ({}),
    commands: {
      add: (local, { amount }) => ({ call: { type: 'add', amount: amount as number }, local }),
      read: (local) => ({ call: { type: 'read' }, local }),
    },
  });
