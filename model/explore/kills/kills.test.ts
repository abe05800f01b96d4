import { describe, expect, it } from 'vitest';
import { assign, emit, setup } from 'xstate';
import * as z from 'zod';
import { defineProtocol } from '../../protocol/define.ts';
import { generatedMutants } from '../../protocol/mutants.ts';
import { nothing, type Protocol } from '../../protocol/protocol.ts';
import { host } from '../../protocol/scenario.ts';
import { defineProperty, type Property } from '../../property/property.ts';
import { message } from '../../role/message.ts';
import { command, role } from '../../role/role.ts';
import { killDigest } from './digest.ts';
import { faultsOfKills, unexplained } from './equivalents.ts';
import type { Kill } from './kill.ts';
import { killsText, readKills } from './record.ts';
import { KillSearch } from './search.ts';
import { killTable } from './table.ts';

const rule = (id: string) => ({ rule: id, source: 'here', says: 'So.' });

/** A till that is filled up to three, with a note that nobody reads and a lid that nobody opens. */
const tillTo = (most: number) =>
  setup({
    types: {
      context: {} as { readonly coins: number; readonly note: number },
      events: {} as { readonly type: 'fill' | 'open' },
      emitted: {} as { readonly type: 'persist'; readonly key: string; readonly value: number },
      meta: {} as { rule: string; source: string; says: string },
    },
    guards: { isFull: ({ context }) => context.coins >= most },
    actions: {
      add: assign(({ context }) => ({ coins: context.coins + 1 })),
      keep: emit(({ context }) => ({ type: 'persist', key: 'coins', value: context.coins }) as const),
      jot: assign({ note: ({ context }) => (context.note + 1) % 2 }),
      lift: assign({ note: 0 }),
    },
  }).createMachine({
    id: 'till',
    options: { maxIterations: 10 },
    context: { coins: 0, note: 0 },
    on: {
      fill: [
        { guard: 'isFull', meta: rule('T-1') },
        { actions: ['add', 'keep', 'jot'], meta: rule('T-2') },
      ],
      open: { actions: 'lift', meta: rule('T-3') },
    },
  });

const shopOf = (most: number) => {
  const till = tillTo(most);
  const protocol = defineProtocol({
    id: 'shop',
    doc: 'A till.',
    source: 'here',
    messages: { none: message({ doc: 'Nobody sends it.', source: 'here', fields: z.object({}) }) },
    roles: { till: role(till, { doc: 'Holds coins.', talksTo: [], commands: { fill: command({ doc: 'A coin.', values: () => [{}] }) } }) },
    scenarios: { day: { doc: 'A day.', hosts: [host('till')], network: { link: 'datagram' }, commands: { till: { fill: 5 } } } },
  });
  const bounded = defineProperty(protocol, {
    id: 'BOUNDED',
    claim: 'A till holds three coins at most.',
    holdsUnder: ['day'],
    always: { threeAtMost: (world) => world.every('till', ({ context }) => context.coins <= 3) },
    step: { keptAtOnce: (_, __, after) => after.every('till', ({ context, stored }) => (stored['coins'] ?? 0) === context.coins) },
    sometimes: { isFull: (world) => world.some('till', ({ context }) => context.coins === 3) },
    mutants: { keepsNothing: { doc: 'Nothing is kept.', roles: { till: { actions: { keep: nothing } } } } },
  });
  return { protocol: protocol as unknown as Protocol, properties: [bounded] as readonly Property[] };
};

const { protocol, properties } = shopOf(3);
const asked = { seed: 1, runs: 20, roles: null, known: [] };
const kills = [...killTable(protocol, properties, asked)];
const byOf = (id: string) => kills.find(({ mutant }) => mutant === id)?.by;

describe('the kills of a protocol', () => {
  it('are of its planted mutants, and of those generated mutants that change anything', () => {
    expect(kills.map(({ mutant }) => mutant)).toEqual([
      'keepsNothing',
      'till: guard isFull negated',
      'till: action add dropped',
      'till: action jot dropped',
      'till: action keep dropped',
      'till: action lift dropped',
      // T-1 and T-3 store nothing that could be lost.
      'till: persist of T-2 dropped',
    ]);
  });

  it('say which part fails, after how many steps, or what is never seen', () => {
    expect(byOf('keepsNothing')).toMatchObject({ how: 'violated', property: 'BOUNDED', part: 'step.keptAtOnce', scenario: 'day', steps: 1 });
    expect(byOf('till: persist of T-2 dropped')).toMatchObject({ how: 'violated', part: 'step.keptAtOnce', steps: 1 });
    expect(byOf('till: guard isFull negated')).toMatchObject({ how: 'unseen', property: 'BOUNDED', part: 'sometimes.isFull', runs: 20 });
  });

  it('leave those over that nothing tells apart, and that no run comes to', () => {
    expect(kills.filter(({ by }) => by === null).map(({ mutant }) => mutant)).toEqual(['till: action jot dropped', 'till: action lift dropped']);
  });

  it('are found again by the run that they name, and only while it is so', () => {
    const search = new KillSearch(protocol, properties, asked);
    const mutants = new Map(generatedMutants(protocol).map(({ id, mutant }) => [id, { id, mutant, by: null }]));
    const again = (id: string, killed: NonNullable<Kill['by']>) => search.again(mutants.get(id) ?? { id, mutant: { doc: '' }, by: null }, killed);
    for (const { mutant, by } of kills) if (by !== null && mutants.has(mutant)) expect(again(mutant, by), mutant).toBe(true);
    const violated = byOf('till: persist of T-2 dropped') as NonNullable<Kill['by']>;
    const unseen = byOf('till: guard isFull negated') as NonNullable<Kill['by']>;
    // A mutant that changes nothing is found by none of these runs.
    for (const killed of [violated, unseen]) expect(again('till: action lift dropped', killed)).toBe(false);
    expect(again('till: persist of T-2 dropped', { ...violated, scenario: 'night' })).toBe(false);
    expect(again('till: persist of T-2 dropped', { ...violated, part: 'always.threeAtMost' })).toBe(false);
  });

  it('are kept where they are known, and looked for anew where they are not so any more', () => {
    const known = kills.map(({ mutant, by }): Kill => ({ mutant, by: by?.how === 'violated' ? { ...by, steps: by.steps + 1 } : by }));
    expect([...killTable(protocol, properties, { ...asked, known })]).toEqual(kills);
  });

  it('are read as they were written, and nothing else is', () => {
    const record = { protocol: 'shop', model: killDigest(protocol, properties), kills };
    expect(readKills(killsText(record), 'here')).toEqual(record);
    expect(() => readKills('{', 'here')).toThrow(expect.objectContaining({ code: 'KILLS_RECORD', place: 'here' }));
    expect(() => readKills(killsText({ ...record, model: 'old' }), 'here')).toThrow(expect.objectContaining({ code: 'KILLS_RECORD' }));
  });
});

describe('what is said to be equivalent', () => {
  const jot = 'till: action jot dropped';
  it('explains survivors', () => {
    expect(unexplained(kills, { [jot]: 'Nobody reads it.' }).map(({ mutant }) => mutant)).toEqual(['till: action lift dropped']);
    expect(faultsOfKills(kills, { [jot]: 'Nobody reads it.' })).toEqual([]);
  });

  it('is wrong of what a property kills, and of what does not exist', () => {
    expect(faultsOfKills(kills, { keepsNothing: 'So.', 'till: guard isEmpty negated': 'So.' })).toEqual([
      'keepsNothing: said to be equivalent, and BOUNDED kills it',
      'till: guard isEmpty negated: said to be equivalent, and there is no such mutant',
    ]);
  });
});

describe('the digest of what kills depend on', () => {
  it('is another where a guard does something else, though it has the same name', () => {
    const other = shopOf(2);
    expect(killDigest(other.protocol, other.properties)).not.toBe(killDigest(protocol, properties));
  });

  it('is the same of the same model', () => {
    const again = shopOf(3);
    expect(killDigest(again.protocol, again.properties)).toBe(killDigest(protocol, properties));
  });
});
