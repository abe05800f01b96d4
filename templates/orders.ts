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
  type Rule,
  setup,
  z,
} from 'rolecall';

/** A shop asks a bank for the money of an order. Messages are lost, so the shop asks until it is answered. */

const source = 'orders.ts'; // The standard or paper that you state, with its section.

// Messages

type Charge = { readonly type: 'Charge'; readonly order: number };
type Charged = { readonly type: 'Charged'; readonly order: number };

const fields = z.object({ order: z.int() });

// Roles: machines that read neither clock nor chance. What they say, they `emit`; time is `after`.

const shop = setup({
  types: {
    context: {} as { readonly order: number },
    events: {} as Delivered<Charged> | { readonly type: 'sell' },
    emitted: {} as Effect<Charge>,
    meta: {} as Rule,
  },
  delays: { askAgainMs: 1_000 },
  guards: { isMine: ({ context, event }) => event.type === 'Charged' && event.order === context.order },
  actions: {
    take: assign({ order: ({ context }) => context.order + 1 }),
    ask: emit(({ context }) => ({ type: 'broadcast', message: { type: 'Charge', order: context.order } })),
  },
}).createMachine({
  id: 'shop',
  options: { maxIterations: 100 },
  context: { order: 0 },
  initial: 'open',
  states: {
    open: {
      description: 'Waits for a customer.',
      tags: 'rest', // Where nothing more happens, this is no deadlock.
      on: { sell: { target: 'asking', actions: 'take', meta: { rule: 'SHOP-1', source } } },
    },
    asking: {
      description: 'Has asked for the money and repeats itself until it is answered.',
      entry: 'ask',
      on: { Charged: { guard: 'isMine', target: 'open', meta: { rule: 'SHOP-2', source } } },
      after: { askAgainMs: { target: 'asking', reenter: true, meta: { rule: 'SHOP-3', source } } },
    },
  },
});

const bank = setup({
  types: {
    context: {} as { readonly charged: readonly number[] },
    events: {} as Delivered<Charge>,
    emitted: {} as Effect<Charged>,
    meta: {} as Rule,
  },
  guards: {
    wasCharged: ({ context, event }) => context.charged.at(-1) === event.order, // The bug.
  },
  actions: {
    charge: assign({ charged: ({ context, event }) => [...context.charged, event.order] }),
    confirm: emit(({ event }) => ({ type: 'reply', message: { type: 'Charged', order: event.order } })),
  },
}).createMachine({
  id: 'bank',
  options: { maxIterations: 100 },
  context: { charged: [] },
  tags: 'rest',
  on: {
    Charge: [
      { guard: 'wasCharged', actions: 'confirm', meta: { rule: 'BANK-1', source, says: 'What was charged is confirmed again.' } },
      { actions: ['charge', 'confirm'], meta: { rule: 'BANK-2', source, says: 'What is new is charged.' } },
    ],
  },
});

// The protocol: who there is, what may be done, what may go wrong and how often.

export const orders = defineProtocol({
  id: 'orders',
  doc: 'A shop has its orders charged by a bank.',
  source,
  messages: {
    Charge: message({ doc: 'Charge this order.', source, fields, label: ({ order }) => `order ${order}` }),
    Charged: message({ doc: 'This order is charged.', source, fields, label: ({ order }) => `order ${order}` }),
  },
  roles: {
    shop: role(shop, { doc: 'Sells, and asks for the money.', talksTo: ['bank'], commands: { sell: command({ doc: 'A customer buys.' }) } }),
    bank: role(bank, { doc: 'Charges what it is asked for.', talksTo: ['shop'] }),
  },
  scenarios: {
    lossy: {
      doc: 'Messages are lost and doubled.',
      hosts: [namedHost('shop', ['shop']), namedHost('bank', ['bank'])],
      network: { link: 'datagram' },
      faults: { drop: 2, duplicate: 2 },
      commands: { shop: { sell: 3 } },
    },
  },
});

// The claim: what must hold, what must be seen so that it is not empty, and a planted fault that it must find.

export const chargedOnce = defineProperty(orders, {
  id: 'CHARGED-ONCE',
  claim: 'No order is charged twice, however often the shop asks.',
  holdsUnder: ['lossy'],
  always: { once: (world) => world.every('bank', ({ context: { charged } }) => new Set(charged).size === charged.length) },
  recovers: { answered: { withinRounds: 20, holds: (world) => world.every('shop', (each) => each.matches('open')) } },
  sometimes: { twoOrders: (world) => world.some('bank', ({ context }) => context.charged.length > 1) },
  shows: {
    shop: ({ context }) => `order ${context.order}`,
    bank: ({ context }) => `charged ${context.charged.join(', ') || 'nothing'}`,
  },
  mutants: {
    remembersNothing: { doc: 'The bank charges whatever it is asked for.', roles: { bank: { guards: { wasCharged: () => false } } } },
  },
});
