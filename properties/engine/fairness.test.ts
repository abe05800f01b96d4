import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type AnyStateMachine, createMachine, emit } from 'xstate';
import { defineProtocol } from '../../model/protocol/define.ts';
import type { Protocol } from '../../model/protocol/protocol.ts';
import { namedHost, unlimited } from '../../model/protocol/scenario.ts';
import type { Property, PropertyType } from '../../model/property/property.ts';
import { message } from '../../model/role/message.ts';
import { command, role } from '../../model/role/role.ts';
import { replayTrace } from '../../model/trace/replay.ts';
import { checked } from '../shared/checked.ts';

/**
 * What comes in the end, judged for small protocols that are drawn, and beside it by a search that is written as plainly as
 * can be: over every set of worlds in which a run might stay for ever, by the definition of fairness.
 */

/** Where an event leads, and whether a note goes to the other on the way. */
interface Move {
  readonly to: number;
  readonly says: boolean;
}

/** In a state: where each event leads that it takes. */
type States = readonly Partial<Readonly<Record<Event, Move>>>[];

const events = ['free', 'fair', 'choice', 'timer', 'Note'] as const;
type Event = (typeof events)[number];
type Fair = 'none' | 'weak' | 'strong';

interface Case {
  readonly players: readonly [States, States];
  readonly weak: readonly Event[];
  readonly strong: readonly Event[];
  /** By player, the states of which the claim speaks: the first that leads, and the one that must come. */
  readonly from: readonly [player: 0 | 1, state: number];
  readonly to: readonly [player: 0 | 1, state: number];
}

const hosts = ['ann', 'ben'] as const;
const timer = 'turnMs';

// The protocol as the engine is given it.

const machine = (id: string, states: States): AnyStateMachine => {
  const transition = ({ to, says }: Move) => ({ target: `s${to}`, reenter: true, ...(says ? { actions: 'say' } : {}) });
  const state = (moves: States[number]) => {
    const { timer: fires, ...on } = moves;
    return {
      tags: 'rest',
      on: Object.fromEntries(Object.entries(on).map(([event, move]) => [event, transition(move)])),
      ...(fires === undefined ? {} : { after: { [timer]: transition(fires) } }),
    };
  };
  return createMachine(
    {
      id,
      options: { maxIterations: 10 },
      initial: 's0',
      states: Object.fromEntries(states.map((moves, index) => [`s${index}`, state(moves)])),
      // Every event is taken somewhere.
      on: Object.fromEntries(['free', 'fair', 'choice'].map((event) => [event, { guard: () => false, target: '.s0' }])),
    } as never,
    { actions: { say: emit({ type: 'broadcast', message: { type: 'Note' } } as never) }, delays: { [timer]: 10 } } as never,
  );
};

const player = (id: string, states: States) =>
  role(machine(id, states), {
    doc: 'Plays.',
    commands: { free: command({ doc: 'May be withheld.' }), fair: command({ doc: 'Is given in the end.', fair: true }) },
    choices: { choice: { doc: 'Is made in the end.', options: () => [{}] } },
  });

const protocolOf = ({ players }: Case): Protocol =>
  defineProtocol({
    id: 'drawn',
    doc: 'Two players.',
    source: 'test',
    messages: { Note: message({ doc: 'A note.', source: 'test' }) },
    roles: { ann: player('ann', players[0]), ben: player('ben', players[1]) },
    scenarios: {
      one: {
        doc: 'Two players.',
        hosts: hosts.map((name) => namedHost(name, [name])),
        network: { link: 'datagram', keepsDelivered: true },
        commands: Object.fromEntries(hosts.map((name) => [name, { free: unlimited, fair: unlimited }])),
        bounds: { fires: unlimited },
      },
    },
  } as never) as unknown as Protocol;

const isThere =
  ([who, state]: Case['from']) =>
  (world: Parameters<NonNullable<PropertyType['always']>[string]>[0]): boolean =>
    world.some(hosts[who], (each) => each.matches(`s${state}`));

const nameOf = (event: Event): string => (event === 'timer' ? timer : event);

const claimOf = (protocol: Protocol, { from, to, weak, strong }: Case, leads: boolean): Property => ({
  protocol,
  type: {
    id: 'COMES',
    claim: 'It comes.',
    holdsUnder: ['one'],
    ...(leads ? { leadsTo: { it: [isThere(from), isThere(to)] } } : { eventually: { it: isThere(to) } }),
    fairness: { weak: weak.map(nameOf), strong: strong.map(nameOf) },
  },
});

// The same, plainly.

/** The state of each player, and whether a note waits for each; what waits is never used up. */
type World = readonly [number, number, boolean, boolean];
interface Edge {
  readonly unit: string;
  readonly event: Event;
  readonly to: string;
}

const worldsOf = ({ players }: Case): ReadonlyMap<string, readonly Edge[]> => {
  const hears = players.map((states) => states.some((moves) => moves.Note !== undefined));
  const edgesOf = (world: World): readonly Edge[] =>
    ([0, 1] as const).flatMap((who) =>
      Object.entries(players[who][world[who]] ?? {}).flatMap(([event, { to, says }]): Edge[] => {
        if (event === 'Note' && !world[2 + who]) return [];
        const next = [...world] as unknown as [number, number, boolean, boolean];
        next[who] = to;
        if (says && hears[1 - who]) next[3 - who] = true;
        const isEffective = says || JSON.stringify(next) !== JSON.stringify(world);
        // A timer is one of its state: those of two states are two, though they are called alike.
        const unit = `${who} ${event}${event === 'timer' ? ` of ${world[who]}` : ''}`;
        return isEffective ? [{ unit, event: event as Event, to: JSON.stringify(next) }] : [];
      }),
    );
  const found = new Map<string, readonly Edge[]>();
  const todo = [JSON.stringify([0, 0, false, false])];
  for (let at = todo.pop(); at !== undefined; at = todo.pop()) {
    if (found.has(at)) continue;
    const edges = edgesOf(JSON.parse(at) as World);
    found.set(at, edges);
    todo.push(...edges.map(({ to }) => to));
  }
  return found;
};

const mostOwed = 12;

/** Whether some fair run never comes to what is owed; null where the worlds are too many for this. */
const failsPlainly = (drawn: Case, leads: boolean): boolean | null => {
  const worlds = worldsOf(drawn);
  const is = ([who, state]: Case['from'], world: string): boolean => (JSON.parse(world) as World)[who] === state;
  const isMet = (world: string): boolean => is(drawn.to, world);
  const [start] = worlds.keys();
  const owed = new Set<string>();
  const todo = leads ? [...worlds.keys()].filter((world) => is(drawn.from, world)) : [start as string];
  for (let at = todo.pop(); at !== undefined; at = todo.pop()) {
    if (owed.has(at) || isMet(at)) continue;
    owed.add(at);
    todo.push(...(worlds.get(at) ?? []).map(({ to }) => to));
  }
  if (owed.size > mostOwed) return null;
  const fairnessOf = (event: Event): Fair => {
    if (drawn.strong.includes(event)) return 'strong';
    return drawn.weak.includes(event) || event !== 'free' ? 'weak' : 'none';
  };
  const all = [...owed];
  for (let bits = 1; bits < 1 << all.length; bits++) {
    const within = all.filter((_, bit) => (bits >> bit) & 1);
    const inside = (world: string): readonly Edge[] => (worlds.get(world) ?? []).filter(({ to }) => within.includes(to));
    const reached = (from: string): Set<string> => {
      const seen = new Set<string>();
      const next = [from];
      for (let at = next.pop(); at !== undefined; at = next.pop())
        if (!seen.has(at)) {
          seen.add(at);
          next.push(...inside(at).map(({ to }) => to));
        }
      return seen;
    };
    if (!within.every((world) => reached(world).size === within.length)) continue;
    const taken = new Set(within.flatMap(inside).map(({ unit }) => unit));
    const possible = within.flatMap((world) => [...new Map((worlds.get(world) ?? []).map((edge) => [edge.unit, edge])).values()]);
    const isStarved = ({ unit, event }: Edge): boolean => {
      if (taken.has(unit)) return false;
      const kind = fairnessOf(event);
      return kind === 'strong' || (kind === 'weak' && possible.filter((edge) => edge.unit === unit).length === within.length);
    };
    if (!possible.some(isStarved)) return true;
  }
  return false;
};

const move = fc.oneof(
  { weight: 5, arbitrary: fc.constant(undefined) },
  { weight: 3, arbitrary: fc.record({ to: fc.integer({ min: 0, max: 2 }), says: fc.boolean() }) },
);
const states = fc
  .tuple(...[0, 1, 2].map(() => fc.record({ free: move, fair: move, choice: move, timer: move, Note: move })))
  .map((drawn) => drawn.map((moves) => Object.fromEntries(Object.entries(moves).filter(([, each]) => each !== undefined)) as States[number]));
const place = fc.tuple(fc.constantFrom(0 as const, 1 as const), fc.integer({ min: 0, max: 2 }));
const cases = fc.record({
  players: fc.tuple(states, states),
  weak: fc.subarray([...events]),
  strong: fc.subarray([...events]),
  from: place,
  to: place,
});

describe('what comes in the end, of protocols that are drawn', () => {
  it.each([
    ['eventually', false],
    ['leadsTo', true],
  ] as const)('is told as by every set of worlds in which a fair run could stay: %s', (_, leads) => {
    const count = { holds: 0, ends: 0, loops: 0 };
    fc.assert(
      fc.property(cases, (drawn) => {
        const fails = failsPlainly(drawn, leads);
        fc.pre(fails !== null);
        const protocol = protocolOf(drawn);
        const claim = claimOf(protocol, drawn, leads);
        const report = checked({ protocol, properties: [claim], scenario: 'one' });
        expect(report.distinct).toBe(worldsOf(drawn).size);
        expect(report.verdict).toBe(fails ? 'violated' : 'holds');
        const trace = report.violation?.trace;
        if (trace === undefined) count.holds++;
        else {
          // A replay looks for itself whether the loop closes, is fair, and never meets what is owed.
          expect(replayTrace(protocol, [claim], trace)).toMatchObject({ reproduced: true, divergence: null });
          count[trace.loop === trace.steps.length ? 'ends' : 'loops']++;
        }
      }),
      { numRuns: 120 },
    );
    expect(Math.min(count.holds, count.ends, count.loops)).toBeGreaterThan(3);
  });
});
