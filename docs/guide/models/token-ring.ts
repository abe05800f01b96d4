import {
  assign,
  command,
  defineProperty,
  defineProtocol,
  namedHost,
  role,
  type RoleInput,
  type Rule,
  setup,
  unlimited,
  type WorldOf,
} from 'rolecall';

/** Dijkstra's ring that stabilises itself: it may begin in any state, so a choice of the state comes first. */

const source = 'Dijkstra 1974, EWD426';

type Context = { readonly n: number; readonly m: number; readonly c: readonly number[] };
const privileged = (c: readonly number[], i: number): boolean => (i === 0 ? c[0] === c[c.length - 1] : c[i] !== c[i - 1]);

const ring = setup({
  types: {
    context: {} as Context,
    input: {} as RoleInput<{ n: number; m: number }>,
    events: {} as { readonly type: 'begin'; readonly c: readonly number[] } | { readonly type: 'move'; readonly i: number },
    meta: {} as Rule,
  },
  guards: { may: ({ context, event }) => event.type === 'move' && privileged(context.c, event.i) },
  actions: {
    begin: assign({ c: ({ event }) => (event.type === 'begin' ? event.c : []) }),
    move: assign({
      c: ({ context: { c, m }, event }) =>
        event.type === 'move' ? c.map((v, i) => (i !== event.i ? v : i === 0 ? (v + 1) % m : (c[i - 1] as number))) : c,
    }),
  },
}).createMachine({
  id: 'ring',
  options: { maxIterations: 5 },
  context: ({ input }) => ({ ...input.params, c: [] }),
  initial: 'anywhere',
  states: {
    anywhere: { on: { begin: { target: 'going', actions: 'begin', meta: { rule: 'T-0', source } } } },
    going: { on: { move: { guard: 'may', actions: 'move', meta: { rule: 'T-1', source } } } },
  },
});

const all = (n: number, m: number): number[][] => (n === 0 ? [[]] : all(n - 1, m).flatMap((c) => Array.from({ length: m }, (_, v) => [...c, v])));

const of = (n: number, m: number) =>
  ({
    doc: `${n} machines with ${m} values.`,
    hosts: [namedHost('ring', ['ring'], { params: { ring: { n, m } } })],
    network: { link: 'datagram' },
    commands: { ring: { move: unlimited } },
  }) as const;

export const tokenRing = defineProtocol({
  id: 'token-ring',
  doc: 'A ring of machines comes to have one privilege.',
  source,
  counted: true,
  messages: {},
  roles: {
    ring: role(ring, {
      doc: 'All machines.',
      choices: {
        begin: {
          doc: 'It begins anywhere.',
          options: (l) => (l.matches('anywhere') ? all((l.context as Context).n, (l.context as Context).m).map((c) => ({ c })) : []),
        },
      },
      commands: {
        move: command<typeof ring>({
          doc: 'A privileged machine moves.',
          fair: true,
          values: ({ context }) => context.c.flatMap((_, i) => (privileged(context.c, i) ? [{ i }] : [])),
        }),
      },
    }),
  },
  scenarios: { three: of(3, 3), four: of(4, 3), fourWide: of(4, 4), six: { ...of(6, 6), large: true } },
});

const tokens = (c: readonly number[]) => c.filter((_, i) => privileged(c, i)).length;

const countIn = (world: WorldOf<typeof tokenRing>): number => tokens(world.at('ring', 'ring')?.context.c ?? []);

export const stabilises = defineProperty(tokenRing, {
  id: 'STABILISES',
  claim: 'In the end there is one privilege, for ever.',
  holdsUnder: ['three', 'four', 'fourWide', 'six'],
  always: { some: (w) => w.every('ring', ({ context: { c } }) => c.length === 0 || tokens(c) > 0) },
  step: { stays: (before, _action, after) => countIn(before) !== 1 || countIn(after) === 1 },
  eventually: { one: (w) => w.every('ring', ({ context: { c } }) => c.length > 0 && tokens(c) === 1) },
});
