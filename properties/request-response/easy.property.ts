import { defineProperty } from '../../model/property/property.ts';
import type { Response } from '../../spec/request-response/messages.ts';
import { bySecret } from '../../spec/request-response/access.ts';
import { requestResponse } from '../../spec/request-response/protocol.ts';
import { type MonitorHere, showServer } from './sight.ts';

/** How many requests the server has refused because of who asks. */
const refusals: MonitorHere = {
  initial: 0,
  next: (refused, { role, effect }) => {
    if (role !== 'server' || effect.type !== 'send') return refused;
    const { result } = effect.message as unknown as Response;
    return !result.ok && result.error === 'denied' ? (refused as number) + 1 : refused;
  },
  holds: (refused) => refused === 0,
};

export const easy = defineProperty(requestResponse, {
  id: 'EASY',
  claim: 'With a server there is one host that serves nobody but others, one address to set up at each client, and no rule for any of them.',
  source: 'common sentence EASY, the centralised side: counted are dedicated hosts, configured addresses, access rules',
  holdsUnder: ['calm', 'twoClients'],
  failsUnder: { grants: 'Where not everybody may do everything there is a rule for each user, and whoever has none is refused.' },
  monitors: { refusals },
  always: {
    oneDedicatedHost: (world) =>
      world.hosts.filter((name) => world.at('server', name) !== undefined && world.at('client', name) === undefined).length === 1,
    oneAddressEach: (world) => world.every('client', ({ context }) => context.servers.length === 1),
  },
  sometimes: { severalAreServed: (world) => world.count('client', ({ context }) => context.pending === null && context.nextId > 0) > 1 },
  shows: { server: showServer },
  mutants: {
    asksForAnAccount: {
      doc: 'The server serves nobody whom its administrator has not entered.',
      after: 'A share that is set up, and on which each user has to be set up besides.',
      domain: { access: bySecret({}, []) },
    },
  },
});
