import { sameValue } from '../../model/property/consistency/values.ts';
import { defineProperty, type InstanceView } from '../../model/property/property.ts';
import { nothing } from '../../model/protocol/protocol.ts';
import type { Action } from '../../model/world/action.ts';
import { home } from '../../spec/home/protocol.ts';
import { usualPartners } from '../../spec/home/partners.ts';
import { storedKey } from '../../spec/request-response/server/executing.ts';
import type { ServerContext } from '../../spec/request-response/server/vocabulary.ts';
import { actsInstead } from '../shared/instead.ts';
import { clients, type MonitorHere, programsIn, showProgram, stateOf, type World } from './sight.ts';

const shows = Object.fromEntries(clients.map((role) => [role, showProgram]));

const isSame = (before: InstanceView, after: InstanceView | undefined): boolean =>
  after !== undefined && before.running === after.running && sameValue(before.context, after.context) && sameValue(before.value, after.value);

/** The programs that are not as they were before. */
const changed = (before: World, after: World): readonly InstanceView[] =>
  programsIn(after).filter((now) => {
    const then = before.at(now.role as 'browser', now.host) as InstanceView | undefined;
    return then === undefined || !isSame(then, now);
  });

const isAbout = (action: Action): action is Action & { readonly host: string; readonly role: string } =>
  action.type === 'StopRole' || action.type === 'StartRole' || action.type === 'Install' || action.type === 'Uninstall';

/** How the last request of each client program ended. */
const lastEnding: MonitorHere = {
  initial: {},
  next: (state, { host, role, effect }) =>
    effect.type === 'return'
      ? { ...(state as Record<string, string>), [`${role} on ${host}`]: effect.outcome.definite ? 'answered' : 'given up' }
      : state,
};

/** Client programs whose users ask again and again. */
const askers: readonly string[] = ['browser', 'fileUser', 'reader', 'printUser'];

/** Whether a program that runs, and whose server runs on the host that it asks, was answered when it asked last. */
const isOfUse = (world: World, { role, host, context }: InstanceView): boolean => {
  const [server = ''] = (context as { readonly servers: readonly string[] }).servers;
  const isServed = usualPartners[role as keyof typeof usualPartners].some((partner) => world.at(partner as 'origin', server)?.running === true);
  const ending = (world.monitor('lastEnding') as Readonly<Record<string, string>>)[`${role} on ${host}`];
  return !isServed || ending !== 'given up';
};

const allAreOfUse = (world: World): boolean =>
  programsIn(world).every((program) => !program.running || !askers.includes(program.role) || isOfUse(world, program));

export const fate = defineProperty(home, {
  id: 'FATE',
  claim: 'A crash takes all programs of its host and none of another; what comes back is of use again.',
  source: 'common sentence HOST-MANY: crash of the host stops all of its roles; RFC 1122, 1.1.1',
  holdsUnder: ['crash', 'everyFate'],
  monitors: { lastEnding },
  step: {
    takesAllOfIts: (_, action, after) => action.type !== 'Crash' || programsIn(after).every(({ host, running }) => host !== action.host || !running),
    takesNoOther: (before, action, after) => action.type !== 'Crash' || changed(before, after).every(({ host }) => host === action.host),
  },
  recovers: { allAreOfUse: { withinRounds: 10, holds: allAreOfUse } },
  sometimes: {
    allAreDown: (world) => world.life('desk') === 'crashed',
    theOthersRun: (world) => world.life('hub') === 'crashed' && world.life('desk') === 'up',
  },
  shows,
  mutants: {
    findsItsLock: {
      doc: 'A server that starts anew finds the lock file of its former life, and answers nobody.',
      after: 'Services that do not come up after a power cut, because their own lock or process id file says that they run.',
      roles: {
        fileServer: {
          guards: { wasAnswered: ({ context }: { readonly context: ServerContext }) => Object.hasOwn(context, 'locked') },
          actions: {
            replyAgain: nothing,
            store: actsInstead<ServerContext>(({ state, memory }) => ({
              effects: [{ type: 'persist', key: storedKey, value: { state, memory, locked: true } }],
            })),
          },
        },
      },
    },
  },
});

export const stopsOne = defineProperty(home, {
  id: 'STOPS-ONE',
  claim: 'To stop, start, install or uninstall one program leaves the others as they are, and of use.',
  source: 'common sentence HOST-MANY: stopping one role stops that one only',
  holdsUnder: ['software', 'everyFate'],
  failsUnder: { behind: 'A proxy asks through the client program beside it: when that is stopped, the proxy runs and is of no use.' },
  monitors: { lastEnding },
  step: {
    leavesTheOthers: (before, action, after) =>
      !isAbout(action) || changed(before, after).every(({ host, role }) => host === action.host && role === action.role),
  },
  recovers: { allAreOfUse: { withinRounds: 10, holds: allAreOfUse } },
  sometimes: {
    oneDoesNotRun: (world) => programsIn(world).some(({ running, life }) => !running && life === 'up'),
  },
  shows,
});

/** Servers whose state is stored as it is. */
const servers: readonly string[] = ['origin', 'printer', 'channel', 'station'];

export const goesOn = defineProperty(home, {
  id: 'STARTS-WHERE-IT-STOPPED',
  claim: 'A server that is stopped and started goes on from what it had; one that is uninstalled and installed begins anew.',
  source: 'common sentence HOST-ROLES: the software installed on a host determines its roles; RFC 1122, 1.1.1',
  holdsUnder: ['software', 'upgrade', 'everyUpgrade'],
  step: {
    goesOn: (before, action, after) => {
      if (!isAbout(action) || !servers.includes(action.role)) return true;
      const [then, now] = [before, after].map((world) => stateOf(world.at(action.role as 'origin', action.host) as InstanceView));
      return action.type !== 'StartRole' || sameValue(then as never, now as never);
    },
    nothingIsLeft: (_, action, after) =>
      action.type !== 'Uninstall' || Object.keys((after.at(action.role as 'origin', action.host) as InstanceView).stored).length === 0,
  },
  sometimes: {
    aServerIsStopped: (world) => programsIn(world).some((program) => !program.running && servers.includes(program.role)),
  },
  shows,
  mutants: {
    keepsItInMemory: {
      doc: 'The channel does not store who has joined and what was said.',
      after: 'A service whose upgrade empties it.',
      roles: { channel: { actions: { store: nothing } } },
    },
  },
});
