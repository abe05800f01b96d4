import type { Access } from '../access.ts';
import { failure } from '../service.ts';
import { answering } from './executing.ts';
import { changes, emits, isFor, type ServerContext, type ServerEvent, when, workOf } from './vocabulary.ts';

/** Who may act at a server, and who is told that they may not. */

const userOf = (event: ServerEvent): string => {
  if (event.type !== 'grant' && event.type !== 'revoke') throw new Error('only an administrator grants and revokes');
  return event.user;
};

export const admitting = (access: Access) => {
  /** Asked when a request comes, and again when it is carried out: its user may have been revoked meanwhile. */
  const mayAct = (context: ServerContext, event: ServerEvent): boolean => {
    // What was never asked for is refused by another rule.
    if (event.type === 'Learnt' && !context.asked.some(isFor(event))) return true;
    const { client, request } = workOf(context, event);
    if (!access.needsGrant(request.call)) return true;
    const user = access.authenticate(request, client);
    return user !== null && context.granted.includes(user);
  };
  return {
    guards: { isForbidden: when((context, event) => !mayAct(context, event)) },
    actions: {
      deny: emits((context, event) => [answering(event, workOf(context, event), failure('denied'))]),
      grant: changes(({ granted }, event) => ({ granted: [...new Set([...granted, userOf(event)])].sort() })),
      revoke: changes(({ granted }, event) => ({ granted: granted.filter((user) => user !== userOf(event)) })),
    },
  };
};
