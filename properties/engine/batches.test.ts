import { describe, expect, it } from 'vitest';
import { assign, setup } from 'xstate';
import { type CatalogueEntry, catalogue } from '../../cli/catalogue.ts';
import type { Crew } from '../../model/explore/exhaustive/parallel/crew.ts';
import { Keeper, type Subject } from '../../model/explore/exhaustive/keeper.ts';
import type { CheckReport } from '../../model/explore/exhaustive/report.ts';
import { Search } from '../../model/explore/exhaustive/search.ts';
import type { RolecallError } from '../../model/kernel/errors.ts';
import { twoPhaseCommit } from '../../spec/reference/two-phase-commit.ts';
import { twoPhaseCommitProperties } from '../reference/two-phase-commit.property.ts';
import { Random } from '../../model/kernel/random.ts';
import { Arena, scenarioOf } from '../../model/property/arena.ts';
import { modelDigest } from '../../model/trace/digest.ts';
import { settingOf } from '../../model/world/system.ts';
import { checked } from '../shared/checked.ts';
import { keeping, readerOf } from '../shared/kept.ts';
import { late } from '../shared/late.ts';
import { command, role, type RoleType } from '../../model/role/role.ts';
import type { Property, WorldView } from '../../model/property/property.ts';
import { namedHost, unlimited } from '../../model/protocol/scenario.ts';
import { stage } from './speaker.ts';

/** Batches in this thread alone: what they find does not depend on who expands a chunk. */
const crew = (more: Partial<Crew> = {}): Crew => ({
  ...{ size: 0, patienceMs: 1, lost: () => 0, thrown: () => null },
  ...{ begin: () => {}, isReady: () => true, tell: () => {}, end: () => {} },
  ...more,
});

type Asked = Parameters<typeof checked>[0];

const both = (asked: Asked): readonly [alone: CheckReport, batches: CheckReport] => [checked(asked), checked({ ...asked, crew: crew() })];

interface Dial {
  readonly at: number;
}

const numbers = 80;

/** A dial that may be turned to any number. */
const dial = role(
  setup({
    types: { context: {} as Dial, events: {} as { type: 'turn'; to: number } },
    actions: { turn: assign({ at: ({ event }) => event.to }) },
  }).createMachine({
    id: 'dial',
    options: { maxIterations: 10 },
    context: { at: 0 },
    on: { turn: { actions: 'turn', meta: { rule: 'DIAL-1', source: 'test' } } },
  }),
  { doc: 'Shows a number.', commands: { turn: command({ doc: 'Turn it.', values: () => Array.from({ length: numbers }, (_, to) => ({ to })) }) } },
) as unknown as RoleType;

describe('a search by the batch says what one world after the other says', () => {
  const six = { protocol: twoPhaseCommit, properties: twoPhaseCommitProperties, scenario: 'six' };

  it('of all worlds', () => {
    const [alone, batches] = both(six);
    expect(alone.distinct).toBe(50_816);
    expect(batches).toEqual(alone);
  });

  it('of each world: its row, the world before it, its place', () => {
    const [one, many] = [keeping(), keeping()];
    checked({ ...six, maxStates: 30_000, keeping: one.keeping });
    checked({ ...six, maxStates: 30_000, keeping: many.keeping, crew: crew() });
    expect(one.bytes().length).toBeGreaterThan(30_000 * 8);
    expect(many.bytes().equals(one.bytes())).toBe(true);
  });

  it('and is kept whole where worlds were learned that it has not come to', () => {
    const scenario = scenarioOf(twoPhaseCommit, 'six');
    const arena = new Arena(twoPhaseCommit, scenario, twoPhaseCommitProperties, null);
    const place = arena.at(settingOf(scenario, 0, new Random(1)));
    const search = new Search(place.world, place.judge, 'breadth', { states: 1_000_000, depth: 1_000_000 });
    const subject: Subject = {
      ...{ protocol: twoPhaseCommit.id, scenario: 'six', mutant: null, order: 'breadth', maxDepth: 1_000_000, size: null, reductions: null },
      properties: twoPhaseCommitProperties.map(({ type }) => type.id),
      hosts: [...place.system.hosts],
      model: modelDigest(twoPhaseCommit, 'six', null),
    };
    const keeper = new Keeper(subject, place, search);
    while (search.expanded < 500) search.advance(500);
    const before = search.plans.misses;
    for (let ahead = search.expanded + 100; ahead < search.visited.count; ahead++) {
      search.learn(ahead);
      search.onExpanded?.(ahead);
    }
    expect(search.plans.misses).toBeGreaterThan(before);
    const resumed = readerOf(Buffer.concat([...keeper.pieces(0, [])]));
    expect(checked({ ...six, resumed })).toMatchObject({ verdict: 'holds', distinct: 50_816, generated: 402_306, queue: 0 });
  });

  it.each(Object.entries(late))('of a claim that fails late: %s', (_, property) => {
    const [alone, batches] = both({ ...six, properties: [...twoPhaseCommitProperties, property] });
    expect([alone.verdict, alone.violation?.property, alone.distinct > 20_000]).toEqual(['violated', property.type.id, true]);
    expect(batches).toEqual(alone);
  });

  it.each([
    ['print', 'everyEnd', 'anybodyCancels'],
    ['chat', 'everyLine', 'showsWhateverComes'],
  ])('of a planted fault that is found while there is much to learn, and of how much that was: %s, %s, %s', async (id, scenario, mutant) => {
    const { protocol, properties } = await (catalogue.find((entry) => entry.id === id) as CatalogueEntry).load();
    const [alone, batches] = both({ protocol, properties, scenario, mutant });
    expect([alone.verdict, alone.distinct > 6_000]).toEqual(['violated', true]);
    expect(batches).toEqual(alone);
  });

  it.each([{ maxStates: 20_000 }, { maxDepth: 12 }])('of a search that a limit ends: %j', (limit) => {
    const [alone, batches] = both({ ...six, ...limit });
    expect(alone.verdict).toBe('unknown');
    expect(batches).toEqual(alone);
  });

  it('of worlds that lead to more new ones than are reckoned with where the limit is near', () => {
    const names = ['ada', 'bob', 'cyd'];
    const protocol = stage(
      { dial },
      { hosts: names.map((name) => namedHost(name, ['dial'])), network: { link: 'datagram' }, commands: { dial: { turn: unlimited } } },
    );
    const shows = (world: WorldView, host: string, number: number): boolean =>
      world.some('dial', ({ context, host: name }) => name === host && (context as Dial).at === number);
    // One thread comes to the second of these worlds before the limit, and not to the third.
    const shown = [0, 50, 55].map((n) => [
      `ada${n}`,
      (world: WorldView): boolean => shows(world, 'ada', n) && shows(world, 'bob', 7) && shows(world, 'cyd', 7),
    ]);
    const property = {
      protocol,
      type: { id: 'SHOWN', claim: 'All numbers are shown.', holdsUnder: ['one'], sometimes: Object.fromEntries(shown) },
    } as unknown as Property;
    const [alone, batches] = both({ protocol, properties: [property], scenario: 'one', maxStates: 340_000 });
    expect([alone.ranOut, alone.properties[0]?.sometimes]).toEqual(['states', { ada0: true, ada50: true, ada55: false }]);
    expect(batches).toEqual(alone);
  });

  it.each([
    ['stream', 'everyCalm', 'holds', 20_000],
    ['blockchain', 'everyCrash', 'unknown', 12_000],
  ])('of faults: %s, %s', async (id, scenario, verdict, maxStates) => {
    const { protocol, properties } = await (catalogue.find((entry) => entry.id === id) as CatalogueEntry).load();
    const [alone, batches] = both({ protocol, properties, scenario, maxStates });
    expect(alone.verdict).toBe(verdict);
    expect(batches).toEqual(alone);
  });

  it('of a thread that says nothing, without which it goes on', () => {
    const alone = checked(six);
    const silent = checked({ ...six, crew: crew({ size: 1 }) });
    expect(silent).toEqual({ ...alone, expandedBy: [alone.distinct, 0], threadsLost: 1 });
  });

  it('of threads that have died before they were given anything', () => {
    const alone = checked(six);
    const dead = checked({ ...six, crew: crew({ size: 2, isReady: () => false, lost: () => 2 }) });
    expect(dead).toEqual({ ...alone, expandedBy: [alone.distinct, 0, 0], threadsLost: 2 });
  });

  it.each([
    [{ order: 'depth' as const }, 'Search breadth first'],
    [{ reduce: true }, 'Add --no-reduction'],
  ])('and refuses what follows from one world after the other: %j', (more, advice) => {
    const refused = (): CheckReport => checked({ ...six, ...more, crew: crew() });
    expect(refused).toThrow(expect.objectContaining<Partial<RolecallError>>({ code: 'WORKERS_ALONE', advice: expect.stringContaining(advice) }));
  });
});
