import { defineProtocol } from '../../model/protocol/define.ts';
import { command, role } from '../../model/role/role.ts';
import { adderOver } from './adder.ts';
import { counting, type RequestResponseDomain } from './domain.ts';
import { requestResponseMessages } from './messages.ts';
import { scenarios } from './scenarios.ts';
import { serverOver } from './server.ts';

/** A client may call when it waits for no answer. */
const whenIdle =
  (...values: readonly Readonly<Record<string, number>>[]) =>
  ({ value }: { readonly value: unknown }) =>
    value === 'idle' ? values : [];

export const rolesOver = (domain: RequestResponseDomain) => {
  const [client, server] = [adderOver(domain), serverOver(domain)];
  return {
    client: role(client, {
      doc: 'Asks a server, one call at a time, until it has an answer or gives up.',
      talksTo: ['server'],
      commands: {
        add: command<typeof client>({ doc: 'Adds to the counter.', values: whenIdle({ amount: 1 }, { amount: 10 }) }),
        read: command<typeof client>({ doc: 'Reads the counter; a user asks again and again.', values: whenIdle({}), fair: true }),
      },
    }),
    server: role(server, { doc: 'Waits for requests, executes each once, and answers.', talksTo: ['client'] }),
  };
};

export type RequestResponseRoles = ReturnType<typeof rolesOver>;

/** Clients and servers over a service. */
export const requestResponse = defineProtocol({
  id: 'request-response',
  doc: 'A client sends requests to a server and waits for the responses; what is lost is sent again, and executed once.',
  source: 'RFC 9110, section 3; RFC 1813, 4.5; RFC 5531',
  messages: requestResponseMessages,
  domains: { counter: counting, smallCache: { ...counting, cacheSize: 1 } },
  roles: rolesOver,
  scenarios,
});
