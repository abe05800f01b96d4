import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { shareOf } from '../../model/explore/run.ts';
import { rolecall } from '../called.ts';
import { Board } from './board.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rolecall-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** What a run by so many threads says, without its timings, and the traces that it writes. */
const by = async (workers: number, ...args: readonly string[]) => {
  const traces = join(folder, `${workers}`, ...args);
  const { code, out, err } = await rolecall(['run', ...args, '--json', '--workers', `${workers}`, '--trace-dir', traces]);
  expect(err).not.toContain('DEFECT');
  const { reports, verdict, timings } = JSON.parse(out);
  expect([timings.exploredBy.length, timings.threadsLost]).toEqual([workers, 0]);
  for (const report of reports) report.timings = null;
  const files = await readdir(traces).catch(() => []); // No violation, no folder.
  return { code, verdict, reports, kept: await Promise.all(files.sort().map((file) => readFile(join(traces, file), 'utf8'))) };
};

describe('rolecall run --workers', () => {
  // That other threads do their part is seen by `threads.command.test.ts`, in which the main one is held back; so one number is enough here.
  it('says what one thread says', async () => {
    const protocols = ['ping-pong', 'application', 'two-phase-commit'];
    const alone = await by(1, ...protocols, '--runs', '24');
    expect(alone.reports.map((report: { protocol: string }) => report.protocol)).toEqual(['application', 'two-phase-commit', 'ping-pong']);
    expect(await by(3, ...protocols, '--runs', '24')).toEqual(alone);
  });

  it('writes the trace that one thread writes', async () => {
    // Of its seven scenarios two are explored at once, and the fault may be found in both.
    const alone = await by(1, 'two-phase-commit', '--mutant', 'commitsEarly');
    expect([alone.code, alone.kept.length]).toEqual([1, 1]);
    expect(await by(2, 'two-phase-commit', '--mutant', 'commitsEarly')).toEqual(alone);
  });
});

describe('what threads share', () => {
  it('gives each job to one of them', () => {
    const board = new Board();
    const other = new Board(board.memory);
    expect([board.take(), other.take(), other.take(), board.take()]).toEqual([0, 1, 2, 3]);
    other.stop();
    expect(board.isStopped).toBe(true);
  });

  it('is the time, of which each job gets its part when it begins', () => {
    expect(shareOf(null, 50, 4)).toBeNull();
    expect(shareOf(1_000, 200, 4)).toBe(400);
    expect(shareOf(1_000, 200, 4, 2)).toBe(600);
    // Who is alone with the last job has all that is left, and who comes too late still makes a beginning.
    expect(shareOf(1_000, 200, 1, 2)).toBe(1_000);
    expect(shareOf(1_000, 1_200, 3)).toBe(1_201);
  });
});
