import { sameValue } from '../../model/property/consistency/values.ts';
import { defineProperty } from '../../model/property/property.ts';
import { nothing } from '../../model/protocol/protocol.ts';
import { applicationServer, type RunResult, usualSteps } from '../../spec/application/application-server.ts';
import { run, type Store } from '../../spec/application/machine.ts';
import { atFirst, programs, seats } from '../../spec/application/programs.ts';
import { application } from '../../spec/application/protocol.ts';
import { replyCache } from '../../spec/request-response/ledger.ts';
import { type Kept, type MonitorHere, showServer, showUser, storeIn, type World } from './sight.ts';

const shows = { server: showServer, user: showUser };

type Runs = {
  /** By user and id: the program and its input. */
  readonly asked: Readonly<Record<string, readonly [program: string, input: number]>>;
  readonly store: Store;
  /** Whether a run ever returned, or left behind, what that program does not on that store. */
  readonly wrong: boolean;
};

/** Each run of the server, beside a run of the same program with the same input on the same store. */
const runs: MonitorHere = {
  initial: { asked: {}, store: atFirst, wrong: false },
  next: (state, { host, role, effect }) => {
    const { asked, store, wrong } = state as unknown as Runs;
    if (effect.type === 'invoke') {
      const { program, input } = effect.input as { readonly program: string; readonly input: number };
      return { asked: { ...asked, [`${host} ${String(effect.id)}`]: [program, input] }, store, wrong };
    }
    if (role !== 'server' || effect.type !== 'persist') return state;
    const { state: after, memory } = effect.value as unknown as Kept;
    const last = memory.at(-1);
    if (last === undefined || !last.result.ok) return { asked, store: after, wrong };
    const [program = '', input = 0] = asked[`${last.client} ${last.id}`] ?? [];
    const { how, result, steps, store: left } = run(programs[program] ?? [], input, store, usualSteps);
    const isRight = sameValue(last.result.value, { how, result, steps }) && sameValue(after, how === 'returned' ? left : store);
    return { asked, store: after, wrong: wrong || !isRight };
  },
  holds: (state) => !(state as unknown as Runs).wrong,
};

export const isFunction = defineProperty(application, {
  id: 'RUN-FUNCTION',
  claim: 'What a program returns and leaves behind is a function of the program, its input and what was stored; nothing of another run.',
  source: 'common sentence SERVER-EXECUTES: servers execute programs and return results; RFC 3875, 3.4',
  holdsUnder: ['lossy', 'everyRun'],
  monitors: { runs },
  sometimes: { oneIsRun: (world) => storeIn(world)['sold'] !== 0 },
  shows,
  mutants: {
    keepsVariables: {
      doc: 'A run adds to its input what the run before it has left in memory.',
      after: 'Application servers that keep a process for many requests, and with it the global variables of the last one.',
      domain: { service: applicationServer(programs, atFirst, { input: (given, { sold = 0 }) => given + (sold > 0 ? 1 : 0) }) },
    },
  },
});

export const allOrNothing = defineProperty(application, {
  id: 'RUN-ALL-OR-NOTHING',
  claim: 'A run changes everything that it means to, or nothing: also one that fails, is stopped, or whose server crashes.',
  source: 'RFC 3875, 3.4: Execution; Gray 1981, The Transaction Concept',
  holdsUnder: ['lossy', 'connection', 'forgetful', 'everyRun'],
  always: { noSeatIsLost: (world) => (storeIn(world)['free'] ?? 0) + (storeIn(world)['sold'] ?? 0) === seats },
  sometimes: { someAreSold: (world) => (storeIn(world)['sold'] ?? 0) > 1 },
  shows,
  mutants: {
    keepsHalf: {
      doc: 'What a run has stored before it failed or was stopped is kept.',
      after: 'Scripts that are ended in the middle, and leave half of what they write.',
      domain: { service: applicationServer(programs, atFirst, { keeps: (_, { store }) => store }) },
    },
  },
});

type Sales = { readonly asked: number; readonly told: number; readonly steps: number; readonly running: Readonly<Record<string, string>> };

/** How many seats users have asked for, how many they were told are sold, the longest run that they were told of, and what runs for whom. */
const sales: MonitorHere = {
  initial: { asked: 0, told: 0, steps: 0, running: {} },
  next: (state, { host, role, effect }) => {
    const { asked, told, steps, running } = state as unknown as Sales;
    if (role !== 'user') return state;
    if (effect.type === 'invoke') {
      const { program, input } = effect.input as { readonly program: string; readonly input: number };
      return { asked: asked + (program === 'book' ? input : 0), told, steps, running: { ...running, [host]: program } };
    }
    if (effect.type !== 'return' || !effect.outcome.definite) return state;
    const ended = (effect.outcome.value as unknown as { readonly value: RunResult }).value;
    const sold = running[host] === 'book' && ended.how === 'returned' ? ended.result : 0;
    return { asked, told: Math.max(told, sold), steps: Math.max(steps, ended.steps), running };
  },
};

const salesIn = (world: World): Sales => world.monitor('sales') as unknown as Sales;

export const once = defineProperty(application, {
  id: 'RUN-ONCE',
  claim: 'A program that was asked for once is run once at most, whatever is sent again or crashes; and what it was told to have done is done.',
  source: 'common sentence SERVER-EXECUTES: once for each request; RFC 1813, 4.5: duplicate request cache',
  holdsUnder: ['lossy', 'connection', 'everyRun'],
  failsUnder: { forgetful: 'A server that remembers no request runs the program again when its answer was late.' },
  monitors: { sales },
  always: {
    noMoreThanAsked: (world) => (storeIn(world)['sold'] ?? 0) <= salesIn(world).asked,
    noLessThanTold: (world) => (storeIn(world)['sold'] ?? 0) >= salesIn(world).told,
  },
  sometimes: { oneIsSentAgain: (world) => world.some('user', ({ context }) => context.attempt > 0), oneIsTold: (world) => salesIn(world).told > 0 },
  shows,
  mutants: {
    forgetsAnswers: {
      doc: 'A server that restarts has what its programs stored, and not which requests it has run.',
      after: 'Idempotency keys that are kept in memory: after the restart the order is placed again.',
      domain: { ledger: replyCache(16, { stored: () => [] }) },
      under: 'everyRun',
    },
    answersFirst: {
      doc: 'The server answers before it has stored what the program did.',
      after: 'A booking that is confirmed and gone after the restart.',
      roles: { server: { actions: { store: nothing } } },
    },
  },
});

export const limited = defineProperty(application, {
  id: 'RUN-ENDS',
  claim: 'Every run ends after so many steps at most, and every request for one in a result or without a certain outcome.',
  source: 'RFC 3875, 3.4: Execution; RFC 9110, 3.4',
  holdsUnder: ['lossy', 'everyAnswer'],
  monitors: { sales },
  always: { noneTakesLonger: (world) => salesIn(world).steps <= usualSteps },
  recovers: { nobodyWaits: { withinRounds: 40, holds: (world) => world.every('user', (user) => user.matches('idle')) } },
  leadsTo: {
    answered: [(world) => world.some('user', (user) => user.matches('waiting')), (world) => world.every('user', (user) => user.matches('idle'))],
  },
  sometimes: { oneIsStopped: (world) => salesIn(world).steps === usualSteps },
  shows,
  mutants: {
    letsRun: {
      doc: 'A run may take as long as it likes.',
      after: 'A script in an endless loop, and a server that does nothing else.',
      domain: { service: applicationServer(programs, atFirst, { mostSteps: 10 * usualSteps }) },
    },
    asksForEver: {
      doc: 'A user asks again for ever, and all of it may be lost.',
      after: 'Retries without an end.',
      roles: { user: { guards: { mayRetry: () => true }, actions: { countAttempt: nothing } } },
      under: 'everyAnswer',
    },
  },
});
