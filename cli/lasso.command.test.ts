import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { rolecall } from './called.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rolecall-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('what comes in the end', () => {
  it.each([
    ['a retry that can starve', 'request-response', 'everyLoss', 'retriesForEver', 'leadsTo.ends fails on a fair run', 'from step 2 on it repeats'],
    ['a count that oscillates', 'ping-pong', 'fiveCalm', 'neverThere', 'eventually.bothReachMost fails on a fair run', 'from step 7 on it repeats'],
  ])('is not what %s comes to: a lasso, which replays', async (_, protocol, scenario, mutant, part, loop) => {
    const sound = await rolecall(['check', protocol, '--scenario', scenario]);
    expect(sound.code, sound.out).toBe(0);
    const { code, out } = await rolecall(['check', protocol, '--scenario', scenario, '--mutant', mutant, '--trace-dir', folder]);
    expect(code, out).toBe(1);
    expect(out).toContain(part);
    expect(out).toContain(loop);
    const trace = /npx rolecall replay (\S+)/.exec(out)?.[1] ?? '';
    const replayed = await rolecall(['replay', trace]);
    expect(replayed.code, replayed.out).toBe(1);
    expect(replayed.out).toContain('as the trace says');
  });

  it('is left to check by a run, which says so', async () => {
    const { code, out } = await rolecall(['run', 'ping-pong', '--runs', '20']);
    expect(code, out).toBe(0);
    expect(out).toMatch(/PING-PONG-ENDS +0 +for `check`/);
    const { code: planted, err } = await rolecall(['run', 'request-response', '--mutant', 'retriesForEver']);
    expect(planted).toBe(64);
    expect(err).toContain('FOR_CHECK');
    expect(err).toContain('rolecall check request-response --scenario everyLoss --mutant retriesForEver');
  });
});
