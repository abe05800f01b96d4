import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { rolecall } from './called.ts';
import { installedOutside } from './outside.ts';

/**
 * The README and the guide are executed: every command line of a `sh` block runs and must exit as its comment says
 * (`# exit 1`; 0 without one), and a `text` block that follows must be what it prints, `…` standing for lines left out.
 * A page that says so is executed in an empty folder: its `diff` blocks are applied to the project that `init` writes, and
 * its `ts` blocks must stand there; one that begins with a file's name is that file.
 */
const root = join(import.meta.dirname, '..');

/** The pages of the guide that have commands. One without, such as one on the words of a definition, has nothing to execute. */
export const guide: readonly string[] = readdirSync(join(root, 'docs', 'guide'))
  .map((name) => `docs/guide/${name}`)
  .filter((page) => page.endsWith('.md') && /```sh\n/.test(readFileSync(join(root, page), 'utf8')));

interface Command {
  readonly page: string;
  readonly line: string;
  readonly args: readonly string[];
  readonly exit: number;
  /** What the page shows of its output. */
  readonly shown: readonly string[];
  /** Which lines of the project's file are replaced before it: those of the `diff` blocks that stand above. */
  readonly edits: readonly (readonly [string, string])[];
  /** The files that stand above it: `ts` blocks that begin with `// name.ts`. */
  readonly files: readonly (readonly [string, string])[];
}

/** What is run elsewhere: continuous integration installs and tests in a fresh clone. */
const elsewhere = /^(npm ci|npm test|npm install|npm init|git clone|cd |node \.ci)/;

const textOf = (page: string): string => readFileSync(join(root, page), 'utf8');

/** A page about a project of its own. */
const isOutside = (page: string): boolean => textOf(page).includes('<!-- Executed in an empty folder');

const lines = (block: string, sign: string): string =>
  block
    .split('\n')
    .filter((line) => line.startsWith(sign))
    .map((line) => line.slice(1))
    .join('\n');

const editsAbove = (text: string): Command['edits'] =>
  [...text.matchAll(/```diff\n([\s\S]*?)```/g)].map(([, block = '']) => [lines(block, '-'), lines(block, '+')]);

const filesAbove = (text: string): Command['files'] =>
  [...text.matchAll(/```ts\n(\/\/ (\S+\.ts)\n[\s\S]*?)```/g)].map(([, block = '', name = '']) => [name, block]);

const commandsOf = (page: string): Command[] => {
  const text = textOf(page);
  const blocks = [...text.matchAll(/```sh\n([\s\S]*?)```\n(?:\n```text\n([\s\S]*?)```)?/g)];
  return blocks.flatMap(({ 1: code = '', 2: shown = '', index: at }) => {
    const typed = code
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== '' && !line.startsWith('#'));
    const runs = typed.map((line) => line.replace(/^npm ci && (?=npx)/, '')).filter((line) => !elsewhere.test(line));
    return runs.map((line, index) => {
      const [command = '', comment = ''] = line.split(/\s+#\s/);
      const [npx, name, ...args] = command.split(/\s+/);
      expect([npx, name], `${page}: ${line}`).toEqual(['npx', 'rolecall']);
      return {
        page,
        line: command,
        args,
        exit: Number(/exit (\d+)/.exec(comment)?.[1] ?? 0),
        shown: index === runs.length - 1 ? shown.split('\n').filter((each) => each.trim() !== '') : [],
        edits: editsAbove(text.slice(0, at)),
        files: filesAbove(text.slice(0, at)),
      };
    });
  });
};

/** Tests that execute a page; for its test file. */
export const executes = (page: string): void => {
  const commands = commandsOf(page);
  let folder = root;
  beforeAll(() => {
    if (isOutside(page)) folder = installedOutside();
  });
  afterAll(() => {
    if (folder !== root) rmSync(folder, { recursive: true, force: true });
  });
  const edited = new Set<string>();
  it.each(commands.map((command) => [command.line, command] as const))('%s', { timeout: 300_000 }, async (_, { args, exit, shown, edits, files }) => {
    for (const [name, text] of files.filter(([each]) => !edited.has(each))) {
      writeFileSync(join(folder, name), text);
      edited.add(name);
    }
    const file = join(folder, files[0]?.[0] ?? 'orders.ts');
    for (const [from, to] of edits.filter(([each]) => !edited.has(each))) {
      const before = readFileSync(file, 'utf8');
      expect(before).toContain(from);
      writeFileSync(file, before.replace(from, to));
      edited.add(from);
    }
    const { code, out, err } = await rolecall(
      args,
      () => {},
      folder,
      join(folder === root ? root : join(folder, 'node_modules', 'rolecall'), 'bin', 'rolecall.js'),
    );
    expect(code, err + out).toBe(exit);
    const printed = out.split('\n').map((line) => line.trimEnd());
    let from = 0;
    let gap = true;
    for (const line of shown) {
      if (line.trim() === '…') {
        gap = true;
        continue;
      }
      const at = printed.indexOf(line.trimEnd(), from);
      expect(at, `not printed: ${line}\n${out}`).toBeGreaterThanOrEqual(0);
      if (!gap)
        expect(
          printed.slice(from, at).filter((each) => each !== ''),
          `left out before: ${line}`,
        ).toEqual([]);
      [from, gap] = [at + 1, false];
    }
  });

  if (isOutside(page))
    it('shows what the compiler takes', { timeout: 120_000 }, () => {
      execFileSync(process.execPath, [join(folder, 'node_modules', 'typescript', 'bin', 'tsc')], { cwd: folder, stdio: 'pipe' });
    });

  if (isOutside(page))
    it('quotes what init writes', () => {
      const written = ['orders.ts', 'rolecall.config.ts'].map((name) => readFileSync(join(root, 'templates', name), 'utf8'));
      const quoted = [...textOf(page).matchAll(/```ts\n([\s\S]*?)```/g)]
        .map(([, block = '']) => block)
        .filter((block) => !block.includes('testProperty') && !/^\/\/ \S+\.ts\n/.test(block));
      expect(quoted.filter((block) => !written.some((text) => text.includes(block)))).toEqual([]);
    });
};
