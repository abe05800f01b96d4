import type { ValueRecord } from '../../model/kernel/value.ts';
import { clientOver } from './client.ts';
import type { RequestResponseDomain } from './domain.ts';
import { serverOver } from './server.ts';
import { answer, type Service } from './service.ts';

/** A server that is a client: it answers from what another server tells it. */

/** Keeps nothing of its own, and asks the server behind for everything. */
const gateway: Service<null> = {
  doc: 'Passes every call on to the server behind, and its answer back.',
  start: null,
  apply: (_, call) => ({ asks: call }),
  resume: (_, _call, _caller, result) => ({ state: null, result }),
};

/** Knows half of what it is asked, and asks a server like itself for the other half. */
export const half: Service<null> = {
  doc: 'Answers with what it knows and with what a server like itself knows.',
  start: null,
  apply: (_, call) => (call.type === 'half' ? { state: null, result: answer(1) } : { asks: { type: 'half' } }),
  resume: (_, _call, _caller, result) => ({ state: null, result: result.ok ? answer((result.value as number) + 1) : result }),
};

/** The server to which clients turn. Its answers are remembered, as those of any server. */
export const gatewayOver = (domain: RequestResponseDomain) => serverOver({ ...domain, service: domain.front ?? gateway, behind: 'agent' });

/** The client program on the gateway's host. */
export const agentOver = (domain: RequestResponseDomain) =>
  clientOver<ValueRecord>({ id: 'request-response.agent', patience: domain.patience, start: () => ({}), commands: {}, onBehalfOf: 'gateway' });
