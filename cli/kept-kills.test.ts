import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { faultsOfKills, unexplained } from '../model/explore/kills/equivalents.ts';
import type { Kill } from '../model/explore/kills/kill.ts';
import { plantedMutants, type Planted } from '../model/explore/kills/planted.ts';
import { KillSearch } from '../model/explore/kills/search.ts';
import { Random } from '../model/kernel/random.ts';
import { generatedMutants } from '../model/protocol/mutants.ts';
import { killsIn } from './kept-kills.ts';
import { entriesOf } from './names.ts';

/** Kills of each protocol that are tried again; which ones, the seed of the tests says. */
const sampled = 5;

/** What survives and is not equivalent: claims that are still missing. A claim that finds one takes it from this list. */
const missing: Readonly<Record<string, readonly string[]>> = {};

const seed = Number(process.env['ROLECALL_SEED'] ?? 20);

const records = await killsIn(join(import.meta.dirname, '..', 'traces'));

describe.each(records.map((record) => [record.protocol, record] as const))('the kept kills of %s', async (id, { kills }) => {
  const [entry] = await entriesOf([id]);
  if (entry === undefined) throw new Error(`there is no protocol ${id}`);
  const { protocol, properties, equivalents = {} } = entry;
  const generated = generatedMutants(protocol);
  const mutants = new Map<string, Planted>([
    ...plantedMutants(properties).map((each) => [each.id, each] as const),
    ...generated.map((each) => [each.id, { id: each.id, mutant: each.mutant, by: null }] as const),
  ]);

  it('are of every mutant, and each survivor is said to be equivalent, or to be missed', () => {
    const known = kills.map(({ mutant }) => mutant);
    // Of a rule that stores nothing, nothing is lost: only a run shows which rules store.
    const optional = new Set(generated.filter(({ reached }) => reached.by === 'rule' && reached.persists).map((each) => each.id));
    expect([...mutants.keys()].filter((mutant) => !known.includes(mutant) && !optional.has(mutant))).toEqual([]);
    expect(known.filter((mutant) => !mutants.has(mutant))).toEqual([]);
    expect(unexplained(kills, equivalents).map(({ mutant }) => mutant)).toEqual(missing[id] ?? []);
    expect(faultsOfKills(kills, equivalents)).toEqual([]);
  });

  it('are found again where they are said to be found', () => {
    const random = new Random(seed);
    // What is seen in no run takes all of them to see again.
    const quick = kills.filter((kill): kill is Kill & { readonly by: NonNullable<Kill['by']> } => kill.by?.how === 'violated');
    const sample = Array.from({ length: sampled }, () => quick[random.below(quick.length)]).filter((kill) => kill !== undefined);
    const search = new KillSearch(protocol, properties, { seed: 1, runs: 1 });
    expect(sample.filter(({ mutant, by }) => !search.again(mutants.get(mutant) as Planted, by)).map(({ mutant }) => mutant)).toEqual([]);
  });
});

it('are kept of these services', () => {
  expect(records.map(({ protocol }) => protocol)).toEqual([
    'application',
    'chat',
    'database',
    'file',
    'host',
    'mail',
    'print',
    'push',
    'request-response',
    'stream',
    'web',
  ]);
});
