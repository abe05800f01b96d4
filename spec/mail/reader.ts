import { clientOver } from '../request-response/client.ts';
import type { Call } from '../request-response/messages.ts';
import type { MailDomain } from './domain.ts';

/** What a reader has seen in its user's box. */
export type ReaderMemory = { readonly user: string; readonly seen: readonly { readonly uid: number; readonly id: string }[] };

/** A program in which a user reads mail. */
export const readerOver = ({ patience, reconnects = false }: MailDomain) =>
  clientOver<ReaderMemory>({
    id: 'mail.reader',
    patience,
    reconnects,
    start: (params) => ({ user: (params as { readonly user: string }).user, seen: [] }),
    commands: {
      list: (local) => ({ call: { type: 'list', user: local.user }, local }),
      remove: (local, { uid }) => ({ call: { type: 'remove', user: local.user, uid: uid as number } satisfies Call, local }),
    },
    learn: (local, call, result) => (call.type === 'list' && result.ok ? { ...local, seen: result.value as ReaderMemory['seen'] } : local),
  });
