import { assign, command, defineProperty, defineProtocol, namedHost, role, type Rule, setup, unlimited } from 'rolecall';

/** Peterson's algorithm: two processes over one memory, which is one role. */

const source = 'Peterson 1981';

type Pc = 'idle' | 'flagged' | 'waiting' | 'critical';
type Context = { readonly pc: readonly [Pc, Pc]; readonly flag: readonly [boolean, boolean]; readonly turn: 0 | 1 };
type Who = { readonly who: 0 | 1 };
const at = <T>(pair: readonly [T, T], who: 0 | 1, value: T): readonly [T, T] => (who === 0 ? [value, pair[1]] : [pair[0], value]);

const memory = setup({
  types: { context: {} as Context, events: {} as { readonly type: 'left' | 'right' | 'wantLeft' | 'wantRight' }, meta: {} as Rule },
  guards: {
    is: ({ context }, { who, pc }: Who & { readonly pc: Pc }) => context.pc[who] === pc,
    mayEnter: ({ context }, { who }: Who) => context.pc[who] === 'waiting' && (!context.flag[1 - who] || context.turn === who),
  },
  actions: {
    flag: assign(({ context }, { who }: Who) => ({ flag: at(context.flag, who, true), pc: at(context.pc, who, 'flagged' as Pc) })),
    yield: assign(({ context }, { who }: Who) => ({ turn: (1 - who) as 0 | 1, pc: at(context.pc, who, 'waiting' as Pc) })),
    enter: assign(({ context }, { who }: Who) => ({ pc: at(context.pc, who, 'critical' as Pc) })),
    exit: assign(({ context }, { who }: Who) => ({ flag: at(context.flag, who, false), pc: at(context.pc, who, 'idle' as Pc) })),
  },
});

const wants = (who: 0 | 1) =>
  ({ guard: { type: 'is', params: { who, pc: 'idle' } }, actions: { type: 'flag', params: { who } }, meta: { rule: `W${who}`, source } }) as const;

const steps = (who: 0 | 1) =>
  [
    { guard: { type: 'is', params: { who, pc: 'flagged' } }, actions: { type: 'yield', params: { who } }, meta: { rule: `Y${who}`, source } },
    { guard: { type: 'mayEnter', params: { who } }, actions: { type: 'enter', params: { who } }, meta: { rule: `E${who}`, source } },
    { guard: { type: 'is', params: { who, pc: 'critical' } }, actions: { type: 'exit', params: { who } }, meta: { rule: `X${who}`, source } },
  ] as const;

const machine = memory.createMachine({
  id: 'memory',
  options: { maxIterations: 5 },
  tags: 'rest',
  context: { pc: ['idle', 'idle'], flag: [false, false], turn: 0 },
  on: { wantLeft: wants(0), wantRight: wants(1), left: steps(0), right: steps(1) },
});

export const peterson = defineProtocol({
  id: 'peterson',
  doc: 'Two processes share a memory.',
  source,
  counted: true,
  messages: {},
  roles: {
    memory: role(machine, {
      doc: 'What both read and write.',
      commands: {
        wantLeft: command({ doc: 'The left one wants to enter.' }),
        wantRight: command({ doc: 'The right one wants to enter.' }),
        left: command({ doc: 'The left one takes a step.', fair: true }),
        right: command({ doc: 'The right one takes a step.', fair: true }),
      },
    }),
  },
  scenarios: {
    two: {
      doc: 'Two processes.',
      hosts: [namedHost('machine', ['memory'])],
      network: { link: 'datagram' },
      commands: { memory: { wantLeft: unlimited, wantRight: unlimited, left: unlimited, right: unlimited } },
    },
  },
});

export const exclusive = defineProperty(peterson, {
  id: 'EXCLUSIVE',
  claim: 'One at most, and each in the end.',
  holdsUnder: ['two'],
  always: { one: (w) => w.every('memory', ({ context: { pc } }) => !(pc[0] === 'critical' && pc[1] === 'critical')) },
  leadsTo: {
    left: [
      (w) => w.some('memory', ({ context: { pc } }) => pc[0] === 'flagged'),
      (w) => w.some('memory', ({ context: { pc } }) => pc[0] === 'critical'),
    ],
    right: [
      (w) => w.some('memory', ({ context: { pc } }) => pc[1] === 'flagged'),
      (w) => w.some('memory', ({ context: { pc } }) => pc[1] === 'critical'),
    ],
  },
  mutants: {
    noTurn: {
      doc: 'A process enters without looking at the turn.',
      roles: { memory: { guards: { mayEnter: ({ context }: { context: Context }, { who }: Who) => context.pc[who] === 'waiting' } } },
    },
    waitsForTheFlag: {
      doc: 'A process waits until the other does not want to enter, whoever came first.',
      roles: {
        memory: {
          guards: { mayEnter: ({ context }: { context: Context }, { who }: Who) => context.pc[who] === 'waiting' && !context.flag[1 - who] },
        },
      },
    },
  },
});
