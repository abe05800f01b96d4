import { defineProtocol } from '../../model/protocol/define.ts';
import { command, role } from '../../model/role/role.ts';
import { adderOver } from './adder.ts';
import { whenIdle, whenWaiting } from './commands.ts';
import { compromised, counting, guarded, guardedSlow, type RequestResponseDomain, slow, worker } from './domain.ts';
import { replyCache } from './ledger.ts';
import { cancelMessage, requestResponseMessages, tierMessages } from './messages.ts';
import { scenarios } from './scenarios.ts';
import { remembered, serverSchema } from './server/vocabulary.ts';
import { serverOver } from './server.ts';
import { agentOver, gatewayOver, half } from './tiers.ts';

export const rolesOver = (domain: RequestResponseDomain) => {
  const [client, server, gateway, agent] = [adderOver(domain), serverOver(domain), gatewayOver(domain), agentOver(domain)];
  return {
    client: role(client, {
      doc: 'Asks a server, one call at a time, until it has an answer or gives up.',
      talksTo: ['server', 'gateway'],
      commands: {
        add: command<typeof client>({ doc: 'Adds to the counter.', values: whenIdle({ amount: 1 }, { amount: 10 }) }),
        read: command<typeof client>({ doc: 'Reads the counter; a user asks again and again.', values: whenIdle({}), fair: true }),
        cancel: command<typeof client>({ doc: 'Takes the request back that is out.', values: whenWaiting }),
      },
    }),
    server: role(server, {
      doc: 'Waits for requests, executes each once, and answers.',
      talksTo: ['client', 'otherClient', 'agent'],
      context: serverSchema,
      stored: { server: remembered },
      commands: {
        grant: command<typeof server>({ doc: 'The administrator lets a user act.', values: () => [{ user: 'cora' }] }),
        revoke: command<typeof server>({ doc: 'The administrator no longer lets a user act.', values: () => [{ user: 'cleo' }, { user: 'cora' }] }),
      },
    }),
    otherClient: role(client, {
      doc: 'A second client program, for another server.',
      talksTo: ['server'],
      commands: {
        add: command<typeof client>({ doc: 'Adds to the other counter.', values: whenIdle({ amount: 1 }) }),
        read: command<typeof client>({ doc: 'Reads the other counter, again and again.', values: whenIdle({}), fair: true }),
      },
    }),
    gateway: role(gateway, { doc: 'A server that asks another server for what it answers.', talksTo: ['client', 'agent'] }),
    agent: role(agent, { doc: "The client program on the gateway's host.", talksTo: ['server', 'gateway'] }),
  };
};

export type RequestResponseRoles = ReturnType<typeof rolesOver>;

/** Programs that are server and client, with one worker each that waits for nobody, and with one that waits. */
const eachWay: RequestResponseDomain = { ...counting, front: half, processor: worker };
const eachWayWaiting: RequestResponseDomain = { ...eachWay, waitsForThem: true };

/** Clients and servers over a service. */
export const requestResponse = defineProtocol({
  id: 'request-response',
  doc: 'A client sends requests to a server and waits for the responses; what is lost is sent again, and executed once.',
  source: 'RFC 9110, section 3; RFC 1813, 4.5; RFC 5531',
  messages: { ...requestResponseMessages, ...cancelMessage, ...tierMessages },
  domains: {
    counter: counting,
    smallCache: { ...counting, ledger: replyCache(1) },
    guarded,
    guardedSlow,
    slow,
    compromised,
    eachWay,
    eachWayWaiting,
  },
  roles: rolesOver,
  scenarios,
});
