import { defineProperty, type InstanceView } from '../../model/property/property.ts';
import type { HostName } from '../../model/role/effect.ts';
import { guarded } from '../../spec/request-response/domain.ts';
import type { Request, Response } from '../../spec/request-response/messages.ts';
import { type RequestResponseRoles, requestResponse } from '../../spec/request-response/protocol.ts';
import type { ServerContext } from '../../spec/request-response/server/vocabulary.ts';
import { answersIn, type MonitorHere, showServer, type World } from './sight.ts';

type Rules = {
  /** The users that each server lets act, by what it has stored last. */
  readonly granted: Readonly<Record<string, readonly string[]>>;
  /** Users from whom it was taken at some server, and to whom it was not given since. */
  readonly taken: readonly string[];
  readonly wrong: boolean;
};

const atFirst = guarded.access?.granted ?? [];

/** Whether somebody was served after it was taken from him, at whatever server. */
const oneChangeIsEnough: MonitorHere = {
  initial: { granted: {}, taken: [], wrong: false } satisfies Rules,
  next: (state, { host, role, effect }) => {
    const rules = state as Rules;
    if (role !== 'server') return state;
    if (effect.type === 'persist') {
      const { granted: now } = effect.value as { readonly granted: readonly string[] };
      const before = rules.granted[host] ?? atFirst;
      const gone = before.filter((user) => !now.includes(user));
      const given = now.filter((user) => !before.includes(user));
      const taken = [...new Set([...rules.taken, ...gone])].filter((user) => !given.includes(user)).sort();
      return { ...rules, granted: { ...rules.granted, [host]: now }, taken };
    }
    if (effect.type !== 'send' || !(effect.message as unknown as Response).result.ok) return state;
    // Hosts are named after their users here.
    return (effect.to as readonly HostName[]).some((to) => rules.taken.includes(to)) ? { ...rules, wrong: true } : state;
  },
  holds: (state) => !(state as Rules).wrong,
};

/** What somebody has to set up: hosts that do nothing but serve, addresses that clients have to know, lists of who may act. */
export const setUp = (world: World): { readonly dedicated: number; readonly addresses: number; readonly lists: number } => ({
  dedicated: world.hosts.filter((host) => world.at('server', host) !== undefined && world.at('client', host) === undefined).length,
  addresses: world.all('client').reduce((sum, { context }) => sum + context.servers.length, 0),
  lists: world.all('server').length,
});

const showRules = (server: InstanceView<RequestResponseRoles['server']>): string =>
  `${showServer(server)}, granted to ${server.context.granted.join(' ') || 'nobody'}`;

export const easy = defineProperty(requestResponse, {
  id: 'EASY',
  claim: 'Where there is a server, who may act is changed at one place: a user from whom it is taken there is served nowhere any more.',
  source: 'common sentence EASY: peers are easy to set up and less complex; counted on the same task are dedicated hosts, addresses and access rules',
  holdsUnder: ['grants'],
  failsUnder: {
    grantsEach:
      'No host is needed that only serves, but for three users there are six addresses and three lists: what is taken back in one, the others still give.',
  },
  monitors: { oneChangeIsEnough },
  sometimes: {
    oneListIsChanged: (world) => setUp(world).lists === 1 && world.some('server', ({ context }) => !context.granted.includes('cleo')),
  },
  shows: { server: showRules },
  mutants: {
    letsInWhoWasIn: {
      doc: 'A server goes on to serve whom it has served before, without a look at its list.',
      after: 'Tokens that hold until they expire, whatever is revoked meanwhile (RFC 7009, 3).',
      roles: {
        server: {
          guards: {
            isForbidden: ({ context, event }: { readonly context: ServerContext; readonly event: Request & { readonly from: HostName } }) => {
              const user = guarded.access?.authenticate(event, event.from) ?? null;
              const isIn = answersIn(context.memory).some(({ client }) => client === event.from);
              return user === null || !(isIn || context.granted.includes(user));
            },
          },
        },
      },
    },
  },
});
