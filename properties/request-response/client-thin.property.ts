import type { ValueRecord } from '../../model/kernel/value.ts';
import { defineProperty } from '../../model/property/property.ts';
import type { ClientContext } from '../../spec/request-response/client/asking.ts';
import type { Request, Response, Result } from '../../spec/request-response/messages.ts';
import { requestResponse } from '../../spec/request-response/protocol.ts';
import { actsInstead } from '../shared/instead.ts';
import { type MonitorHere, showClient } from './sight.ts';

const text = (value: unknown): string => JSON.stringify(value);

/** By client, what it was last told to ask; what servers have answered; and whether a client added anything of its own. */
type Passed = { readonly asked: Readonly<Record<string, string>>; readonly answers: readonly string[]; readonly own: boolean };

const passedOn: MonitorHere = {
  initial: { asked: {}, answers: [], own: false },
  next: (state, { host, role, effect }) => {
    const passed = state as unknown as Passed;
    if (role === 'server' && effect.type === 'send') {
      const { id, result } = effect.message as unknown as Response;
      const answers = (effect.to as readonly string[]).map((client) => `${client} ${id} ${text(result)}`);
      return { ...passed, answers: [...new Set([...passed.answers, ...answers])].sort() };
    }
    if (effect.type === 'invoke') return { ...passed, asked: { ...passed.asked, [host]: text(effect.input) } };
    if (effect.type === 'send' && effect.message.type === 'Request')
      return text((effect.message as unknown as Request).call) === passed.asked[host] ? state : { ...passed, own: true };
    if (effect.type !== 'return' || !effect.outcome.definite) return state;
    return passed.answers.includes(`${host} ${String(effect.id)} ${text(effect.outcome.value as Result)}`) ? state : { ...passed, own: true };
  },
  holds: (state) => !(state as unknown as Passed).own,
};

export const clientThin = defineProperty(requestResponse, {
  id: 'CLIENT-THIN',
  claim: 'A client computes nothing: what its user asks goes to the server as it is, and what the server answers goes to the user as it is.',
  source: 'common sentence CLIENT-THIN: a client does no business computing',
  holdsUnder: ['calm', 'fewLosses'],
  monitors: { passedOn },
  sometimes: { somethingIsAnswered: (world) => world.some('client', (client) => client.matches('idle') && client.context.nextId > 0) },
  shows: { client: showClient },
  mutants: {
    addsInterest: {
      doc: 'A client asks for one more than its user said.',
      after: 'Business rules in the client: two versions of it, two results.',
      roles: {
        client: {
          actions: {
            ask: actsInstead<ClientContext<ValueRecord>>(({ servers, pending }) => ({
              effects:
                pending === null
                  ? []
                  : [
                      {
                        type: 'send',
                        to: servers.slice(0, 1),
                        message: {
                          type: 'Request',
                          id: pending.id,
                          call: { ...pending.call, amount: Number(pending.call['amount'] ?? 0) + 1 },
                        } as Request,
                      },
                    ],
            })),
          },
        },
      },
    },
  },
});
