import { describe, expect, it } from 'vitest';
import type { AnyMachineSnapshot } from 'xstate';
import type { Effect } from '../../model/role/effect.ts';
import { Stepper } from '../../model/role/step.ts';
import { adderOver } from './adder.ts';
import { counting, guarded } from './domain.ts';
import { replyCache } from './ledger.ts';
import { serverOver } from './server.ts';
import { half } from './tiers.ts';

/** A role, stepped by events; what it did last. */
class Stepped {
  readonly stepper: Stepper;
  snapshot: AnyMachineSnapshot;
  effects: readonly Effect[] = [];
  rules: readonly string[] = [];
  delays: readonly number[] = [];

  constructor(machine: ConstructorParameters<typeof Stepper>[0], input: object) {
    this.stepper = new Stepper(machine);
    this.snapshot = this.stepper.start(input as never).snapshot;
  }

  hear(event: { readonly type: string; readonly [field: string]: unknown }): this {
    const done = this.stepper.step(this.snapshot, event);
    [this.snapshot, this.effects, this.rules] = [done.snapshot, done.effects, done.rules];
    this.delays = done.started.map((timer) => timer.delayMs);
    return this;
  }
}

const timer = { type: 'xstate.after.answerMs.request-response.client.waiting' };
const client = (...servers: readonly string[]) => new Stepped(adderOver(counting), { stored: {}, params: { servers } });

describe('a client', () => {
  it('stores the next id before it asks, and takes the response with its id only', () => {
    const role = client('s').hear({ type: 'add', amount: 1 });
    expect(role.effects.map((effect) => effect.type)).toEqual(['persist', 'invoke', 'send']);
    expect(role.hear({ type: 'Response', id: 9, result: { ok: true, value: 1 }, from: 's' }).rules).toEqual([]);
    role.hear({ type: 'Response', id: 0, result: { ok: true, value: 1 }, from: 's' });
    expect(role.effects).toMatchObject([{ type: 'return', outcome: { definite: true } }]);
  });

  it('retransmits with doubled time-outs, then turns to the next server, then gives up without a certain outcome', () => {
    const role = client('s', 't').hear({ type: 'read' });
    const delays = [role.delays];
    for (let attempt = 0; attempt < counting.patience.retries; attempt++) delays.push(role.hear(timer).delays);
    expect(delays.flat()).toEqual([1_000, 2_000, 4_000, 8_000]);
    expect(role.hear(timer).effects).toMatchObject([{ to: 't', message: { type: 'Request', id: 0 } }]);
    for (let attempt = 0; attempt < counting.patience.retries; attempt++) role.hear(timer);
    expect(role.hear(timer).effects).toMatchObject([{ type: 'return', outcome: { definite: false } }]);
    expect(role.snapshot.value).toBe('idle');
  });

  it('takes a broken connection for a time-out that comes at once', () => {
    const role = client('s', 't').hear({ type: 'read' });
    expect(role.hear({ type: 'disconnected', from: 'x' }).rules).toEqual([]);
    expect(role.hear({ type: 'disconnected', from: 's' }).effects).toMatchObject([{ to: 't' }]);
  });

  it('goes on with the id that it had stored', () => {
    const role = new Stepped(adderOver(counting), { stored: { client: { nextId: 7, local: {} } }, params: { servers: ['s'] } });
    expect(role.hear({ type: 'read' }).effects).toMatchObject([{}, {}, { message: { id: 7 } }]);
  });
});

describe('a server', () => {
  const request = (id: number, from = 'c') => ({ type: 'Request', id, call: { type: 'add', amount: 5 }, from });

  it('executes a request once, stores, and replies', () => {
    const role = new Stepped(serverOver(counting), { stored: {}, params: null }).hear(request(0));
    expect(role.effects.map((effect) => effect.type)).toEqual(['persist', 'reply']);
    role.hear(request(0));
    expect(role.rules).toEqual(['SERVER-2']);
    expect(role.effects).toMatchObject([{ type: 'reply', message: { id: 0, result: { ok: true, value: 5 } } }]);
    expect(role.hear(request(0, 'd')).effects).toMatchObject([{}, { message: { result: { value: 10 } } }]);
  });

  it('remembers so many answers and no more', () => {
    const role = new Stepped(serverOver({ ...counting, ledger: replyCache(1) }), { stored: {}, params: null })
      .hear(request(0))
      .hear(request(1))
      .hear(request(0));
    expect(role.effects).toMatchObject([{}, { message: { id: 0, result: { value: 15 } } }]);
  });

  it('answers what it does not know with an error', () => {
    const role = new Stepped(serverOver(counting), { stored: {}, params: null }).hear({
      type: 'Request',
      id: 0,
      call: { type: 'divide' },
      from: 'c',
    });
    expect(role.effects).toMatchObject([{}, { message: { result: { ok: false, error: 'no operation divide' } } }]);
  });

  it('denies what its user asked for who was revoked before the answer came from behind', () => {
    const role = new Stepped(serverOver({ ...guarded, service: half, behind: 'agent' }), { stored: {}, params: null });
    const asks = { type: 'Request', id: 0, call: { type: 'read' }, credential: { user: 'cleo', secret: 'swordfish' }, from: 'cleo' };
    const learnt = { type: 'Learnt', onBehalfOf: { client: 'cleo', id: 0 }, result: { ok: true, value: 8 }, from: 'sam' };
    expect(role.hear(asks).effects).toMatchObject([{ type: 'tell', message: { type: 'Ask' } }]);
    expect(role.hear({ type: 'revoke', user: 'cleo' }).hear(learnt).effects).toMatchObject([
      { type: 'send', to: 'cleo', message: { type: 'Response', id: 0, result: { ok: false, error: 'denied' } } },
    ]);
    expect(role.hear(learnt).rules).toEqual([]);
  });

  it('begins, after a restart, with what it had stored', () => {
    const first = new Stepped(serverOver(counting), { stored: {}, params: null }).hear(request(0));
    const stored = first.effects.find((effect) => effect.type === 'persist');
    const again = new Stepped(serverOver(counting), { stored: { server: (stored as unknown as { readonly value: unknown }).value }, params: null });
    expect(again.hear(request(0)).rules).toEqual(['SERVER-2']);
  });
});
