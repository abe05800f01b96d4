import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Called, rolecall } from './called.ts';

const root = join(import.meta.dirname, '..');
const trace = join(root, 'traces', 'regressions', 'blockchain.blameless.blamesTheHeader.json');

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rolecall-'));
  const from = (path: string): string => pathToFileURL(join(root, 'dist', path)).href;
  const config = `import { twoPhaseCommit } from '${from('spec/reference/two-phase-commit.js')}';
    const { three, five } = twoPhaseCommit.scenarios;
    const orders = { ...twoPhaseCommit, id: 'orders', scenarios: { three } };
    export default { protocols: `;
  for (const name of ['one', 'two', 'none']) await mkdir(join(folder, name));
  await writeFile(join(folder, 'one', 'rolecall.config.mjs'), `${config} [orders] };`);
  await writeFile(join(folder, 'two', 'rolecall.config.mjs'), `${config} [orders, { ...orders, id: 'other', scenarios: { three, five } }] };`);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const call = (where: string, ...args: readonly string[]): Promise<Called> => rolecall(args, () => {}, join(folder, where));

const refused = ({ code, out, err }: Called, ...words: readonly string[]): void => {
  expect(code, err).toBe(64);
  expect(out).toBe('');
  for (const each of words) expect(err).toContain(each);
};

describe('a protocol that is not named', () => {
  it('is the only one of the project, and so is the scenario; then the log', async () => {
    const checked = await call('one', 'check');
    expect(checked.code, checked.err).toBe(0);
    expect(checked.out).toContain('orders, three: every world was looked at');
    const ran = await call('one', 'live', '--time', '300ms');
    expect(ran.code, ran.err).toBe(0);
    expect(ran.out).toContain('orders, three, live');
    const judged = await call('one', 'validate');
    expect(judged.code, judged.err).toBe(0);
  });

  it('is asked for where there are several, and they are told', async () => {
    refused(await call('two', 'check'), 'PROTOCOL_MISSING', 'lists 2: orders, other', 'npx rolecall check orders');
    refused(await call('none', 'check'), 'PROTOCOL_MISSING', 'no rolecall.config.ts', 'two-phase-commit', 'npx rolecall check');
    refused(await call('two', 'mutants'), 'PROTOCOL_MISSING', 'npx rolecall mutants orders');
    refused(await call('two', 'live', 'other'), 'SCENARIO_MISSING', 'other has 2: three, five', '--scenario three');
  });

  it('is that of the checkpoint which is carried on', async () => {
    const checkpoint = join(folder, 'checkpoint');
    const search = ['--scenario', 'three', '--max-states', '100', '--checkpoint', checkpoint];
    expect((await call('none', 'check', 'two-phase-commit', ...search)).code).toBe(2);
    const { code, out, err } = await call('none', 'check', '--resume', checkpoint, '--max-states', '1000');
    expect(code, err).toBe(0);
    expect(out).toContain('288 ');
  });
});

describe('a trace that is not named', () => {
  it('is the only one that `run` left; asked for where there is none or several, the newest first', async () => {
    refused(await call('none', 'show'), 'TRACE_MISSING', 'there is none in .rolecall', '`rolecall run` writes them there');
    refused(await call('none', 'validate'), 'LOG_MISSING', '`rolecall live` writes them there');
    const traces = join(folder, 'none', '.rolecall', 'traces');
    await mkdir(traces, { recursive: true });
    await cp(trace, join(traces, '10.json'));
    const replayed = await call('none', 'replay');
    expect(replayed.code, replayed.err).toBe(1);
    expect(replayed.out).toContain('BLAMELESS');
    for (let n = 11; n < 22; n++) await cp(trace, join(traces, `${n}.json`));
    refused(await call('none', 'show'), 'TRACE_MISSING', 'there are 12', 'and 2 more', `npx rolecall show ${join('.rolecall', 'traces', '21.json')}`);
  });
});
