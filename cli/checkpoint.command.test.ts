import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Random } from '../model/kernel/random.ts';
import { rolecall } from './called.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rolecall-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const search = ['check', 'two-phase-commit', '--scenario', 'seven', '--json'];

/** What a search says that is the same on every machine. */
const said = (out: string): unknown => {
  const { seconds, statesPerSecond, memoryMb, ...rest } = JSON.parse(out) as Record<string, unknown>;
  expect([seconds, statesPerSecond, memoryMb].every((each) => typeof each === 'number')).toBe(true);
  return rest;
};

describe('a search with checkpoints', () => {
  it('loses nothing when it is killed ten times at any moment', async () => {
    const whole = await rolecall(search);
    const file = join(folder, 'killed');
    const random = new Random(20);
    let kills = 0;
    // A checkpoint after each piece: many kills strike while one is written.
    const kept = ['--checkpoint', file, '--every', '1ms'];
    for (let n = 0; n < 10; n++) {
      const from = existsSync(file) ? ['check', 'two-phase-commit', '--resume', file, '--json', '--every', '1ms'] : [...search, ...kept];
      const { code } = await rolecall(from, (child) => {
        const delay = 400 + random.below(1_000);
        // On a busy machine the first one needs longer to begin; the time counts from its first checkpoint on.
        const begun = setInterval(() => {
          if (!existsSync(file)) return;
          clearInterval(begun);
          setTimeout(() => child.kill('SIGKILL'), delay).unref();
        }, 20);
        child.once('close', () => clearInterval(begun));
      });
      if (code === null) kills++;
    }
    expect(kills).toBeGreaterThan(5);
    expect(existsSync(file)).toBe(true);
    const { code, out } = await rolecall(['check', 'two-phase-commit', '--resume', file, '--json']);
    expect(code).toBe(0);
    expect(said(out)).toEqual(said(whole.out));
  }, 120_000);

  it('ends with the command that goes on, at a limit and at an interrupt', async () => {
    const file = join(folder, 'bounded');
    const bounded = await rolecall(['check', 'two-phase-commit', '--scenario', 'five', '--checkpoint', file, '--max-states', '3000']);
    expect(bounded.code).toBe(2);
    expect(bounded.err).toContain(`npx rolecall check two-phase-commit --resume ${file} --max-states 6000`);
    const on = await rolecall(['check', 'two-phase-commit', '--resume', file]);
    expect([on.code, on.out.includes('8,832 distinct worlds, 58,146 generated, depth 17')]).toEqual([0, true]);
    const stopped = await rolecall([...search, '--checkpoint', join(folder, 'stopped')], (child) => {
      child.stderr?.once('data', () => child.kill('SIGINT'));
      setTimeout(() => child.kill('SIGINT'), 1_500);
    });
    if (stopped.code === 130) expect(stopped.err).toContain('--resume');
  });

  it.each([
    [['--order', 'depth'], 'CHECKPOINT_OTHER', 'order is "breadth" in it'],
    [['--scenario', 'four'], 'CHECKPOINT_OTHER', 'scenario is "five" in it'],
    [['--mutant', 'commitsEarly'], 'CHECKPOINT_OTHER', 'mutant is null in it'],
  ])('of another search is refused: %j', async (more, what, why) => {
    const { code, err } = await rolecall(['check', 'two-phase-commit', '--resume', join(folder, 'bounded'), ...more]);
    expect([code, err.includes(what), err.includes(why)]).toEqual([64, true, true]);
  });

  it('is of one scenario, in a file that can be read', async () => {
    const many = await rolecall(['check', 'two-phase-commit', '--checkpoint', join(folder, 'many')]);
    expect([many.code, many.err.includes('CHECKPOINT_SCENARIO')]).toEqual([64, true]);
    const none = await rolecall(['check', 'two-phase-commit', '--resume', join(folder, 'none')]);
    expect([none.code, none.err.includes('FILE_UNREADABLE')]).toEqual([64, true]);
    const stranger = await rolecall(['check', 'two-phase-commit', '--resume', 'package.json']);
    expect([stranger.code, stranger.err.includes('CHECKPOINT_FORMAT')]).toEqual([64, true]);
  });
});

describe('a scenario that takes minutes', () => {
  it('is not explored where none is named', async () => {
    const { out } = await rolecall(['check', 'blockchain', '--max-states', '40', '--json']);
    const reports = JSON.parse(out) as readonly { readonly scenario: string }[];
    expect(reports.map(({ scenario }) => scenario)).toEqual(['everyRelay', 'everyJoin', 'everyCrash', 'everySplit', 'everyLine']);
  });
});
