import { defineProperty } from '../../model/property/property.ts';
import { linearizable } from '../../model/property/consistency/linearizable.ts';
import type { Specification } from '../../model/property/consistency/specification.ts';
import { nothing } from '../../model/protocol/protocol.ts';
import type { Request, Response, Result } from '../../spec/request-response/messages.ts';
import type { ServerContext } from '../../spec/request-response/server/vocabulary.ts';
import { actsInstead } from '../shared/instead.ts';
import { requestResponse } from '../../spec/request-response/protocol.ts';
import { type MonitorHere, showClient, showServer } from './sight.ts';

/** The centralised side of sentences that compare servers with peers. */

export const noAdmin = defineProperty(requestResponse, {
  id: 'NO-ADMIN',
  claim: 'Where there is a server there is an administrator: what is revoked there is refused at once, to everybody.',
  source: 'common sentence NO-ADMIN, the centralised side',
  holdsUnder: ['grants'],
  step: {
    refusedAtOnce: (before, action, after) => {
      const [was, is] = [before.at('server', 'sam'), after.at('server', 'sam')];
      if (action.type !== 'Deliver' || action.message !== 'Request' || was?.running !== true || is?.running !== true) return true;
      return was.context.granted.includes(action.from) || was.context.state === is.context.state;
    },
    revokedForGood: (_, action, after) =>
      action.type !== 'Command' ||
      action.command !== 'revoke' ||
      action.crashAfter !== undefined ||
      after.every('server', ({ stored }) => {
        const kept = stored['server'] as { readonly granted: readonly string[] } | undefined;
        return kept !== undefined && !kept.granted.includes((action.value as { readonly user: string }).user);
      }),
  },
  sometimes: { someoneIsRevoked: (world) => world.some('server', ({ context }) => !context.granted.includes('cleo')) },
  shows: { server: (server) => `${showServer(server)}, granted to ${server.context.granted.join(' ') || 'nobody'}` },
  mutants: {
    revokesInMemory: {
      doc: 'A revocation is not stored, and a restart takes it back.',
      after: 'A blocked account that works again after a reboot.',
      roles: { server: { actions: { store: nothing } } },
    },
  },
});

/** A counter whose calls come one after the other. */
const counterModel: Specification<number> = {
  name: 'counter',
  start: 0,
  step: (total, { operation, input }) => {
    const sum = operation === 'add' ? total + (input as { readonly amount: number }).amount : total;
    return { state: sum, output: sum };
  },
  readOnly: ({ operation }) => operation === 'read',
};

export const secure = defineProperty(requestResponse, {
  id: 'SECURE',
  claim: 'What clients are told is what was done, as long as the one server is honest; nobody notices when it is not.',
  source: 'common sentence SECURE, the centralised side: a compromised server can make honest clients adopt what is false',
  holdsUnder: ['calm', 'lossy', 'twoClients'],
  failsUnder: { compromised: 'One host is taken over, and every client believes what it says.' },
  monitors: {
    told: linearizable({
      model: counterModel as unknown as Specification,
      ending: (_, outcome) =>
        outcome.definite ? { type: 'returned', output: (outcome.value as Result & { readonly ok: true }).value } : { type: 'indefinite' },
    }),
  },
  sometimes: { somethingIsAdded: (world) => world.some('server', ({ context }) => context.state !== 0) },
  shows: { server: showServer, client: showClient },
});

/** Messages that were sent, and calls that ended. */
const cost: MonitorHere = {
  initial: { messages: 0, calls: 0 },
  next: (state, { effect }) => {
    const { messages, calls } = state as { readonly messages: number; readonly calls: number };
    if (effect.type === 'send') return { messages: messages + 1, calls };
    return effect.type === 'return' ? { messages, calls: calls + 1 } : state;
  },
};

export const efficiency = defineProperty(requestResponse, {
  id: 'EFFICIENCY',
  claim: 'With a server a call costs two messages, whoever else is served, and what it leaves is stored once.',
  source: 'common sentence EFFICIENCY, the centralised side',
  holdsUnder: ['calm'],
  monitors: { cost },
  always: {
    twoMessagesACall: (world) => {
      const { messages, calls } = world.monitor('cost') as { readonly messages: number; readonly calls: number };
      return messages <= 2 * (calls + world.count('client', (client) => client.matches('waiting')));
    },
    storedOnce: (world) => world.hosts.filter((name) => world.at('server', name)?.stored['server'] !== undefined).length <= 1,
  },
  sometimes: { callsEnd: (world) => (world.monitor('cost') as { readonly calls: number }).calls >= 4 },
  mutants: {
    answersTwice: {
      doc: 'The server sends each answer twice, to be sure.',
      after: 'Retransmission without a loss.',
      roles: {
        server: {
          actions: {
            reply: actsInstead<ServerContext, Request>(({ done }, { id }) => ({
              effects: done === null ? [] : [1, 2].map(() => ({ type: 'reply', message: { type: 'Response', id, result: done.result } as Response })),
            })),
          },
        },
      },
    },
  },
});
