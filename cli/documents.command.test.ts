import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { rolecall } from './called.ts';

/**
 * The README and the guide are executed: every command line of a `sh` block runs and must exit as its comment says
 * (`# exit 1`; 0 without one), and a `text` block that follows must be what it prints, `…` standing for lines left out.
 */
const root = join(import.meta.dirname, '..');
const pages = ['README.md', ...readdirSync(join(root, 'docs', 'guide')).map((name) => `docs/guide/${name}`)].filter(
  // A page without commands, such as one on the words of a definition, has nothing to execute.
  (page) => page.endsWith('.md') && /```sh\n/.test(readFileSync(join(root, page), 'utf8')),
);

interface Command {
  readonly page: string;
  readonly line: string;
  readonly args: readonly string[];
  readonly exit: number;
  /** What the page shows of its output. */
  readonly shown: readonly string[];
}

/** What is run elsewhere: continuous integration installs and tests in a fresh clone. */
const elsewhere = /^(npm ci|npm test|npm install|git clone|cd |node \.ci)/;

const commandsOf = (page: string): Command[] => {
  const text = readFileSync(join(root, page), 'utf8');
  const blocks = [...text.matchAll(/```sh\n([\s\S]*?)```\n(?:\n```text\n([\s\S]*?)```)?/g)];
  return blocks.flatMap(([, code = '', shown = '']) => {
    const lines = code
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== '' && !line.startsWith('#'));
    const runs = lines.map((line) => line.replace(/^npm ci && (?=npx)/, '')).filter((line) => !elsewhere.test(line));
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
      };
    });
  });
};

describe.each(pages)('%s', (page) => {
  const commands = commandsOf(page);
  it.each(commands.map((command) => [command.line, command] as const))('%s', { timeout: 300_000 }, async (_, { args, exit, shown }) => {
    const { code, out, err } = await rolecall(args);
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
});
