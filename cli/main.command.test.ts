import { cp, mkdtemp, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { rolecall } from './called.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rolecall-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const mutantRun = (traces: string, ...more: readonly string[]) =>
  rolecall(['run', 'blockchain', '--mutant', 'heightDecides', '--trace-dir', traces, ...more]);

const onlyTrace = async (traces: string): Promise<string> => {
  const [name, ...others] = await readdir(traces);
  expect(others).toEqual([]);
  return join(traces, name ?? '');
};

describe('usage', () => {
  it('prints help, with examples and exit codes', async () => {
    const { code, out } = await rolecall(['--help']);
    expect(code).toBe(0);
    for (const word of ['init', 'list', 'run', 'replay', 'show', 'docs', 'Examples:', 'Exit codes:']) expect(out).toContain(word);
    const run = await rolecall(['run', '--help']);
    for (const option of [
      '--property',
      '--seed',
      '--runs',
      '--time',
      '--max-steps',
      '--faults',
      '--hosts',
      '--mutant',
      '--chain',
      '--trace-dir',
      '--json',
      '--watch',
    ])
      expect(run.out).toContain(option);
  });

  it.each([
    [['run', 'blokchain'], 'UNKNOWN_PROTOCOL', 'Did you mean blockchain?'],
    [['run', 'blockchain', '--property', 'EQUAL-DIFICULTY'], 'UNKNOWN_PROPERTY', 'Did you mean EQUAL-DIFFICULTY?'],
    [['run', 'blockchain', '--mutant', 'heightDecide'], 'UNKNOWN_MUTANT', 'Did you mean heightDecides?'],
    [['run', '--faults', 'drp'], 'error', 'Did you mean drop?'],
    [['run', '--seed', '1.5'], 'error', 'integer'],
    [['run', '--time', 'soon'], 'error', '90s'],
    [['run', '--mutent', 'x'], 'error', 'Did you mean --mutant?'],
    [['check', 'two-phase-commit', '--scenario', 'three', '--hosts', '9'], 'HOSTS', 'three names its hosts'],
    [['runn'], 'error', 'Did you mean run?'],
    [['history', '--model', 'register'], 'error', 'missing required argument'],
    [['replay', 'no-such-file.json'], 'FILE_UNREADABLE', 'There is no such file.'],
    [['show', '.'], 'FILE_UNREADABLE', 'no file'],
  ])('%j is a usage error that says what to do', async (args, what, advice) => {
    const { code, out, err } = await rolecall(args);
    expect(code).toBe(64);
    expect(out).toBe('');
    expect(err).toContain(what);
    expect(err).toContain(advice);
  });

  it('lists what there is, for people and for machines', async () => {
    const { code, out } = await rolecall(['list']);
    expect(code).toBe(0);
    for (const word of ['blockchain', 'peer', 'EQUAL-DIFFICULTY', 'partitionAndHeal', 'heightDecides']) expect(out).toContain(word);
    const json = JSON.parse((await rolecall(['list', '--json'])).out) as { protocols: { id: string; properties: { id: string }[] }[] };
    expect(json.protocols.map(({ id }) => id)).toContain('blockchain');
  });

  it('does without colours where there is no terminal', async () => {
    expect((await rolecall(['list'])).out).not.toContain('\u001b');
  });

  it('is told to a machine as every error is', async () => {
    const { code, out, err } = await rolecall(['run', '--json', '--mutent', 'x']);
    expect(code).toBe(64);
    expect(out).toBe('');
    expect(JSON.parse(err)).toMatchObject({ error: { code: 'USAGE', message: expect.stringContaining('Did you mean --mutant?') } });
  });

  it('minds a reader that stops reading: a verdict that was not reached is unknown, and a live run keeps its log', async () => {
    const run = await rolecall(['run', 'two-phase-commit', '--runs', '2000'], (child) => child.stdout?.once('data', () => child.stdout?.destroy()));
    expect(run).toMatchObject({ code: 2, err: '' });
    const log = join(folder, 'unread.jsonl');
    const live = ['live', 'ping-pong', '--scenario', 'fiveCalm', '--time', '300ms', '--log', log];
    expect((await rolecall(live, (child) => child.stdout?.once('data', () => child.stdout?.destroy()))).err).toBe('');
    expect((await readFile(log, 'utf8')).split('\n').length).toBeGreaterThan(2);
  });

  it('minds a reader that stops reading', async () => {
    const { code, err } = await rolecall(['list'], (child) => child.stdout?.destroy());
    expect(code).toBe(0);
    expect(err).toBe('');
  });
});

describe('a planted fault', () => {
  it('is found, told on one screen, written down, and shown again by a replay', async () => {
    const traces = join(folder, 'planted');
    const { code, out } = await mutantRun(traces);
    expect(code).toBe(1);
    const file = await onlyTrace(traces);
    for (const words of [
      'EQUAL-DIFFICULTY is violated under partitionAndHeal',
      'Host by host',
      'The run:',
      'is killed by EQUAL-DIFFICULTY',
      'seed 1',
      `npx rolecall replay ${file}`,
    ])
      expect(out).toContain(words);

    const replayed = await rolecall(['replay', file]);
    expect(replayed.code).toBe(1);
    const { steps } = JSON.parse(await readFile(file, 'utf8')) as { steps: unknown[] };
    expect(replayed.out).toContain(`EQUAL-DIFFICULTY is violated at step ${steps.length}, as the trace says`);

    const part = await rolecall(['replay', file, '--from', '2', '--to', '3', '--json']);
    expect(part.code).toBe(1);
    expect(JSON.parse(part.out)).toMatchObject({ verdict: 'violated', reproduced: true, divergence: null });

    const shown = await rolecall(['show', file]);
    expect(shown.code).toBe(0);
    expect(shown.out).toContain('leave any one of them out, and it passes (each was tried)');
  });

  it('gives the same bytes for the same seed, in another folder too', async () => {
    const [a, b] = [join(folder, 'a'), join(folder, 'b')];
    const [first, second] = [JSON.parse((await mutantRun(a, '--json')).out), JSON.parse((await mutantRun(b, '--json')).out)];
    expect(await readFile(await onlyTrace(a))).toEqual(await readFile(await onlyTrace(b)));
    for (const one of [first, second]) {
      expect(one.reports).toHaveLength(1);
      one.reports[0].timings = null;
      one.traces = null;
    }
    expect(first).toEqual(second);
  });
});

describe('the page of a trace', () => {
  const trace = join('traces', 'regressions', 'blockchain.blameless.blamesTheHeader.json');

  it('is one file, the same bytes each time', async () => {
    const [a, b] = [join(folder, 'pages', 'a.html'), join(folder, 'b.html')];
    const { code, out } = await rolecall(['show', trace, '--html', a]);
    expect(code).toBe(0);
    expect(out).toContain(`Written to ${a}`);
    await rolecall(['show', trace, '--html', b]);
    const page = await readFile(a, 'utf8');
    expect(page).toBe(await readFile(b, 'utf8'));
    for (const words of ['BLAMELESS is violated under liar', `npx rolecall replay ${trace}`, 'ETH-18', 'Content-Security-Policy'])
      expect(page).toContain(words);
    expect(await readdir(join(folder, 'pages'))).toEqual(['a.html']);
  });

  it('that cannot be written is a usage error', async () => {
    const { code, out, err } = await rolecall(['show', trace, '--html', folder]);
    expect(err).toContain('FILE_UNWRITABLE');
    expect(err).toContain('--html');
    expect(out).toBe('');
    expect(code).toBe(64);
  });
});

describe('a trace that was tampered with', () => {
  let good = '';
  beforeAll(async () => {
    good = await readFile(join('traces', 'regressions', 'blockchain.equal-difficulty.heightDecides.json'), 'utf8');
  });

  const changed = async (name: string, change: (text: string) => string): Promise<string> => {
    const file = join(folder, name);
    const text = change(good);
    expect(text).not.toBe(good);
    await writeFile(file, text);
    return file;
  };

  it.each<[string, (text: string) => string, number, string]>([
    ['a wrong field', (text) => text.replace(/"seed": [^,]*/, '"seed": "one"'), 64, 'TRACE_FIELD'],
    ['a prototype key', (text) => text.replace('"seed":', '"__proto__": {"polluted": 1}, "seed":'), 64, 'TRACE_PROTOTYPE_KEY'],
    ['half of it', (text) => text.slice(0, text.length / 2), 64, 'TRACE_JSON'],
    ['another protocol', (text) => text.replace('"protocol": "blockchain"', '"protocol": "blockhain"'), 64, 'UNKNOWN_PROTOCOL'],
    ['an unknown mutant', (text) => text.replace('"mutant": "heightDecides"', '"mutant": "heightDecide"'), 64, 'UNKNOWN_MUTANT'],
    ['an unknown scenario', (text) => text.replace('"scenario": "partitionAndHeal"', '"scenario": "partition"'), 64, 'UNKNOWN_SCENARIO'],
    ['another version', (text) => text.replace('"rolecall": 1', '"rolecall": 9'), 64, 'TRACE_VERSION'],
  ])('%s is refused with a typed error', async (name, change, expected, words) => {
    const { code, out, err } = await rolecall(['replay', await changed(`${name}.json`, change)]);
    expect(err).toContain(words);
    expect(out).toBe('');
    expect(code).toBe(expected);
  });

  it('another fingerprint is a divergence, with its step, host and field', async () => {
    const second = /(\n {4}\{[^\n]*\n {4}\{[^\n]*"fingerprint":")[0-9a-f]{16}/;
    const file = await changed('fingerprint.json', (text) => text.replace(second, '$10000000000000000'));
    const { code, out } = await rolecall(['replay', file]);
    expect(code).toBe(3);
    expect(out).toMatch(/left its trace at step \d+: \w+, /);
  });

  it('a missing step is a divergence, and a lenient replay goes on', async () => {
    const file = await changed('missing.json', (text) => text.replace(/\n {4}\{"action":\{"type":"Command"[^\n]*/, ''));
    expect((await rolecall(['replay', file])).code).toBe(3);
    expect([0, 1]).toContain((await rolecall(['replay', file, '--lenient'])).code);
  });

  it('200 MB are refused for their size', async () => {
    const file = join(folder, 'large.json');
    await writeFile(file, '{');
    await truncate(file, 200_000_000);
    const { code, err } = await rolecall(['replay', file]);
    expect(code).toBe(64);
    expect(err).toContain('TRACE_TOO_LARGE');
  });
});

describe('an interruption', () => {
  it('ends with a report of what was found so far, and exit code 130', async () => {
    const { code, out } = await rolecall(['run', 'blockchain', '--runs', '1000000'], (child) => {
      // Once it tells how it goes on, it is there to be interrupted.
      child.stderr?.once('data', () => child.kill('SIGINT'));
    });
    expect(code).toBe(130);
    expect(out).toContain('? unknown');
    expect(out).toMatch(/EQUAL-DIFFICULTY +[\d,]+/);
  });

  it('by the time that was given is unknown, exit code 2', async () => {
    const { code, out } = await rolecall(['run', 'blockchain', '--time', '2s', '--runs', '1000000']);
    expect(code).toBe(2);
    expect(out).toContain('the time was up');
  });
});

describe('the documents', () => {
  it('that the repository keeps are what the model says', async () => {
    const { code, out } = await rolecall(['docs', '--check']);
    expect(code, out).toBe(0);
  });

  it('fail the check where one differs, and are mended by writing them', async () => {
    const docs = join(folder, 'docs');
    await cp(join('docs', 'generated'), docs, { recursive: true });
    const claims = await readFile(join(docs, 'claims.md'), 'utf8');
    await writeFile(join(docs, 'claims.md'), `${claims}\nchanged\n`);
    const { code, out } = await rolecall(['docs', '-o', docs, '--check']);
    expect(code).toBe(1);
    expect(out).toContain('claims.md');
    expect((await rolecall(['docs', '-o', docs, '--no-api'])).code).toBe(0);
    expect(await readFile(join(docs, 'claims.md'), 'utf8')).toBe(claims);
  });
});
