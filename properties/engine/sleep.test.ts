import { describe, expect, it } from 'vitest';
import { type CatalogueEntry, catalogue } from '../../cli/catalogue.ts';
import { mindsAt } from '../../model/explore/exhaustive/layout.ts';
import { Search } from '../../model/explore/exhaustive/search.ts';
import { Random } from '../../model/kernel/random.ts';
import { Arena, scenarioOf } from '../../model/property/arena.ts';
import type { Property, WorldView } from '../../model/property/property.ts';
import { settingOf } from '../../model/world/system.ts';
import { late } from '../shared/late.ts';
import { namedHost, unlimited } from '../../model/protocol/scenario.ts';
import { note, speakerRole, stage } from './speaker.ts';

type Asked = Pick<Awaited<ReturnType<CatalogueEntry['load']>>, 'protocol' | 'properties'> & { readonly scenario: string };

const asked = async (id: string, scenario: string): Promise<Asked> => {
  const { protocol, properties } = await (catalogue.find((entry) => entry.id === id) as CatalogueEntry).load();
  // Steps of which something is asked are taken, so claims about steps are left out.
  const judged = properties.filter(({ type }: Property) => type.step === undefined && (type.holdsUnder as readonly string[]).includes(scenario));
  return { protocol, properties: judged, scenario };
};

/** Two-phase commit with six is searched whole; of the others, that many worlds. */
const [whole, some] = [60_000, 8_000];

/** Searches as far as a limit, and gives all that it has found; and how many steps it looked up. */
const found = ({ protocol, properties, scenario }: Asked, prepare: (search: Search) => void) => {
  const arena = new Arena(protocol, scenarioOf(protocol, scenario), properties, null);
  const place = arena.at(settingOf(arena.scenario, arena.scenario.size?.least ?? 0, new Random(1)));
  const search = new Search(place.world, place.judge, 'breadth', { states: scenario === 'six' ? whole : some, depth: 1_000_000 });
  prepare(search);
  let lookedUp = 0;
  const { standpoint } = search;
  const seek = standpoint.prepare.bind(standpoint);
  standpoint.prepare = (from) => {
    lookedUp += standpoint.count - from;
    seek(from);
  };
  while (search.advance(1_000));
  const { parents, depths, visited, standing, programs } = search;
  const steps = new Set(programs.acts.flatMap(({ change }) => change.steps));
  return {
    lookedUp,
    all: {
      standing,
      failure: search.found && { parent: search.found.parent, property: search.found.failure.part?.property.type.id },
      rows: [...visited.content()].map((words) => words.join()),
      parents: parents.toArray().join(),
      depths: depths.toArray().join(),
      taken: [...steps].map(({ taken }) => taken),
      cuts: [...place.world.cuts],
    },
  };
};

const awake = (search: Search): void => {
  search.mayPass = false;
};

const asItIs = (): void => undefined;

describe('steps that are passed over because they lead to known worlds', () => {
  it.each([
    ['two-phase-commit', 'six'],
    ['blockchain', 'everyLineOfMiners'],
    ['blockchain', 'everyCrash'],
    ['print', 'everyOperation'],
    ['stream', 'everyBreak'],
  ])('change nothing of what is found: %s, %s', async (id, scenario) => {
    const given = await asked(id, scenario);
    const [every, passing] = [found(given, awake), found(given, asItIs)];
    expect(passing.all).toEqual(every.all);
    expect(passing.lookedUp).toBeLessThan(every.lookedUp);
  });

  it('are more than half of all steps of two-phase commit', async () => {
    const given = await asked('two-phase-commit', 'six');
    expect(found(given, asItIs).lookedUp).toBeLessThan(found(given, awake).lookedUp / 2);
  });

  it('are counted up to the step at which a claim fails', async () => {
    const { protocol, properties } = await asked('two-phase-commit', 'six');
    const given = { protocol, properties: [...properties, late.always], scenario: 'six' };
    const passing = found(given, asItIs);
    expect(passing.all.failure?.property).toBe('NEVER-ALL');
    expect(passing.all).toEqual(found(given, awake).all);
  });

  it('are not counted where they come after the step at which a claim fails', () => {
    const [say, turn] = [[{ type: 'send', to: 'ann', message: note(1) }] as const, [{ type: 'persist', key: 'setting', value: 1 }] as const];
    const protocol = stage(
      { listener: speakerRole({ none: [] }), dial: speakerRole({ turn }), speaker: speakerRole({ say }) },
      {
        hosts: [namedHost('ann', ['listener']), namedHost('bob', ['dial']), namedHost('cyd', ['speaker'])],
        network: { link: 'datagram' },
        commands: { dial: { perform: unlimited }, speaker: { perform: unlimited } },
        bounds: { inbox: 2 },
      },
    );
    // When the speaker has spoken, the dial need not be turned; it would have been after the listener has heard.
    const deaf = {
      protocol,
      type: {
        id: 'DEAF',
        claim: 'Nobody hears anything.',
        holdsUnder: ['one'],
        always: {
          deaf: (world: WorldView) => world.every('listener', ({ context }) => (context as { heard: readonly string[] }).heard.length === 0),
        },
      },
    } as unknown as Property;
    const given = { protocol, properties: [deaf], scenario: 'one' };
    const passing = found(given, asItIs);
    expect(passing.all.failure?.property).toBe('DEAF');
    expect(passing.all).toEqual(found(given, awake).all);
  });

  it('change nothing where inboxes are full, so that it matters which message comes first', () => {
    const notes = Object.fromEntries([1, 2].map((n) => [`note${n}`, [{ type: 'send', to: 'bob', message: note(n) }] as const]));
    const settings = Object.fromEntries([1, 2].map((n) => [`to${n}`, [{ type: 'persist', key: 'setting', value: n }] as const]));
    const rule = { meta: { rule: 'SP-1', source: 'test' } };
    const protocol = stage(
      {
        speaker: speakerRole(notes),
        dial: speakerRole(settings),
        listener: speakerRole({}, { on: { Note: { actions: 'hear', ...rule }, perform: rule } }),
      },
      {
        hosts: [namedHost('ann', ['speaker']), namedHost('bob', ['listener']), namedHost('cyd', ['speaker']), namedHost('dan', ['dial'])],
        network: { link: 'datagram' },
        commands: { speaker: { perform: unlimited }, dial: { perform: unlimited } },
        bounds: { inbox: 3 },
      },
    );
    const given = { protocol, properties: [], scenario: 'one' };
    const [every, passing] = [found(given, awake), found(given, asItIs)];
    expect(every.all.cuts).toEqual(['inbox']);
    expect(passing.all).toEqual(every.all);
    expect(passing.lookedUp).toBeLessThan(every.lookedUp);
  });

  it('would lose worlds if steps that have to do with each other were taken for others', async () => {
    const given = await asked('two-phase-commit', 'six');
    const careless = found(given, ({ programs }) => {
      const lay = programs.laid.bind(programs);
      programs.laid = (source, codes) => {
        const start = lay(source, codes);
        programs.code[start + mindsAt] = 0;
        return start;
      };
    });
    expect(careless.all).not.toEqual(found(given, awake).all);
  });
});
