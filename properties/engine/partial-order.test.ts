import * as fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { type AnyStateMachine, emit, setup } from 'xstate';
import { Ample } from '../../model/explore/exhaustive/reduction/ample.ts';
import { Conduct } from '../../model/explore/exhaustive/reduction/conduct.ts';
import { Observed } from '../../model/explore/exhaustive/reduction/observed.ts';
import { Stuttering } from '../../model/explore/exhaustive/reduction/stuttering.ts';
import { line, mesh } from '../../model/network/topology.ts';
import { defineProperty, type WorldView } from '../../model/property/property.ts';
import { defineProtocol } from '../../model/protocol/define.ts';
import type { Protocol } from '../../model/protocol/protocol.ts';
import { namedHost, type ScenarioType, unlimited } from '../../model/protocol/scenario.ts';
import type { Effect } from '../../model/role/effect.ts';
import { message } from '../../model/role/message.ts';
import type { Action } from '../../model/world/action.ts';
import { command, role, type RoleType } from '../../model/role/role.ts';
import { checked } from '../shared/checked.ts';

/**
 * Protocols that are drawn: up to three hosts, each with a machine of its own of a few states, whose tables say what a
 * message, a command or a timer leads to, and what is sent. The search that leaves out orders has to say of each what the
 * search of all orders says; and with a condition taken from it, it must not.
 */

const names = ['ann', 'ben', 'cas'];
const states = 3;
const types = ['A', 'B'] as const;

interface Rule {
  readonly from: number;
  readonly on: (typeof types)[number] | 'go' | 'after';
  readonly to: number;
  /** A message to the host with this number, of this type; or none. */
  readonly sends: readonly { readonly to: number; readonly type: (typeof types)[number] }[];
}

interface Drawn {
  readonly machines: readonly (readonly Rule[])[];
  readonly network: ScenarioType['network'];
  readonly faults: ScenarioType['faults'];
  readonly go: number;
  /** The first two machines must not be in these states at once; nobody looks at the third. */
  readonly never: readonly [number, number];
  /** A claim about two states, or none; the third machine is no concern of it either. */
  readonly step: keyof typeof steps | null;
}

const isIn = (world: WorldView, host: 0 | 1, state: number): boolean => world.every(`role${host}`, ({ matches }) => matches(`s${state}`));

/** With the states that must not be at once: claims about two states, the first of which holds where nothing changes that it looks at. */
const steps = {
  staysThere: (a: number, b: number) => (before: WorldView, _: Action, after: WorldView) =>
    !(isIn(before, 0, a) && !isIn(after, 0, a) && isIn(after, 1, b)),
  movesThen: (a: number, b: number) => (before: WorldView, _: Action, after: WorldView) =>
    !isIn(before, 1, b) || isIn(before, 0, a) !== isIn(after, 0, a),
} as const;

const rule = (count: number): fc.Arbitrary<Rule> =>
  fc.record({
    from: fc.nat(states - 1),
    on: fc.constantFrom('A', 'B', 'A', 'B', 'go', 'after'),
    to: fc.nat(states - 1),
    sends: fc.array(fc.record({ to: fc.nat(count - 1), type: fc.constantFrom(...types) }), { maxLength: 2 }),
  });

/** Sets of messages are finite whatever happens; where messages are counted, machines only go on. */
const drawn: fc.Arbitrary<Drawn> = fc
  .record({
    count: fc.integer({ min: 2, max: 3 }),
    keepsDelivered: fc.boolean(),
    ordered: fc.boolean(),
    isLine: fc.boolean(),
    stays: fc.boolean(),
    faults: fc.constantFrom({}, {}, {}, { drop: 1 }, { crash: 1 }),
    go: fc.constantFrom(1, 2, unlimited),
    never: fc.tuple(fc.nat(states - 1), fc.nat(states - 1)),
  })
  .chain(({ count, keepsDelivered, ordered, isLine, stays, ...rest }) =>
    fc.array(fc.array(rule(count), { minLength: 2, maxLength: 6 }), { minLength: count, maxLength: count }).map(
      (machines): Drawn => ({
        ...rest,
        step: null,
        machines: keepsDelivered ? machines : machines.map((rules) => rules.filter(({ from, to }) => to > from)),
        network: {
          link: 'datagram',
          topology: isLine ? line() : mesh(),
          ...(keepsDelivered ? { keepsDelivered } : { ordered }),
          ...(stays ? { refused: 'stays' } : {}),
        },
      }),
    ),
  );

const machineOf = (id: string, rules: readonly Rule[]): AnyStateMachine => {
  const actions: Record<string, unknown> = {};
  const nodes = Object.fromEntries(
    // Nothing leads to the last one, so that a claim may look at where a machine is and never fail.
    Array.from({ length: states + 1 }, (_, from) => {
      const table: Record<'on' | 'after', Record<string, object>> = { on: {}, after: {} };
      for (const { on, to, sends } of rules.filter((one) => one.from === from)) {
        const [where, event] = on === 'after' ? (['after', 'waitMs'] as const) : (['on', on] as const);
        const done = sends.map(({ to: host, type }) => {
          const name = `${type}${host}`;
          actions[name] = emit({ type: 'send', to: names[host], message: { type } } as never);
          return name;
        });
        table[where][event] ??= { target: `s${to}`, actions: done, meta: { rule: `${id}-${from}-${on}`, source: 'drawn' } };
      }
      return [`s${from}`, { ...table, ...(from === states - 1 ? { tags: 'rest' } : {}) }];
    }),
  );
  return setup({
    types: {} as { events: { type: string }; emitted: Effect },
    delays: { waitMs: 10 },
    actions: actions as never,
  }).createMachine({ id, options: { maxIterations: 20 }, initial: 's0', states: nodes } as never) as unknown as AnyStateMachine;
};

/** What no state takes is not declared. */
const isTold = (rules: readonly Rule[]): boolean => rules.some(({ on }) => on === 'go');

const protocolOf = ({ machines, network, faults, go }: Drawn): Protocol =>
  defineProtocol({
    id: 'drawn',
    doc: 'Drawn.',
    source: 'drawn',
    messages: Object.fromEntries(types.map((type) => [type, message({ doc: type, source: 'drawn' })])),
    roles: Object.fromEntries(
      machines.map((rules, at) => [
        `role${at}`,
        role(machineOf(`m${at}`, rules), {
          doc: 'Drawn.',
          ...(isTold(rules) && { commands: { go: command({ doc: 'Go.' }) } }),
          hearsSender: false,
        } as never) as unknown as RoleType,
      ]),
    ),
    scenarios: {
      one: {
        doc: 'Drawn.',
        hosts: machines.map((_, at) => namedHost(names[at] as string, [`role${at}`])),
        network,
        faults,
        commands: Object.fromEntries(machines.flatMap((rules, at) => (isTold(rules) ? [[`role${at}`, { go }]] : []))),
        bounds: { fires: 1 },
      },
    },
  } as never) as unknown as Protocol;

/** What the two searches have to agree on. */
interface Said {
  readonly verdict: string;
  readonly sometimes: readonly unknown[];
  readonly deadlocks: number;
  readonly rules: readonly string[];
  readonly distinct: number;
  readonly alone: number;
  readonly refused: string | null;
  readonly steps: number;
}

const withFaults = drawn.map((one): Drawn => ({ ...one, faults: { crash: 1 } }));

/** Which message comes first matters where there is room for one. */
const withBuffers = fc.tuple(drawn, fc.constantFrom(1, 2, 3)).map(([one, buffer]): Drawn => ({ ...one, network: { ...one.network, buffer } }));

const withSteps = fc.tuple(drawn, fc.constantFrom('staysThere', 'movesThen')).map(([one, step]): Drawn => ({ ...one, step }));

/** A machine that goes on so many times, each time it is told to. */
const counting = (times: number): readonly Rule[] => Array.from({ length: times }, (_, from) => ({ from, on: 'go', to: from + 1, sends: [] }));

/** Three that count to two at most, with claims about the first two. */
const threeThatCount = (first: number, rest: Pick<Drawn, 'never' | 'step'>): Drawn => ({
  ...{ machines: [counting(first), counting(2), counting(2)], network: { link: 'datagram' }, faults: {}, go: unlimited },
  ...rest,
});

const searched = (one: Drawn, reduce: boolean): Said => {
  const protocol = protocolOf(one);
  const [a, b] = one.never;
  const claim = defineProperty(protocol, {
    id: 'NEVER',
    claim: 'Never both.',
    holdsUnder: ['one'],
    ...(one.step === null
      ? { always: { both: (world: WorldView) => !(isIn(world, 0, a) && isIn(world, 1, b)) } }
      : { step: { both: steps[one.step](a, b) } }),
    sometimes: { ends: (world: WorldView) => world.some('role1', ({ matches }) => matches(`s${states - 1}`)) },
  } as never);
  const report = checked({ protocol, properties: [claim], scenario: 'one', reduce, maxStates: 500 });
  const ordered = report.reductions.find(({ name }) => name === 'partial order');
  return {
    verdict: report.ranOut ?? report.verdict,
    // What was met on the way to a violation depends on the way.
    sometimes: report.violation === null ? report.properties.map(({ sometimes }) => sometimes) : [],
    deadlocks: report.violation === null ? report.deadlocks.count : 0,
    rules: report.violation === null ? report.rulesNeverFired : [],
    distinct: report.distinct,
    alone: ordered?.alone ?? 0,
    refused: ordered?.refused ?? null,
    steps: report.violation?.trace.steps.length ?? 0,
  };
};

/** Whether the reduced search says what the plain one says. */
const agree = (one: Drawn): boolean => {
  const [plain, reduced] = [searched(one, false), searched(one, true)];
  if (plain.verdict === 'states') return true;
  const same = (said: Said): string => JSON.stringify([said.verdict, said.sometimes, said.deadlocks, said.rules, said.steps]);
  return same(plain) === same(reduced) && reduced.distinct <= plain.distinct;
};

describe('a search that leaves out orders', () => {
  afterEach(() => {
    vi.restoreAllMocks();
  });

  it('says of protocols that are drawn what the search of all orders says', () => {
    fc.assert(fc.property(drawn, agree), { numRuns: 60 });
    fc.assert(fc.property(withBuffers, agree), { numRuns: 30 });
  });

  it('says so of claims about two states', () => {
    fc.assert(fc.property(withSteps, agree), { numRuns: 40 });
  });

  it('leaves out the orders of what nobody looks at: three count to two, and a claim looks at two of them', () => {
    const one = threeThatCount(2, { never: [2, 3], step: null });
    // Four steps show nothing, and are taken one after the other; the last ones of the first two are looked at, in both orders.
    expect([searched(one, false).distinct, searched(one, true).distinct]).toEqual([27, 8]);
  });

  it('does so with a claim about two states that holds of every step that changes nothing it looks at, and with no other', () => {
    const stays = threeThatCount(2, { never: [2, 2], step: 'staysThere' });
    expect([searched(stays, false).distinct, searched(stays, true).distinct]).toEqual([27, 8]);
    const moves = searched(threeThatCount(1, { never: [0, 1], step: 'movesThen' }), true);
    expect([moves.alone, moves.refused]).toEqual([0, expect.stringContaining('does not hold of every step that changes nothing')]);
  });

  // Each takes one condition away; some protocol has to show that it is needed.
  const faults: readonly (readonly [what: string, plant: () => void])[] = [
    ['forgets that claims may see a step', () => vi.spyOn(Observed.prototype, 'tellApart').mockReturnValue(false)],
    ['forgets that others may still send', () => vi.spyOn(Conduct.prototype, 'maySend').mockReturnValue(false)],
    ['puts steps off for ever round a cycle', () => vi.spyOn(Ample.prototype, 'suffices').mockReturnValue(true)],
    [
      'forgets that faults may still strike',
      () => {
        const { choose } = Ample.prototype;
        vi.spyOn(Ample.prototype as unknown as { mayStrike: () => boolean }, 'mayStrike').mockReturnValue(false);
        vi.spyOn(Ample.prototype, 'choose').mockImplementation(function (this: Ample, plans, affords) {
          return choose.call(this, plans, affords, false);
        });
      },
    ],
  ];

  it.each(faults)('is found out where it %s', (what, plant) => {
    plant();
    expect(
      fc.check(fc.property(what.includes('faults') ? withFaults : drawn, agree), {
        numRuns: 150,
        seed: 11,
        endOnFailure: true,
      }).failed,
    ).toBe(true);
  });

  it('is found out where it forgets that a buffer may be full', () => {
    // Two send to one that has room for one message: the second, at which a claim looks, or the third, at which none does.
    const sends = (type: 'A' | 'B'): readonly Rule[] => [{ from: 0, on: 'go', to: 1, sends: [{ to: 0, type }] }];
    const hears = (['A', 'B'] as const).map((on, at): Rule => ({ from: 0, on, to: at + 1, sends: [] }));
    const network = { link: 'datagram', buffer: 1 } as const;
    const one: Drawn = { machines: [hears, sends('A'), sends('B')], network, faults: {}, go: unlimited, never: [1, 1], step: null };
    expect([agree(one), searched(one, true).refused]).toEqual([true, expect.stringContaining('half of what it takes')]);
    vi.spyOn(Ample.prototype as unknown as { mindBounds: () => void }, 'mindBounds').mockReturnValue();
    expect(agree(one)).toBe(false);
  });

  it('is found out where it forgets that claims may see that nothing changes', () => {
    // The first moves once; while the second has come to its end, the third must not.
    const one = threeThatCount(1, { never: [0, 2], step: 'movesThen' });
    expect(agree(one)).toBe(true);
    vi.spyOn(Stuttering.prototype, 'doubt').mockReturnValue(null);
    expect(agree(one)).toBe(false);
  });
});
