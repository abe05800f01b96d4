import { describe, expect, it } from 'vitest';
import { note, speakerRole, stage } from '../../properties/engine/speaker.ts';
import { Random } from '../kernel/random.ts';
import { Arena } from '../property/arena.ts';
import { namedHost, type ProcessorType, type ScenarioType, unlimited } from '../protocol/scenario.ts';
import { settingOf } from '../world/system.ts';
import { runOnce } from './run-once.ts';
import type { Strategy } from './strategy.ts';
import { Timed } from './timed.ts';
import { Visits } from './visits.ts';

/** Takes notes and forgets them. */
const deaf = { on: { Note: { actions: 'perform' }, perform: { actions: 'perform' } } };

/** Does one thing and the other by turns. */
const turns = { initial: 'one', on: {}, states: { one: { on: { perform: 'other' } }, other: { on: { perform: 'one' } } } };

const latencyMs = 1;

/** How long notes wait at sam until they are done, where ann sends them, and how much sam is told to do himself. */
interface Load {
  readonly processor: ProcessorType;
  /** Between two commands, of either kind. */
  readonly everyMs: number;
  /** Whether sam's other program is told to do something, as often as ann. */
  readonly both: boolean;
  readonly notes: number;
}

const waits = ({ processor, everyMs, both, notes }: Load, seed = 1): readonly number[] => {
  const asker = speakerRole({ ask: [{ type: 'send', to: 'sam', message: note(1) }] as never }, deaf);
  const [server, other] = [speakerRole({}, deaf), speakerRole({ work: [] }, turns)];
  const protocol = stage(
    { asker: { ...asker, talksTo: ['server'] }, server, other },
    {
      hosts: [namedHost('ann', ['asker']), namedHost('sam', ['server', 'other'])],
      network: { link: 'datagram' },
      commands: { asker: { perform: unlimited }, ...(both ? { other: { perform: unlimited } } : {}) },
      bounds: { steps: 1_000_000, inbox: 1_000 },
      timed: { latencyMs: [latencyMs, latencyMs], commandEveryMs: everyMs, faultEveryMs: 1_000_000, endMs: notes * everyMs * 4, processor },
    },
  );
  const scenario = protocol.scenarios['one'] as ScenarioType;
  const { world, judge } = new Arena(protocol, scenario, [], null).at(settingOf(scenario, 0, new Random(1)));
  const timed = new Timed(new Random(seed), scenario.timed as NonNullable<ScenarioType['timed']>);
  const asked: number[] = [];
  const waited: number[] = [];
  const strategy: Strategy = {
    name: 'timed',
    observe: timed.observe.bind(timed),
    begin: timed.begin.bind(timed),
    next: (of) => {
      if (waited.length >= notes) return null;
      const move = timed.next(of);
      if (move === null || !('offer' in move)) return move;
      // Notes take equally long to sam, and are done first come, first served.
      if (move.offer.kind === 'Deliver') waited.push(timed.nowMs - (asked[waited.length] as number));
      else if (of.system.instances[move.offer.instance]?.role.name === 'asker') asked.push(timed.nowMs + latencyMs);
      return move;
    },
  };
  runOnce(world, judge, strategy, new Visits());
  return waited;
};

const mean = (of: readonly number[]): number => of.reduce((sum, each) => sum + each, 0) / of.length;

describe('a processor', () => {
  const exact: ProcessorType = { workMs: { server: 30, other: 30 }, spread: 'exact' };

  it('does one thing after the other, so that what waits longer than the work waits for others', () => {
    const alone = waits({ processor: exact, everyMs: 5_000, both: false, notes: 40 });
    expect(alone.filter((ms) => ms === 30).length).toBeGreaterThan(35);
    const busy = waits({ processor: exact, everyMs: 60, both: true, notes: 400 });
    expect(Math.min(...busy)).toBe(30);
    expect(Math.max(...busy)).toBeGreaterThan(90);
  });

  it('takes no time for roles that are not named', () => {
    const waited = waits({ processor: { workMs: { other: 30 }, spread: 'exact' }, everyMs: 60, both: true, notes: 100 });
    expect(new Set(waited)).toEqual(new Set([0]));
  });

  it('lets one program wait for the other of its host, and not where each has one to itself', () => {
    const [shared, each] = (['host', 'role'] as const).map((whose) =>
      waits({ processor: { ...exact, each: whose }, everyMs: 40, both: true, notes: 600 }),
    );
    expect(mean(shared as number[])).toBeGreaterThan(1.5 * mean(each as number[]));
  });
});

// Work of 30 ms in the mean, and a note every 100 ms: the mean time in M/M/1 is 1 / (1/30 - 1/100); in M/D/1 half of the waiting.
describe('the mean time of a note at a processor, to 8 %', () => {
  const near = (measured: number, formula: number): void => {
    expect(measured).toBeGreaterThan(formula * 0.92);
    expect(measured).toBeLessThan(formula * 1.08);
  };
  const random: ProcessorType = { workMs: { server: 30, other: 30 }, spread: 'exponential' };
  const notes = 12_000;

  it('is that of M/M/1', () => {
    near(mean(waits({ processor: random, everyMs: 100, both: false, notes })), 1 / (1 / 30 - 1 / 100));
  });

  it('is that of M/M/1 with the load of both programs, where they share it', () => {
    near(mean(waits({ processor: random, everyMs: 50, both: true, notes })), 1 / (1 / 30 - 2 / 100));
  });

  it('is as if the other program were not there, where each has its own', () => {
    near(mean(waits({ processor: { ...random, each: 'role' }, everyMs: 50, both: true, notes })), 1 / (1 / 30 - 1 / 100));
  });

  it('is that of M/D/1 where the work is always the same', () => {
    near(mean(waits({ processor: { ...random, spread: 'exact' }, everyMs: 100, both: false, notes })), 30 + (0.3 * 30) / (2 * 0.7));
  });
});
