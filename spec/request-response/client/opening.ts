import type { ValueRecord } from '../../../model/kernel/value.ts';
import { badSession, createSession } from '../sessions.ts';
import { answered, doubted, hasFreeSlot, sessionIn, taken } from './sessions.ts';
import { responseIn, serverIn, vocabularyOf } from './vocabulary.ts';

/** How a client opens sessions, uses their slots, and minds its connections. */

export const opening = <Local extends ValueRecord>() => {
  const { changes, emits, when } = vocabularyOf<Local>();
  return {
    guards: {
      hasFreeSlot: when(({ session, servers, server }) => hasFreeSlot(session, servers[server])),
      isOpened: when(({ opening: id }, event) => {
        const response = responseIn(event);
        return response.id === id && response.result.ok;
      }),
      lostSession: when(({ pending, opening: id }, event) => {
        const { id: answeredId, result } = responseIn(event);
        return id === null && answeredId === pending?.id && !result.ok && result.error === badSession;
      }),
      isCutOff: when(({ cut, servers, server }) => cut.includes(servers[server] ?? '')),
    },
    actions: {
      beginOpening: changes(({ nextId }) => ({ opening: nextId, nextId: nextId + 1, session: null })),
      askForSession: emits((context) => [
        { type: 'send', to: serverIn(context), message: { type: 'Request', id: context.opening ?? 0, call: { type: createSession } } },
      ]),
      keepSession: changes((context, event) => ({ session: sessionIn(serverIn(context), responseIn(event).result), opening: null, attempt: 0 })),
      takeSlot: changes(({ session }) => (session === null ? {} : { session: taken(session) })),
      freeSlot: changes(({ session }) => (session === null ? {} : { session: answered(session) })),
      /** What was not answered may still be executed: its slot is not used again. */
      doubtSlot: changes(({ session }) => (session === null ? {} : { session: doubted(session) })),
      dropSession: changes(() => ({ session: null })),
      noteCut: changes(({ cut }, event) => (event.type === 'disconnected' ? { cut: [...new Set([...cut, event['from'] as string])].sort() } : {})),
      noteBack: changes(({ cut }, event) => (event.type === 'connected' ? { cut: cut.filter((server) => server !== event['from']) } : {})),
    },
  };
};
