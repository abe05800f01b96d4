import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { catalogue } from '../../cli/catalogue.ts';
import { partFailure } from '../property/failure.ts';
import { Player } from '../trace/player.ts';
import { readTrace } from '../trace/read.ts';
import { stageOf } from '../trace/replay.ts';
import type { Trace } from '../trace/trace.ts';
import { make, offersNow } from '../world/move.ts';
import { takenOf } from '../world/offer.ts';
import { pointOfNoReturn } from './no-return.ts';

const folder = join(import.meta.dirname, '../../traces/witnesses');
const entries = await Promise.all(catalogue.map(({ load }) => load()));
const entryOf = (id: string) => {
  const found = entries.find(({ protocol }) => protocol.id === id);
  if (found === undefined) throw new Error(id);
  return found;
};
const traceOf = (name: string): Trace => readTrace(readFileSync(join(folder, `${name}.json`), 'utf8'), name);
const asked = (trace: Trace, most?: number) => {
  const { protocol, properties } = entryOf(trace.protocol);
  return pointOfNoReturn(protocol, properties, trace, most);
};

/** Whether some way on from a prefix ends without the violation; every way is walked, and nothing is remembered. */
const canEndWell = (trace: Trace, after: number): boolean => {
  const { protocol, properties } = entryOf(trace.protocol);
  const { place, target } = stageOf(protocol, properties, trace);
  const { world, judge, system } = place;
  const player = new Player(system, judge.monitors, world);
  for (const { action } of trace.steps.slice(0, after)) {
    const move = player.resolve(action);
    if (move !== null) player.make(move);
  }
  world.observer = null;
  const walk = (): boolean => {
    const offers = offersNow(world).filter((offer) => offer.kind !== 'Command' && takenOf(system, offer).effective);
    if (offers.length === 0) return true;
    const [row, hi, lo] = [Int32Array.from(world.row), world.hi, world.lo];
    return offers.some((offer) =>
      Array.from({ length: takenOf(system, offer).variants }, (_, variant) => ({ offer, variant, crashAfter: -1 })).some((move) => {
        world.restore(row, hi, lo);
        make(world, move);
        const failure = partFailure(judge, world, judge.afterStep(world, row, move));
        return !(failure !== null && target.isFailure(failure)) && walk();
      }),
    );
  };
  return walk();
};

describe('the point of no return', () => {
  /** Runs of scenarios whose worlds can be walked without remembering any. */
  it.each(['single-copy-register.register-linearizable.fails-under-twoServers', 'request-response.at-most-once.fails-under-failOver'])(
    'of %s is where the last way out is closed',
    (name) => {
      const trace = traceOf(name);
      const found = asked(trace);
      expect(found).toMatchObject({ exact: true });
      const after = found?.after ?? -1;
      expect(canEndWell(trace, after)).toBe(false);
      if (after > 0) expect(canEndWell(trace, after - 1)).toBe(true);
    },
  );

  it('is unknown where the moves are spent', () => {
    const trace = traceOf('request-response.at-most-once.fails-under-failOver');
    expect(asked(trace, 1)).toMatchObject({ after: trace.steps.length, exact: false });
  });

  it('of what settling does not mend is the step after which it would not any more', () => {
    expect(asked(traceOf('request-response.centre.fails-under-oneServer'))).toMatchObject({ after: 1, exact: true });
  });

  it('is not asked of runs that violate nothing, or go on for ever', () => {
    const witnesses = readdirSync(folder).filter((name) => !name.includes('.fails-under-'));
    expect(asked(traceOf((witnesses[0] ?? '').replace('.json', '')))).toBeNull();
    expect(asked({ ...traceOf('request-response.at-most-once.fails-under-failOver'), loop: 0 })).toBeNull();
  });
});
