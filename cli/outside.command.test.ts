import { type ChildProcess, execFile } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Called, rolecall } from './called.ts';
import { installedOutside } from './outside.ts';

/** A person who never saw this repository: an empty folder, the package as npm packs it, and nothing else. */
let folder = '';
beforeAll(() => {
  folder = installedOutside();
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const call = (args: readonly string[], cwd = folder): Promise<Called> =>
  rolecall(args, () => {}, cwd, join(folder, 'node_modules', 'rolecall', 'bin', 'rolecall.js'));

/** Another package's command, in the folder. */
const node = (script: string, ...args: readonly string[]): Promise<string> =>
  new Promise((resolve) => {
    const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(VITEST|VITE_|FORCE_COLOR|NODE_ENV)/.test(name)));
    execFile(process.execPath, [join(folder, 'node_modules', script), ...args], { cwd: folder, env: { ...env, NO_COLOR: '1' } }, (error, out, err) =>
      resolve(`${out}${err}\nexit ${error?.code ?? 0}`),
    );
  });

const write = (name: string, text: string): void => writeFileSync(join(folder, name), text);
const edit = (name: string, from: string, to: string): void => {
  const before = readFileSync(join(folder, name), 'utf8');
  expect(before).toContain(from);
  write(name, before.replace(from, to));
};

const config = "import { defineConfig } from 'rolecall';\nimport { chargedOnce, orders } from './orders.ts';\n";
const fixed = ['context.charged.at(-1) === event.order', 'context.charged.includes(event.order)'] as const;

describe('a new project', () => {
  it('is written by init, which overwrites nothing', async () => {
    write('tsconfig.json', '{ "mine": true }');
    const { code, out, err } = await call(['init']);
    expect(err).toBe('');
    expect(code).toBe(0);
    expect(out).toContain('was there and stays as it is');
    expect(out).toContain('npx rolecall run');
    expect(out).not.toContain('npm install');
    expect(readFileSync(join(folder, 'tsconfig.json'), 'utf8')).toBe('{ "mine": true }');
    const again = await call(['init']);
    expect(again.code).toBe(64);
    expect(again.err).toContain('INIT_EXISTS');
    const inner = await call(['init', 'inner']);
    expect(inner.out).toContain('cd inner');
    expect(readdirSync(join(folder, 'inner')).sort()).toEqual(['.gitignore', 'orders.ts', 'rolecall.config.ts', 'tsconfig.json']);
    write('tsconfig.json', readFileSync(join(folder, 'inner', 'tsconfig.json'), 'utf8'));
    const file = await call(['init', 'orders.ts']);
    expect(file.code).toBe(64);
    expect(file.err).toContain('INIT_FOLDER');
  });

  it('is what its compiler takes, and a misspelt name is not', async () => {
    expect(await node('typescript/bin/tsc')).toBe('\nexit 0');
    write(
      'wrong.ts',
      "import { defineProperty } from 'rolecall';\nimport { orders } from './orders.ts';\nexport const p = defineProperty(orders, { id: 'P', claim: '', holdsUnder: ['losy'] });\n",
    );
    expect(await node('typescript/bin/tsc')).toContain('wrong.ts(3,');
    rmSync(join(folder, 'wrong.ts'));
  });

  it('lists its own protocol, and shows a trace at the first run', async () => {
    const { out } = await call(['list']);
    expect(out).toContain('CHARGED-ONCE');
    expect(out).not.toContain('blockchain');
    const run = await call(['run']);
    expect(run.code).toBe(1);
    expect(run.out).toContain('CHARGED-ONCE is violated under lossy');
    expect(run.out).toContain('charged 1, 2, 1');
    const trace = /npx rolecall replay (\S+)/.exec(run.out)?.[1] ?? '';
    const replayed = await call(['replay', trace]);
    expect(replayed.code).toBe(1);
    expect(replayed.out).toContain('CHARGED-ONCE is violated at step 8, as the trace says');
    const shown = await call(['show', trace]);
    expect(shown.code).toBe(0);
    expect(shown.out).toContain(`mkdir -p traces/regressions/ && cp ${trace} traces/regressions/`);
    await call(['show', trace, '--html', 'run.html']);
    expect(readFileSync(join(folder, 'run.html'), 'utf8')).toContain(`mkdir -p traces/regressions/ &amp;&amp; cp ${trace} traces/regressions/`);
    mkdirSync(join(folder, 'traces', 'regressions'), { recursive: true });
    writeFileSync(join(folder, 'traces', 'regressions', 'bug.json'), readFileSync(join(folder, trace)));
    expect((await call(['run'])).out).toContain('bug.json changed');
  });

  it('still reaches the built-in protocols by name', async () => {
    const { code, out } = await call(['run', 'request-response', '--runs', '20', '--property', 'SERVER-REACTIVE']);
    expect([0, 2]).toContain(code);
    expect(out).toContain('request-response:');
    expect((await call(['run', 'ordres'])).err).toContain('Did you mean orders?');
  });

  it('has documents, in the folder that its configuration names', async () => {
    write('rolecall.config.ts', `${config}export default defineConfig({ protocols: [orders], properties: [chargedOnce], docs: 'pages' });\n`);
    expect((await call(['docs'])).out).toContain('in pages');
    expect(readFileSync(join(folder, 'pages', 'orders', 'README.md'), 'utf8')).toContain('A shop has its orders charged by a bank.');
    expect((await call(['docs', '--check'])).code).toBe(0);
  });

  it('has the same failure as a vitest test, and passes once the bug is mended', async () => {
    write(
      'orders.test.ts',
      "import { testProperty } from 'rolecall/vitest';\nimport { chargedOnce } from './orders.ts';\n\ntestProperty(chargedOnce, { seed: 7 });\n",
    );
    const red = await node('vitest/vitest.mjs', 'run', '--root', folder);
    expect(red).toContain('CHARGED-ONCE is violated under lossy');
    expect(red).toContain('1 failed | 1 passed');
    const trace = /npx rolecall replay (\S+)/.exec(red)?.[1] ?? '';
    expect((await call(['replay', trace])).code).toBe(1);
    edit('orders.ts', ...fixed);
    expect(await node('vitest/vitest.mjs', 'run', '--root', folder)).toContain('2 passed');
    expect(await node('typescript/bin/tsc')).toBe('\nexit 0');
    const run = await call(['run']);
    expect(run.code).toBe(0);
    expect(run.out).toContain('bug.json as expected');
    expect((await call(['replay', trace])).code).toBe(3);
    const planted = await call(['run', '--mutant', 'remembersNothing']);
    expect(planted.code).toBe(1);
    expect(planted.out).toContain('is killed by CHARGED-ONCE');
  });
});

describe('a configuration', () => {
  it.each([
    ['without an export', 'export const a = 1;', 'CONFIG_EXPORT', 'default export'],
    ['with a misspelt field', `${config}export default { protocol: [orders] };`, 'CONFIG_FIELD', 'Did you mean protocols?'],
    ['without protocols', 'export default { protocols: [] };', 'CONFIG_FIELD', 'rolecall.config.ts: protocols'],
    [
      'with something else for a protocol',
      `${config}export default { protocols: [chargedOnce] };`,
      'CONFIG_FIELD',
      'rolecall.config.ts: protocols[0]',
    ],
    [
      'with a property of another protocol',
      `${config}export default { protocols: [{ ...orders }], properties: [chargedOnce] };`,
      'CONFIG_PROPERTY',
      'CHARGED-ONCE',
    ],
    ['with a protocol twice', `${config}export default { protocols: [orders, orders] };`, 'CONFIG_TWICE', 'orders'],
    ['with a syntax error', 'export default {\n  protocols: [,\n', 'CONFIG_SYNTAX', 'rolecall.config.ts:3:1'],
    ['with an import of no file', "import { a } from './nothing.ts';\nexport default a;", 'CONFIG_IMPORT', 'rolecall.config.ts:1:20'],
    ['with an import of no package', "import { a } from 'no-such-package';\nexport default a;", 'CONFIG_IMPORT', 'no-such-package'],
    ['with an import of no name', "import { a } from './orders.ts';\nexport default a;", 'CONFIG_IMPORT', 'orders.ts exports no a.'],
    ['that throws', "const f = (): never => {\n  throw new Error('not today');\n};\nexport default f();", 'CONFIG_THREW', 'rolecall.config.ts:2'],
    [
      'with a definition that is refused',
      "import { defineProtocol } from 'rolecall';\n\nexport default defineProtocol({ id: 'A b', doc: '', source: '', messages: {}, roles: {}, scenarios: {} });",
      'PROTOCOL_ID',
      'rolecall.config.ts:3, A b',
    ],
  ])('%s is a usage error that says where', async (_, text, code, words) => {
    write('rolecall.config.ts', text);
    const called = await call(['list']);
    expect(called.err).toContain(code);
    expect(called.err).toContain(words);
    expect(called.out).toBe('');
    expect(called.code).toBe(64);
  });

  it('that is a folder is a usage error', async () => {
    mkdirSync(join(folder, 'odd', 'rolecall.config.ts'), { recursive: true });
    const { code, err } = await call(['list'], join(folder, 'odd'));
    expect(code).toBe(64);
    expect(err).toContain('CONFIG_UNREADABLE at rolecall.config.ts');
  });

  it('may import files however their names are written, and they may name their own place', async () => {
    mkdirSync(join(folder, 'parts'), { recursive: true });
    write('parts/index.ts', "export * from '../orders';\nexport { place } from './place.js';\n");
    write(
      'parts/place.ts',
      "import { readFileSync } from 'node:fs';\nimport type { Nothing } from './nothing.ts';\nexport const place: Nothing = readFileSync(new URL('./data.txt', import.meta.url), 'utf8');\n",
    );
    write('parts/data.txt', 'here');
    write(
      'rolecall.config.ts',
      "import { chargedOnce, orders, place } from './parts';\nif (place !== 'here' || import.meta.dirname.includes('compiled')) throw new Error(place);\nexport default { protocols: [orders], properties: [chargedOnce] };\n",
    );
    const { code, err } = await call(['list']);
    expect(err).toBe('');
    expect(code).toBe(0);
  });

  it('may stand where the package is not installed', async () => {
    const elsewhere = installedNowhere();
    try {
      const { code, out, err } = await call(['list'], elsewhere);
      expect(err).toBe('');
      expect(code).toBe(0);
      expect(out).toContain('CHARGED-ONCE');
    } finally {
      rmSync(elsewhere, { recursive: true, force: true });
    }
  });
});

describe('a project that is watched', () => {
  it('runs again when one of its sources changes, and only then', async () => {
    const project = join(folder, 'inner');
    const source = join(project, 'orders.ts');
    const args = ['run', '--watch', '--runs', '20', '--seed', '3'];
    let told = '';
    let edits = 0;
    const follow = (child: ChildProcess): void => {
      child.stdout?.on('data', (data: Buffer) => {
        told += data.toString();
        const runs = told.split('== rolecall run --runs 20 --seed 3').slice(1);
        if (runs.length === edits + 1 && runs.at(-1)?.includes('replay') === true) {
          // The second time around something is written that is no source.
          if (edits++ === 0) writeFileSync(source, `${readFileSync(source, 'utf8')}\n// Edited.\n`);
          else {
            writeFileSync(join(project, 'notes.md'), 'no source');
            setTimeout(() => child.kill('SIGINT'), 700);
          }
        }
      });
    };
    const { code, out } = await rolecall(args, follow, project, join(folder, 'node_modules', 'rolecall', 'bin', 'rolecall.js'));
    expect(code, out).toBe(130);
    expect(out.match(/^== rolecall run/gm)).toHaveLength(2);
    expect(out.match(/CHARGED-ONCE is violated under lossy/g)?.length).toBeGreaterThanOrEqual(2);
  });

  it('has to be there', async () => {
    mkdirSync(join(folder, 'empty'), { recursive: true });
    const { code, err } = await call(['run', '--watch'], join(folder, 'empty'));
    expect(code).toBe(64);
    expect(err).toContain('WATCH_NEEDS_SOURCES');
  });
});

/** A folder with the project alone. */
const installedNowhere = (): string => {
  const elsewhere = `${folder}-elsewhere`;
  mkdirSync(elsewhere);
  writeFileSync(join(elsewhere, 'orders.ts'), readFileSync(join(folder, 'inner', 'orders.ts')));
  writeFileSync(join(elsewhere, 'rolecall.config.ts'), readFileSync(join(folder, 'inner', 'rolecall.config.ts')));
  return elsewhere;
};
