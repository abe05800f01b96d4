import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { rolecall } from './called.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'history-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const kept = async (text: string): Promise<string> => {
  const file = join(folder, 'history');
  await writeFile(file, text);
  return file;
};

const history = async (text: string, ...options: readonly string[]) => rolecall(['history', await kept(text), ...options]);

/** Many writes at once, and a read of what none of them wrote: every order of them has to be tried. */
const hopeless = (writers: number): string =>
  [
    ...Array.from({ length: writers }, (_, number) => `${number} :invoke :write ${number}`),
    `${writers} :invoke :read nil`,
    `${writers} :ok :read ${writers}`,
    ...Array.from({ length: writers }, (_, number) => `${number} :ok :write ${number}`),
  ].join('\n');

describe('rolecall history', () => {
  it('says for machines what cannot be, and where', async () => {
    const { code, out } = await rolecall(['history', 'docs/guide/histories/register.log', '--model', 'cas-register', '--json']);
    expect(code).toBe(1);
    expect(JSON.parse(out)).toMatchObject({
      verdict: 'violated',
      consistency: 'linearizable',
      operations: 6,
      indefinite: 1,
      others: 1,
      exitCode: 1,
      violations: [
        {
          violating: { process: '0', called: 12, returned: 13 },
          possible: [2],
          although: { operation: 'write 2', returned: 9 },
          prefix: { beforeLine: 13 },
        },
      ],
    });
  });

  it('ends with what ran out', async () => {
    const { code, out } = await history(hopeless(25), '-m', 'register', '--max-configurations', '1000');
    expect(code).toBe(2);
    expect(out).toMatch(/Unknown whether the history is linearizable: there are more configurations than may be remembered/);
  });

  it('ends on Ctrl-C with what it knows', async () => {
    const file = await kept(hopeless(30));
    const { code, out } = await rolecall(['history', file, '-m', 'register', '--max-configurations', '16000000'], (child) => {
      child.stderr?.once('data', () => child.kill('SIGINT'));
    });
    expect(out).toMatch(/it was interrupted/);
    expect(code).toBe(2);
  });

  it('tells what hangs on how a failed cas is read, and takes what a register holds at first', async () => {
    const failed = '0 :invoke :write 1\n0 :ok :write 1\n0 :invoke :cas [1 2]\n0 :fail :cas [1 2]';
    const { code, out } = await history(failed, '-m', 'register');
    expect(out).toMatch(/if :fail only says that it\s+took\s+no\s+effect,\s+there\s+is\s+such\s+an\s+order/);
    expect(code).toBe(1);
    expect((await history('0 :invoke :read nil\n0 :ok :read 0', '-m', 'register', '-i', '0')).code).toBe(0);
  });

  it('tells errors of use apart', async () => {
    const { code, err } = await history('0 :invoke :read nil', '-m', 'regster');
    expect(code).toBe(64);
    expect(err).toMatch(/UNKNOWN_MODEL[\s\S]*Did you mean register\?/);
    expect((await history('0 :invoke :read nil', '-m', 'register', '-c', 'serializable')).err).toMatch(/UNKNOWN_CONSISTENCY/);
    expect((await history('0 :invoke :read nil')).code).toBe(64);
    expect((await history('0 :invoke :add 1', '-m', 'counter', '-i', '0')).err).toMatch(/INITIAL_VALUE/);
    expect((await rolecall(['history', folder, '-m', 'register'])).err).toMatch(/FILE_UNREADABLE/);
    expect((await rolecall(['history', join(folder, 'none'), '-m', 'register'])).err).toMatch(/There is no such file/);
  });

  it.each([
    [
      'read-your-writes',
      'key-value',
      '0 :invoke :write [x 1]\n0 :ok :write [x 1]\n0 :invoke :read [x nil]\n0 :ok :read [x nil]',
      /although it had written x 1/,
    ],
    ['exactly-once', 'set', '0 :invoke :add 1\n0 :ok :add 1\n0 :invoke :read nil\n0 :ok :read [1 1]', /1 took effect more than once/],
    ['close-to-open', 'file', '0 :invoke :open f\n0 :ok :open f\n0 :invoke :read f\n0 :ok :read [f 3]', /which nobody had written/],
    [
      'strict-serializable',
      'list-append',
      '0 :invoke :txn [[:append x 1]]\n0 :ok :txn [[:append x 1]]\n1 :invoke :txn [[:r x nil]]\n1 :ok :txn [[:r x []]]',
      /T1 ended \(line 2\) before T2 began \(line 3\)/,
    ],
    [
      'serializable',
      'rw-register',
      '0 :invoke :txn [[:r x nil] [:w y 1]]\n1 :invoke :txn [[:r y nil] [:w x 1]]\n0 :ok :txn [[:r x nil] [:w y 1]]\n1 :ok :txn [[:r y nil] [:w x 1]]',
      /G2/,
    ],
  ])('%s', async (consistency, model, text, says) => {
    const { code, out } = await history(text, '-m', model, '-c', consistency);
    expect(out).toMatch(says);
    expect(code).toBe(1);
  });
});
