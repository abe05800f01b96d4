import { describe, expect, it } from 'vitest';
import { rolecall } from '../called.ts';

const search = ['check', 'two-phase-commit', '--scenario', 'six', '--json'];

/** What a search by so many threads says, without what depends on the machine. */
const by = async (workers: number): Promise<unknown> => {
  const { out } = await rolecall([...search, '--workers', `${workers}`]);
  const { seconds, statesPerSecond, memoryMb, ...rest } = JSON.parse(out) as Record<string, unknown>;
  expect([seconds, statesPerSecond, memoryMb].every((each) => typeof each === 'number')).toBe(true);
  return rest;
};

describe('threads that search together', () => {
  it('say what one says', async () => {
    const alone = await by(1);
    expect(alone).toMatchObject({ verdict: 'holds', distinct: 50_816 });
    for (const workers of [2, 3]) expect(await by(workers)).toEqual(alone);
  });

  it('are refused where one alone can search, with what to type instead', async () => {
    const { code, err } = await rolecall([...search, '--reduction', '--workers', '2']);
    expect([code, err.includes('WORKERS_ALONE'), err.includes('--no-reduction')]).toEqual([64, true, true]);
  });
});
