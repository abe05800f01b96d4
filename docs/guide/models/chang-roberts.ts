import {
  assign,
  command,
  defineProperty,
  defineProtocol,
  type Delivered,
  type Effect,
  emit,
  message,
  namedHost,
  role,
  type RoleInput,
  type Rule,
  type ScenarioType,
  setup,
  unlimited,
  z,
} from 'rolecall';

/** Leader election on a ring. Which nodes begin never changes, so each choice of them is a scenario of its own. */

const source = 'Chang and Roberts 1979; tlaplus/Examples, ChangRoberts.tla';

type Id = { readonly type: 'Id'; readonly id: number };
type Params = { readonly id: number; readonly next: string; readonly initiates: boolean };
type Context = Params & { readonly state: 'cand' | 'lost' | 'won' };

const node = setup({
  types: {
    context: {} as Context,
    input: {} as RoleInput<Params>,
    events: {} as Delivered<Id> | { readonly type: 'start' },
    emitted: {} as Effect<Id>,
    meta: {} as Rule,
  },
  guards: {
    initiates: ({ context }) => context.initiates,
    lost: ({ context }) => context.state === 'lost',
    smaller: ({ context, event }) => event.type === 'Id' && event.id < context.id,
    own: ({ context, event }) => event.type === 'Id' && event.id === context.id,
  },
  actions: {
    sendOwn: emit(({ context }) => ({ type: 'send', to: context.next, message: { type: 'Id', id: context.id } })),
    forward: emit(({ context, event }) => ({ type: 'send', to: context.next, message: { type: 'Id', id: (event as Id).id } })),
    lose: assign({ state: 'lost' as const }),
    win: assign({ state: 'won' as const }),
  },
}).createMachine({
  id: 'node',
  options: { maxIterations: 10 },
  context: ({ input }) => ({ ...input.params, state: input.params.initiates ? ('cand' as const) : ('lost' as const) }),
  initial: 'n0',
  tags: 'rest',
  states: {
    n0: {
      on: {
        start: [
          { guard: 'initiates', target: 'n1', actions: 'sendOwn', meta: { rule: 'CR-1', source } },
          { target: 'n1', meta: { rule: 'CR-2', source } },
        ],
      },
    },
    n1: {
      on: {
        Id: [
          { guard: 'lost', actions: 'forward', meta: { rule: 'CR-3', source } },
          { guard: 'smaller', actions: ['lose', 'forward'], meta: { rule: 'CR-4', source } },
          { guard: 'own', actions: 'win', meta: { rule: 'CR-5', source } },
          { actions: [], meta: { rule: 'CR-6', source } },
        ],
      },
    },
  },
});

const N = 3;

const among = (initiators: number): ScenarioType => ({
  doc: `Of three nodes these begin: ${[1, 2, 3].filter((_, n) => (initiators >> n) & 1).join(', ') || 'none'}.`,
  hosts: Array.from({ length: N }, (_, n) =>
    namedHost(`n${n + 1}`, ['node'], { params: { node: { id: n + 1, next: `n${((n + 1) % N) + 1}`, initiates: ((initiators >> n) & 1) === 1 } } }),
  ),
  network: { link: 'datagram', refused: 'stays' },
  commands: { node: { start: unlimited } },
});

export const changRoberts = defineProtocol({
  id: 'chang-roberts',
  doc: 'Leader election on a ring.',
  source,
  counted: true,
  messages: { Id: message({ doc: 'An identity.', source, fields: z.object({ id: z.int() }) }) },
  roles: { node: role(node, { doc: 'Passes on what is smaller than itself.', commands: { start: command({ doc: 'Begins.', fair: true }) } }) },
  scenarios: { none: among(0), a: among(1), b: among(2), ab: among(3), c: among(4), ac: among(5), bc: among(6), abc: among(7) },
});

export const elected = defineProperty(changRoberts, {
  id: 'ELECTED',
  claim: 'The smallest of those that begin is elected, and nobody else.',
  holdsUnder: ['none', 'a', 'b', 'ab', 'c', 'ac', 'bc', 'abc'],
  always: {
    correct: (world) =>
      world.every(
        'node',
        (n) =>
          n.context.state !== 'won' ||
          world.every('node', (m) => m.host === n.host || (m.context.state === 'lost' && (!m.context.initiates || m.context.id > n.context.id))),
      ),
  },
  leadsTo: { won: [(w) => w.some('node', (n) => n.context.state === 'cand'), (w) => w.some('node', (n) => n.context.state === 'won')] },
});
