import { describe, expect, it } from 'vitest';
import { catalogue } from '../../cli/catalogue.ts';
import { Search } from '../../model/explore/exhaustive/search.ts';
import { Random } from '../../model/kernel/random.ts';
import { Arena, type Place, scenarioOf } from '../../model/property/arena.ts';
import { enabled, make } from '../../model/world/move.ts';
import { settingOf } from '../../model/world/system.ts';

/** So many worlds of each scenario are compared; small ones whole. */
const most = 600;

const keyOf = (row: Int32Array): string => row.join();

/** The search as plainly as it can be written: lists, a set of texts, and the world's own moves. */
const plainly = ({ world, judge }: Place): { readonly rows: readonly string[]; readonly failed: boolean } => {
  world.reset();
  const rows = [Int32Array.from(world.row)];
  const seen = new Set([keyOf(world.row)]);
  let failed = judge.ofState(world) !== null;
  for (let index = 0; index < rows.length && rows.length < most && !failed; index++) {
    const row = rows[index] as Int32Array;
    world.restore(row, 0, 0);
    for (const move of enabled(world)) {
      world.restore(row, 0, 0);
      make(world, move);
      failed ||= world.threw !== null || judge.ofStep(world, row, move) !== null;
      if (seen.has(keyOf(world.row))) continue;
      seen.add(keyOf(world.row));
      rows.push(Int32Array.from(world.row));
      failed ||= judge.ofState(world) !== null;
      if (failed) break;
    }
  }
  return { rows: rows.map(keyOf), failed };
};

const searched = (place: Place): { readonly rows: readonly string[]; readonly failed: boolean } => {
  const search = new Search(place.world, place.judge, 'breadth', { states: most, depth: 1_000 });
  while (search.advance(1));
  const rows = Array.from({ length: search.visited.count }, (_, index) => {
    search.restore(index);
    return keyOf(place.world.row);
  });
  return { rows, failed: search.found !== null };
};

const entries = await Promise.all(catalogue.map(({ load }) => load()));

describe('the exhaustive search finds the worlds of the plain one, in its order', () => {
  for (const { protocol, properties } of entries)
    it.each(Object.keys(protocol.scenarios))(`${protocol.id}, %s`, (name) => {
      const scenario = scenarioOf(protocol, name);
      const setting = settingOf(scenario, scenario.size?.least ?? 0, new Random(1));
      const about = properties.filter(({ type }) => (type.holdsUnder as readonly string[]).includes(name));
      for (const judged of [[], about]) {
        const place = new Arena(protocol, scenario, judged, null).at(setting);
        expect(searched(place)).toEqual(plainly(place));
      }
    });

  it.each(['commitsEarly'])('a planted fault is found by both: %s', (name) => {
    const { protocol, properties } = entries.find((entry) => entry.protocol.id === 'two-phase-commit') as (typeof entries)[number];
    const scenario = scenarioOf(protocol, 'three');
    const mutant = properties.flatMap(({ type }) => Object.entries(type.mutants ?? {})).find(([id]) => id === name)?.[1];
    const place = new Arena(protocol, scenario, properties, mutant ?? null).at(settingOf(scenario, 0, new Random(1)));
    const found = searched(place);
    expect(found.failed).toBe(true);
    expect(found).toEqual(plainly(place));
  });
});
