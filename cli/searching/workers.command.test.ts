import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CheckReport } from '../../model/explore/exhaustive/report.ts';
import { rolecall } from '../called.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rolecall-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Found after 45,000 worlds. */
const late = ['check', 'print', '--scenario', 'everyEnd', '--mutant', 'lastComeFirstServed', '--no-reduction', '--json'];

/** What a search by so many threads says, without what depends on the machine, and the trace that it writes. */
const by = async (workers: number) => {
  const traces = join(folder, `${workers}`);
  const { code, out } = await rolecall([...late, '--workers', `${workers}`, '--trace-dir', traces]);
  const { seconds, statesPerSecond, memoryMb, expandedBy, threadsLost, ...rest } = JSON.parse(out) as CheckReport;
  expect([seconds, statesPerSecond, memoryMb].every((each) => typeof each === 'number')).toBe(true);
  expect([expandedBy.length, threadsLost, expandedBy.reduce((sum, share) => sum + share, 0)]).toEqual([workers, 0, rest.distinct - rest.queue]);
  const files = await readdir(traces);
  return { code, ...rest, files, kept: await Promise.all(files.map((file) => readFile(join(traces, file), 'utf8'))) };
};

describe('rolecall check --workers', () => {
  it('says what one thread says of a fault that is found late, and writes the same trace', async () => {
    const alone = await by(1);
    expect([alone.code, alone.verdict, alone.distinct - alone.queue > 40_000, alone.kept.length]).toEqual([1, 'violated', true, 1]);
    expect(await by(2)).toEqual(alone);
  });

  it('is refused where one alone can search, with what to type instead', async () => {
    const { code, err } = await rolecall(['check', 'two-phase-commit', '--scenario', 'six', '--reduction', '--workers', '2']);
    expect([code, err.includes('WORKERS_ALONE'), err.includes('--no-reduction')]).toEqual([64, true, true]);
  });
});
