import { assign, emit, setup } from 'xstate';
import * as z from 'zod';
import { describe, expect, it } from 'vitest';
import type { CheckReport } from '../../model/explore/exhaustive/report.ts';
import { interchangeable } from '../../model/explore/exhaustive/reduction/interchange.ts';
import { Permuting } from '../../model/explore/exhaustive/reduction/permuting.ts';
import { Search } from '../../model/explore/exhaustive/search.ts';
import { Random } from '../../model/kernel/random.ts';
import { given, line } from '../../model/network/topology.ts';
import { Arena, scenarioOf } from '../../model/property/arena.ts';
import { defineProperty, type Property, type WorldView } from '../../model/property/property.ts';
import { defineProtocol } from '../../model/protocol/define.ts';
import type { Protocol } from '../../model/protocol/protocol.ts';
import { type HostType, namedHost, type ScenarioType, unlimited } from '../../model/protocol/scenario.ts';
import type { Delivered, Effect } from '../../model/role/effect.ts';
import { hostName, message } from '../../model/role/message.ts';
import { command, role } from '../../model/role/role.ts';
import { settingOf } from '../../model/world/system.ts';
import { twoPhaseCommit } from '../../spec/reference/two-phase-commit.ts';
import { checked as checkedWhole } from '../shared/checked.ts';
import { twoPhaseCommitProperties } from '../reference/two-phase-commit.property.ts';

/** A bound on depth refuses partial order, so that symmetry is seen alone. */
const checked = (protocol: Protocol, properties: readonly Property[], reduce: boolean, more: object = {}): CheckReport =>
  checkedWhole({ protocol, properties, scenario: 'one', reduce, maxDepth: 1_000, ...more });

const symmetryOf = ({ reductions }: CheckReport) => reductions.find(({ name }) => name === 'symmetry');

/** How many worlds differ in more than in what hosts are called: worlds that one exchange of two hosts turns into each other are joined. */
const classesOf = (protocol: Protocol, properties: readonly Property[], name: string): number => {
  const scenario = scenarioOf(protocol, name);
  const { world, judge, system } = new Arena(protocol, scenario, properties, null).at(settingOf(scenario, 0, new Random(1)));
  const search = new Search(world, judge, 'breadth', { states: 100_000, depth: 1_000 });
  while (search.advance(10_000));
  const permuting = new Permuting(system, interchangeable(system));
  const numbers = new Map<string, number>();
  const rows = Array.from({ length: search.visited.count }, (_, index) => {
    search.restore(index);
    numbers.set(world.row.join(), index);
    return Int32Array.from(world.row);
  });
  const least = rows.map((_, index) => index);
  const rootOf = (index: number): number => (least[index] === index ? index : rootOf(least[index] as number));
  const renamed = new Int32Array(system.width);
  for (const [index, row] of rows.entries())
    for (const group of permuting.groups)
      for (const host of group.slice(1)) {
        const images = permuting.identity();
        images[group[0] as number] = host;
        images[host] = group[0] as number;
        permuting.permute(row, images, renamed);
        const other = numbers.get(renamed.join());
        if (other === undefined) throw new Error('a world under other names is no world that was found');
        least[Math.max(rootOf(index), rootOf(other))] = Math.min(rootOf(index), rootOf(other));
      }
  return rows.filter((_, index) => rootOf(index) === index).length;
};

describe('two-phase commit with interchangeable participants', () => {
  const protocol = twoPhaseCommit as unknown as Protocol;

  it.each([
    ['three', 80, 288],
    ['five', 314, 8_832],
  ])('%s: %i worlds stand for %i', (scenario, kept, all) => {
    const report = checked(protocol, twoPhaseCommitProperties, true, { scenario });
    expect([report.verdict, report.distinct, symmetryOf(report)?.standsFor]).toEqual(['holds', kept, all]);
    expect(classesOf(protocol, twoPhaseCommitProperties, scenario)).toBe(kept);
  });

  it('nine: it ends within 2,300 worlds, and counts all that there are', () => {
    const report = checked(protocol, twoPhaseCommitProperties, true, { scenario: 'nine', maxStates: 2_300 });
    expect([report.verdict, report.depth, symmetryOf(report)?.standsFor]).toEqual(['holds', 29, 10_340_352]);
  });

  it('finds a planted fault by a run that is as short, under names that hosts have', () => {
    const [plain, reduced] = [false, true].map((reduce) =>
      checked(protocol, twoPhaseCommitProperties, reduce, { scenario: 'five', mutant: 'commitsEarly' }),
    );
    expect(symmetryOf(reduced as CheckReport)?.used).toBe(true);
    expect(reduced?.violation?.part).toBe(plain?.violation?.part);
    expect(reduced?.violation?.trace.steps.length).toBe(plain?.violation?.trace.steps.length);
    expect(reduced?.violation?.trace.verdict).toBe('violated');
  });
});

type Told = { readonly type: 'Vote' } | { readonly type: 'Won'; readonly who: string };

/** A box that takes votes, and says who won: the first who came, or of those who came the first by name. */
const box = (winner: (voters: readonly string[]) => string) =>
  setup({
    types: {
      context: {} as { readonly voters: readonly string[] },
      events: {} as Delivered<Told> | { readonly type: 'close' },
      emitted: {} as Effect<Told>,
    },
    guards: { some: ({ context }) => context.voters.length > 0 },
    actions: {
      count: assign({ voters: ({ context, event }) => [...context.voters, (event as { from: string }).from] }),
      say: emit(({ context }) => ({ type: 'broadcast', message: { type: 'Won', who: winner(context.voters) } })),
    },
  }).createMachine({
    id: 'box',
    options: { maxIterations: 10 },
    context: { voters: [] },
    initial: 'open',
    states: {
      open: {
        on: {
          Vote: { actions: 'count', meta: { rule: 'B-1', source: 'test' } },
          close: { guard: 'some', target: 'closed', actions: 'say', meta: { rule: 'B-2', source: 'test' } },
        },
      },
      closed: { tags: 'rest' },
    },
  });

const voter = setup({
  types: { context: {} as { readonly won: string }, events: {} as Delivered<Told> | { readonly type: 'vote' }, emitted: {} as Effect<Told> },
  actions: { learn: assign({ won: ({ event }) => (event as { who: string }).who }), vote: emit({ type: 'broadcast', message: { type: 'Vote' } }) },
}).createMachine({
  id: 'voter',
  options: { maxIterations: 10 },
  context: { won: '' },
  initial: 'silent',
  states: {
    silent: { on: { vote: { target: 'voted', actions: 'vote', meta: { rule: 'V-1', source: 'test' } } } },
    voted: {},
  },
  on: { Won: { actions: 'learn', meta: { rule: 'V-2', source: 'test' } } },
});

interface Shape {
  readonly winner?: (voters: readonly string[]) => string;
  readonly hasSchema?: boolean;
  readonly hosts?: readonly HostType[];
  readonly network?: ScenarioType['network'];
}

const first = (voters: readonly string[]): string => voters[0] as string;
const names = ['ann', 'ben', 'cas'];

const votes = ({
  winner = first,
  hasSchema = true,
  hosts = names.map((name) => namedHost(name, ['voter'])),
  network = { link: 'datagram' },
}: Shape = {}): Protocol =>
  defineProtocol({
    id: 'votes',
    doc: 'A vote.',
    source: 'test',
    messages: {
      Vote: message({ doc: 'A vote.', source: 'test' }),
      Won: message({ doc: 'Who won.', source: 'test', fields: z.object({ who: hasSchema ? hostName() : z.string() }) }),
    },
    roles: {
      box: role(box(winner), {
        doc: 'Counts.',
        talksTo: ['voter'],
        commands: { close: command({ doc: 'Close.' }) },
        ...(hasSchema ? { context: z.object({ voters: z.array(hostName()) }) } : {}),
      }),
      voter: role(voter, {
        doc: 'Votes.',
        talksTo: ['box'],
        commands: { vote: command({ doc: 'Vote.' }) },
        ...(hasSchema ? { context: z.object({ won: hostName() }) } : {}),
      }),
    },
    scenarios: {
      one: {
        doc: 'A vote.',
        hosts: [namedHost('box', ['box']), ...hosts],
        network,
        commands: { box: { close: unlimited }, voter: { vote: unlimited } },
      },
    },
  } as never) as unknown as Protocol;

/** What a claim looks at, in these protocols. */
interface Voter {
  readonly host: string;
  readonly context: { readonly won: string };
}

const claim = (protocol: Protocol, always: (world: WorldView) => boolean, more: object = {}): readonly Property[] => [
  defineProperty(protocol, { id: 'WON', claim: 'Somebody wins.', holdsUnder: ['one'], always: { isSo: always }, ...more } as never),
];

const oneWinner = (world: WorldView): boolean =>
  new Set(world.map('voter', (each) => (each as unknown as Voter).context.won).filter((won) => won !== '')).size < 2;

describe('symmetry', () => {
  it('rewrites host names in contexts, messages and inboxes: what is kept stands for all that there is', () => {
    const protocol = votes();
    const properties = claim(protocol, oneWinner);
    const [plain, reduced] = [false, true].map((reduce) => checked(protocol, properties, reduce)) as [CheckReport, CheckReport];
    expect(symmetryOf(reduced)).toMatchObject({ used: true, groups: [names], standsFor: plain.distinct });
    expect([reduced.verdict, reduced.depth, reduced.deadlocks.count > 0]).toEqual([plain.verdict, plain.depth, plain.deadlocks.count > 0]);
    expect(reduced.distinct).toBe(classesOf(protocol, properties, 'one'));
    expect(reduced.distinct).toBeLessThan(plain.distinct / 3);
  });

  it('gives a run that replays, with the names that hosts have', () => {
    const protocol = votes();
    // Nobody wins whose vote came last: fails once two have voted and the box is closed.
    const properties = claim(protocol, (world) =>
      world.all('box').every((each) => (each.context as { voters: string[] }).voters.length < 3 || !each.matches('closed')),
    );
    const [plain, reduced] = [false, true].map((reduce) => checked(protocol, properties, reduce)) as [CheckReport, CheckReport];
    expect([reduced.verdict, symmetryOf(reduced)?.used]).toEqual(['violated', true]);
    expect(reduced.violation?.trace.steps.length).toBe(plain.violation?.trace.steps.length);
  });

  const refusals: readonly (readonly [
    what: string,
    why: RegExp,
    of: () => { readonly protocol: Protocol; readonly properties: readonly Property[] },
  ])[] = [
    [
      'a tie that is broken by host name',
      /^close tells ann, ben, cas apart/,
      () => own(votes({ winner: (voters) => [...voters].sort()[0] as string })),
    ],
    ['names in a context without a schema', /where no schema of type hostName says so/, () => own(votes({ hasSchema: false }))],
    [
      'a claim that names a host',
      /^WON \(always.isSo\) tells ann, ben, cas apart$/,
      () => {
        const protocol = votes();
        return {
          protocol,
          properties: claim(
            protocol,
            (world) => world.at('voter', 'ann')?.matches('silent') === true || world.at('voter', 'ben')?.matches('voted') === true,
          ),
        };
      },
    ],
    [
      'a claim about what comes in the end',
      /^WON is about what comes in the end/,
      () => {
        const protocol = votes();
        return { protocol, properties: claim(protocol, () => true, { eventually: { allVoted: () => false } }) };
      },
    ],
    [
      'monitors',
      /^what monitors remember may hold host names$/,
      () => {
        const protocol = votes();
        return {
          protocol,
          properties: claim(protocol, () => true, { monitors: { last: { initial: '', next: (_: unknown, { host }: { host: string }) => host } } }),
        };
      },
    ],
    [
      'hosts with different parameters',
      /no two hosts alike/,
      () => own(votes({ hosts: names.map((name, at) => namedHost(name, ['voter'], { params: { voter: { at } } })) })),
    ],
    [
      'hosts that a parameter names',
      /no two hosts alike/,
      () => own(votes({ hosts: [namedHost('ann', ['voter'], { params: { voter: { friend: 'ben' } } }), namedHost('ben', ['voter'])] })),
    ],
    [
      'hosts that are linked differently',
      /no two hosts alike/,
      () => own(votes({ hosts: names.slice(0, 2).map((name) => namedHost(name, ['voter'])), network: { link: 'datagram', topology: line() } })),
    ],
  ];

  const own = (protocol: Protocol) => ({ protocol, properties: claim(protocol, () => true) });

  it.each(refusals)('is refused: %s', (_what, why, of) => {
    const { protocol, properties } = of();
    const [plain, reduced] = [false, true].map((reduce) => checked(protocol, properties, reduce)) as [CheckReport, CheckReport];
    expect(symmetryOf(reduced)?.used).toBe(false);
    expect(symmetryOf(reduced)?.refused).toMatch(why);
    expect([reduced.verdict, reduced.distinct]).toEqual([plain.verdict, plain.distinct]);
  });

  it('takes together only those who are linked alike', () => {
    const star = given(['box', 'ann'], ['box', 'ben'], ['box', 'cas'], ['ann', 'ben']);
    const protocol = votes({ network: { link: 'datagram', topology: star } });
    const report = checked(protocol, claim(protocol, oneWinner), true);
    expect(symmetryOf(report)).toMatchObject({ used: true, groups: [['ann', 'ben']] });
    expect(symmetryOf(report)?.standsFor).toBe(checked(protocol, claim(protocol, oneWinner), false).distinct);
  });
});
