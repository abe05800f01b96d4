import { describe, expect, it } from 'vitest';
import { check } from '../../model/explore/exhaustive/check.ts';
import type { News } from '../../model/explore/exhaustive/parallel/memory.ts';
import type { CheckReport } from '../../model/explore/exhaustive/report.ts';
import { searchOptions } from '../../properties/shared/checked.ts';
import { keeping, readerOf } from '../../properties/shared/kept.ts';
import { late } from '../../properties/shared/late.ts';
import { twoPhaseCommitProperties } from '../../properties/reference/two-phase-commit.property.ts';
import { twoPhaseCommit } from '../../spec/reference/two-phase-commit.ts';
import { breathe } from '../interrupt.ts';
import { Threads } from './crew.ts';

/** Threads that are waited for, so that the search does not come to its end without them. */
class Awaited extends Threads {
  private readonly nothing = new Int32Array(new SharedArrayBuffer(4));

  override isReady(): boolean {
    for (let ms = 0; !super.isReady() && this.lost() === 0; ms += 10) {
      if (ms > 60_000) throw new Error('the threads are not ready after a minute');
      Atomics.wait(this.nothing, 0, 0, 10);
    }
    return true;
  }
}

/** Threads to which something happens when they are told news for the third time. */
class Struck extends Awaited {
  private told = 0;
  private readonly strike: (struck: Struck) => void;

  constructor(strike: (struck: Struck) => void) {
    super(1, 500);
    this.strike = strike;
  }

  override tell(news: News): void {
    super.tell(news);
    if (++this.told === 3) this.strike(this);
  }

  kill(): void {
    for (const worker of this.workers) void worker.terminate();
  }

  confuse(): void {
    super.tell({} as News);
  }
}

const six = { protocol: twoPhaseCommit, properties: twoPhaseCommitProperties, scenario: 'six' };

type Asked = Partial<Parameters<typeof searchOptions>[0]>;

/** A search that lets events through now and then, as the command does. */
const searched = async (more: Asked): Promise<CheckReport> => {
  const searching = check(searchOptions({ ...six, ...more }));
  for (;;) {
    const { done, value } = searching.next();
    if (done) return value;
    await breathe();
  }
};

/** What it found; who expanded which worlds is told apart. */
const told = ({ expandedBy, threadsLost, ...found }: CheckReport) => found;

/** A search by this thread and so many others, each of which did its part. */
const searchedBy = async (others: number, more: Asked = {}): Promise<ReturnType<typeof told>> => {
  const report = await searched({ ...more, crew: new Awaited(others) });
  expect([report.expandedBy.length, report.threadsLost]).toEqual([1 + others, 0]);
  for (const share of report.expandedBy) expect(share).toBeGreaterThan(100);
  expect(report.expandedBy.reduce((sum, share) => sum + share, 0)).toBe(report.distinct - report.queue);
  return told(report);
};

describe('threads beside the main one', () => {
  it('expand worlds, and all that is told is what one tells', async () => {
    const alone = told(await searched({}));
    expect([alone.verdict, alone.distinct]).toEqual(['holds', 50_816]);
    for (const others of [1, 2]) expect(await searchedBy(others)).toEqual(alone);
  });

  it.each(Object.entries(late))('find what fails after tens of thousands of worlds, with the same trace: %s', async (_, property) => {
    const properties = [...twoPhaseCommitProperties, property];
    const alone = told(await searched({ properties }));
    expect([alone.violation?.property, alone.distinct > 20_000]).toEqual([property.type.id, true]);
    const shared = await searchedBy(1, { properties });
    expect(shared).toEqual(alone);
    expect(JSON.stringify(shared.violation?.trace)).toBe(JSON.stringify(alone.violation?.trace));
  });

  it('keep what one keeps where a limit ends the search, and each carries on what the other has kept', async () => {
    const whole = told(await searched({}));
    const [one, two] = [keeping(), keeping()];
    const alone = told(await searched({ maxStates: 30_000, keeping: one.keeping }));
    expect([alone.verdict, alone.ranOut]).toEqual(['unknown', 'states']);
    expect(await searchedBy(1, { maxStates: 30_000, keeping: two.keeping })).toEqual(alone);
    expect(two.bytes().equals(one.bytes())).toBe(true);
    expect(told(await searched({ resumed: readerOf(two.bytes()) }))).toEqual(whole);
    expect(await searchedBy(1, { resumed: readerOf(one.bytes()) })).toEqual(whole);
  });

  it('stop where the memory runs out, and one carries on', async () => {
    const kept = keeping();
    let looks = 0;
    const { ranOut, queue } = await searchedBy(1, { maxBytes: 2, usedBytes: () => ++looks, keeping: kept.keeping });
    expect([ranOut, queue > 0]).toEqual(['memory', true]);
    expect(told(await searched({ resumed: readerOf(kept.bytes()) }))).toEqual(told(await searched({})));
  });
});

describe('a thread that is lost', () => {
  it('takes nothing from what is found: the main one goes on alone, and says so', async () => {
    const { expandedBy, threadsLost, ...found } = await searched({ crew: new Struck((threads) => threads.kill()) });
    expect(found).toEqual(told(await searched({})));
    expect([threadsLost, expandedBy.length, (expandedBy[1] ?? 0) < 50_000]).toEqual([1, 2, true]);
  });

  it('ends the search with what it has thrown, where it throws', async () => {
    await expect(searched({ crew: new Struck((threads) => threads.confuse()) })).rejects.toThrow(TypeError);
  });
});
