import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const root = join(import.meta.dirname, '..');

/**
 * An empty folder in which a person has installed the package, for tests: the tarball of `npm pack` is unpacked, and what
 * it depends on is linked from here, so that no registry is asked.
 */
export const installedOutside = (): string => {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'rolecall-outside-')));
  const modules = join(folder, 'node_modules');
  const own = join(modules, 'rolecall');
  mkdirSync(own, { recursive: true });
  // Its scripts would compile anew, under the feet of other tests.
  execFileSync('npm', ['pack', '--ignore-scripts', '--silent', '--pack-destination', folder], { cwd: root, shell: process.platform === 'win32' });
  const tarball = readdirSync(folder).find((name) => name.endsWith('.tgz')) ?? '';
  execFileSync('tar', ['-xzf', join(folder, tarball), '-C', own, '--strip-components=1']);
  const { dependencies } = JSON.parse(readFileSync(join(own, 'package.json'), 'utf8')) as { dependencies: Record<string, string> };
  for (const name of [...Object.keys(dependencies), 'vitest']) {
    mkdirSync(dirname(join(modules, name)), { recursive: true });
    symlinkSync(join(root, 'node_modules', name), join(modules, name), 'junction');
  }
  return folder;
};
