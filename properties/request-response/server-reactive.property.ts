import { defineProperty } from '../../model/property/property.ts';
import type { Request, Response } from '../../spec/request-response/messages.ts';
import { requestResponse } from '../../spec/request-response/protocol.ts';
import type { ServerContext } from '../../spec/request-response/server/vocabulary.ts';
import { actsInstead } from '../shared/instead.ts';
import { answersIn, type MonitorHere, showServer } from './sight.ts';

/** The requests that were sent, by client and id; false once a server has sent something else than an answer to one. */
const pairing: MonitorHere = {
  initial: [],
  next: (state, { host, role, effect }) => {
    if (state === false || effect.type !== 'send') return state;
    const asked = state as readonly string[];
    if (role === 'client') return [...new Set([...asked, `${host} ${(effect.message as unknown as Request).id}`])].sort();
    const { type, id } = effect.message as unknown as Response;
    return type === 'Response' && (effect.to as readonly string[]).every((client) => asked.includes(`${client} ${id}`)) ? state : false;
  },
  holds: (state) => state !== false,
};

export const serverReactive = defineProperty(requestResponse, {
  id: 'SERVER-REACTIVE',
  claim: 'A server sends nothing but responses, and each pairs with a request of the client that it goes to.',
  source: 'common sentence SERVER-REACTIVE: a server waits for requests and answers; RFC 9110, 3.3',
  holdsUnder: ['lossy', 'twoClients', 'crash', 'connection', 'failOver', 'grants', 'busy'],
  monitors: { pairing },
  sometimes: { aServerAnswers: (world) => world.some('server', ({ context }) => answersIn(context.memory).length > 0) },
  shows: { server: showServer },
  mutants: {
    answersEverybody: {
      doc: 'A response goes to every client.',
      after: 'A response on a shared channel: clients hear what others asked.',
      roles: {
        server: {
          actions: {
            reply: actsInstead<ServerContext, Request>(({ done }, { id }) => ({
              effects: done === null ? [] : [{ type: 'broadcast', message: { type: 'Response', id, result: done.result } as Response }],
            })),
          },
        },
      },
      under: 'twoClients',
    },
  },
});
