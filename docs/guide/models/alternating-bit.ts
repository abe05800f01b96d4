import {
  assign,
  defineProperty,
  defineProtocol,
  type Effect,
  emit,
  message,
  namedHost,
  role,
  type RoleInput,
  type Rule,
  setup,
  unlimited,
  z,
} from 'rolecall';

/** The alternating bit protocol over lines that lose what they carry, and that have room for few messages. */

const source = 'Bartlett, Scantlebury and Wilkinson 1969';

type Data = { readonly type: 'Data'; readonly bit: 0 | 1; readonly item: number };
type Ack = { readonly type: 'Ack'; readonly bit: 0 | 1 };
const flipped = (bit: 0 | 1): 0 | 1 => (bit === 0 ? 1 : 0);

type Sending = { readonly bit: 0 | 1; readonly item: number; readonly items: number };

const sender = setup({
  types: { context: {} as Sending, input: {} as RoleInput<{ items: number }>, events: {} as Ack, emitted: {} as Effect<Data>, meta: {} as Rule },
  delays: { againMs: 1_000 },
  guards: {
    isLast: ({ context, event }) => event.type === 'Ack' && event.bit === context.bit && context.item === context.items,
    isMine: ({ context, event }) => event.type === 'Ack' && event.bit === context.bit,
  },
  actions: {
    send: emit(({ context: { bit, item } }) => ({ type: 'send', to: 'ben', message: { type: 'Data', bit, item } })),
    goOn: assign({ bit: ({ context }) => flipped(context.bit), item: ({ context }) => context.item + 1 }),
  },
}).createMachine({
  id: 'sender',
  options: { maxIterations: 5 },
  context: ({ input }) => ({ bit: 0, item: 1, items: input.params.items }),
  initial: 'sending',
  states: {
    sending: {
      entry: 'send',
      after: { againMs: { target: 'sending', reenter: true, meta: { rule: 'AB-1', source } } },
      on: {
        Ack: [
          { guard: 'isLast', target: 'done', meta: { rule: 'AB-2', source } },
          { guard: 'isMine', target: 'sending', reenter: true, actions: 'goOn', meta: { rule: 'AB-3', source } },
        ],
      },
    },
    done: { tags: 'rest' },
  },
});

type Receiving = { readonly bit: 0 | 1; readonly got: readonly number[] };

const receiver = setup({
  types: { context: {} as Receiving, events: {} as Data, emitted: {} as Effect<Ack>, meta: {} as Rule },
  guards: { isNew: ({ context, event }) => event.bit === context.bit },
  actions: {
    take: assign({ bit: ({ context }) => flipped(context.bit), got: ({ context, event }) => [...context.got, event.item] }),
    acknowledge: emit(({ event }) => ({ type: 'send', to: 'ann', message: { type: 'Ack', bit: event.bit } })),
  },
}).createMachine({
  id: 'receiver',
  options: { maxIterations: 5 },
  tags: 'rest',
  context: { bit: 0, got: [] },
  on: {
    Data: [
      { guard: 'isNew', actions: ['take', 'acknowledge'], meta: { rule: 'AB-4', source } },
      { actions: 'acknowledge', meta: { rule: 'AB-5', source } },
    ],
  },
});

const over = (items: number, buffer: number) =>
  ({
    doc: `${items} items, over lines with room for ${buffer}.`,
    hosts: [namedHost('ann', ['sender'], { params: { sender: { items } } }), namedHost('ben', ['receiver'])],
    network: { link: 'datagram', ordered: true, buffer },
    faults: { drop: unlimited },
    bounds: { fires: unlimited },
  }) as const;

const bit = z.union([z.literal(0), z.literal(1)]);

export const alternatingBit = defineProtocol({
  id: 'alternating-bit',
  doc: 'Items are handed over once each and in their order, though any message may be lost.',
  source,
  counted: true,
  messages: {
    Data: message({ doc: 'An item, with a bit that tells it from the one before.', source, fields: z.object({ bit, item: z.int() }) }),
    Ack: message({ doc: 'The item with this bit has come.', source, fields: z.object({ bit }) }),
  },
  roles: {
    sender: role(sender, { doc: 'Sends each item until it is acknowledged.' }),
    receiver: role(receiver, { doc: 'Takes what it has not seen, and acknowledges all.' }),
  },
  scenarios: { two: over(2, 1), three: over(3, 2), four: over(4, 3) },
});

export const handsOver = defineProperty(alternatingBit, {
  id: 'HANDS-OVER',
  claim: 'Each item once, in order, and all of them in the end.',
  holdsUnder: ['two', 'three', 'four'],
  fairness: { strong: ['Data', 'Ack'] },
  always: { inOrder: (w) => w.every('receiver', ({ context: { got } }) => got.every((item, at) => item === at + 1)) },
  eventually: { all: (w) => w.some('sender', ({ value }) => value === 'done') },
  mutants: {
    deaf: {
      doc: 'The receiver acknowledges nothing that it has seen before.',
      roles: { receiver: { loses: (_, rules) => rules.includes('AB-5') } },
    },
    noBit: { doc: 'The receiver takes whatever comes.', roles: { receiver: { guards: { isNew: () => true } } } },
  },
});
