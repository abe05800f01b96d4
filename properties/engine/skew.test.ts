import { assign, emit, setup } from 'xstate';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { Clock } from '../../model/explore/clock.ts';
import { defineProperty } from '../../model/property/property.ts';
import { defineProtocol } from '../../model/protocol/define.ts';
import { namedHost, type ScenarioType } from '../../model/protocol/scenario.ts';
import type { Delivered, Effect } from '../../model/role/effect.ts';
import { message } from '../../model/role/message.ts';
import { command, role } from '../../model/role/role.ts';
import type { Rule } from '../../model/role/rule.ts';
import { verdicts } from '../shared/verdicts.ts';

/** A lease by two clocks: the owner counts a fifth longer than the tenant, so only clocks that differ by more can hurt. */

const source = 'test';

type Lease = { readonly type: 'Lease'; readonly term: number };

const owner = setup({
  types: { context: {} as { readonly term: number }, events: {} as { readonly type: 'let' }, emitted: {} as Effect<Lease>, meta: {} as Rule },
  delays: { ownedAgainMs: 1200 },
  actions: {
    next: assign({ term: ({ context }) => context.term + 1 }),
    grant: emit(({ context }): Effect<Lease> => ({ type: 'broadcast', message: { type: 'Lease', term: context.term } })),
  },
}).createMachine({
  id: 'owner',
  options: { maxIterations: 10 },
  context: { term: 0 },
  initial: 'free',
  states: {
    free: { on: { let: { target: 'leased', actions: ['next', 'grant'], meta: { rule: 'LEASE-1', source } } } },
    leased: { after: { ownedAgainMs: { target: 'free', meta: { rule: 'LEASE-2', source } } } },
  },
});

const tenant = setup({
  types: { events: {} as Delivered<Lease>, meta: {} as Rule, emitted: {} as Effect<Lease> },
  delays: { leaseMs: 1000 },
}).createMachine({
  id: 'tenant',
  options: { maxIterations: 10 },
  initial: 'out',
  states: {
    out: { on: { Lease: { target: 'in', meta: { rule: 'LEASE-3', source } } } },
    in: { after: { leaseMs: { target: 'out', meta: { rule: 'LEASE-4', source } } } },
  },
});

const scenario = (faults: ScenarioType['faults'] = {}): ScenarioType => ({
  doc: 'By the clock.',
  hosts: [namedHost('ann', ['owner']), namedHost('ben', ['tenant'])],
  network: { link: 'connection' },
  faults,
  commands: { owner: { let: 3 } },
  timed: { latencyMs: [1, 50], commandEveryMs: 400, faultEveryMs: 400, endMs: 8_000 },
});

const leases = defineProtocol({
  id: 'lease',
  doc: 'An owner lets something for a time.',
  source,
  messages: { Lease: message({ doc: 'It is yours for a time.', source, fields: z.object({ term: z.int() }) }) },
  roles: {
    owner: role(owner, { doc: 'Lets.', talksTo: ['tenant'], commands: { let: command({ doc: 'Let it.' }) } }),
    tenant: role(tenant, { doc: 'Uses.', talksTo: ['owner'] }),
  },
  scenarios: { trueClocks: scenario(), falseClocks: scenario({ skew: 2 }) },
});

const exclusive = defineProperty(leases, {
  id: 'EXCLUSIVE',
  claim: 'While the tenant is in, the owner does not hold it to be free.',
  holdsUnder: ['trueClocks'],
  failsUnder: { falseClocks: 'The clocks differ by more than the margin.' },
  always: { exclusive: (world) => !(world.some('tenant', ({ value }) => value === 'in') && world.some('owner', ({ value }) => value === 'free')) },
  sometimes: { letAgain: (world) => world.some('owner', ({ context }) => context.term >= 2) },
});

describe('clocks that are not true', () => {
  it('break a lease whose margin is too small, and true clocks do not', () => {
    const { claims } = verdicts(leases, [exclusive], { runs: 200 });
    expect(claims.map(({ id, verdict }) => [id, verdict])).toEqual([['EXCLUSIVE', 'passes']]);
  });

  it('strike only where a clock is read', () => {
    const { timed: _, ...untimed } = scenario({ skew: 1 });
    expect(() => defineProtocol({ ...leases, id: 'untimed', roles: leases.rolesOver({}), scenarios: { untimed } } as never)).toThrow(
      expect.objectContaining({ code: 'SKEW_UNTIMED' }),
    );
  });

  it('show what they showed when their rate changes, and let timers last as long as they say', () => {
    const slow = new Clock(0, 0, 1000).at(10_000, 500);
    expect([slow.read(10_000), slow.read(12_000), slow.lasting(1000)]).toEqual([10_000, 11_000, 2000]);
    const fast = slow.at(12_000, 2000);
    expect([fast.read(12_000), fast.read(13_000), fast.lasting(1000)]).toEqual([11_000, 13_000, 500]);
  });
});
