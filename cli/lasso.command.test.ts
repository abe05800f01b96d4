import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
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

  it('is a page that shows the loop; a name in its trace that nobody knows is told with the file', async () => {
    const trace = join(folder, 'ping-pong.PING-PONG-ENDS.fiveCalm.neverThere.seed1.json');
    const page = join(folder, 'loop.html');
    expect((await rolecall(['show', trace, '--html', page])).code).toBe(0);
    const html = await readFile(page, 'utf8');
    expect(html).toContain('<path class="loop"');
    expect(html).toContain('from step 7 on it repeats');
    const strange = join(folder, 'strange.json');
    await writeFile(strange, (await readFile(trace, 'utf8')).replace('"fiveCalm"', '"fiveCalms"'));
    const { code, err } = await rolecall(['replay', strange]);
    expect(code).toBe(64);
    expect(err).toContain(`UNKNOWN_SCENARIO at ${strange}`);
  });

  // Node asks for ever where a folder may not be made though all above it are there.
  it.runIf(existsSync('/proc/self'))('is written to no folder that cannot be made', async () => {
    const trace = join(folder, 'ping-pong.PING-PONG-ENDS.fiveCalm.neverThere.seed1.json');
    const { code, err } = await rolecall(['show', trace, '--html', '/proc/no-such-folder/page.html']);
    expect(code).toBe(64);
    expect(err).toContain('FILE_UNWRITABLE at /proc/no-such-folder/page.html');
  });

  it('is left to check by a run, which says so', async () => {
    const { code, out } = await rolecall(['run', 'ping-pong', '--runs', '20']);
    expect(code, out).toBe(0);
    expect(out).toMatch(/PING-PONG-ENDS +0 +for `check`/);
    expect(out).toContain('npx rolecall check ping-pong --scenario fiveCalm\n');
    const { code: asked, err } = await rolecall(['run', 'ping-pong', '--property', 'PING-PONG-ENDS']);
    expect(asked).toBe(64);
    expect(err).toContain('FOR_CHECK');
    expect(err).toContain('rolecall check ping-pong --scenario');
  });

  it.each([
    ['request-response', 'retriesForEver', 'REQUEST-ENDS-LOSSY'],
    ['file', 'storesFilesOnly', 'NFS4-EXACTLY-ONCE'],
  ])('is looked for in every world, where random runs of %s do not find %s', async (protocol, mutant, property) => {
    const { code, out, err } = await rolecall(['run', protocol, '--mutant', mutant, '--trace-dir', folder]);
    expect(code, err).toBe(1);
    expect(err).toContain('every world of');
    expect(out).toMatch(new RegExp(`${property} +✗ violated`));
  });
});
