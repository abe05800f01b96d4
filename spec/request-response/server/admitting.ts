import type { Access } from '../access.ts';
import { failure } from '../service.ts';
import { changes, emits, type ServerContext, type ServerEvent, when } from './vocabulary.ts';

/** Who may act at a server, and who is told that they may not. */

const userOf = (event: ServerEvent): string => {
  if (event.type !== 'grant' && event.type !== 'revoke') throw new Error('only an administrator grants and revokes');
  return event.user;
};

export const admitting = (access: Access) => {
  const mayAct = ({ granted }: ServerContext, event: ServerEvent): boolean => {
    if (event.type !== 'Request' || !access.needsGrant(event.call)) return true;
    const user = access.authenticate(event, event.from);
    return user !== null && granted.includes(user);
  };
  return {
    guards: { isForbidden: when((context, event) => !mayAct(context, event)) },
    actions: {
      deny: emits((_, event) =>
        event.type === 'Request' ? [{ type: 'reply', message: { type: 'Response', id: event.id, result: failure('denied') } }] : [],
      ),
      grant: changes(({ granted }, event) => ({ granted: [...new Set([...granted, userOf(event)])].sort() })),
      revoke: changes(({ granted }, event) => ({ granted: granted.filter((user) => user !== userOf(event)) })),
    },
  };
};
