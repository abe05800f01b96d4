import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const root = join(import.meta.dirname, '..');
const packedIn = join(root, '.rolecall', 'packed');

/** Packs the package as npm would publish it; once, before the tests that install it. */
export const pack = (): void => {
  rmSync(packedIn, { recursive: true, force: true });
  mkdirSync(packedIn, { recursive: true });
  // Its scripts would compile anew, under the feet of other tests.
  execFileSync('npm', ['pack', '--ignore-scripts', '--silent', '--pack-destination', packedIn], { cwd: root, shell: process.platform === 'win32' });
};

/**
 * An empty folder in which a person has installed the package, for tests: what {@link pack} made is unpacked, and what
 * it depends on is linked from here, so that no registry is asked.
 */
export const installedOutside = (): string => {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'rolecall-outside-')));
  const modules = join(folder, 'node_modules');
  const own = join(modules, 'rolecall');
  mkdirSync(own, { recursive: true });
  const tarball = readdirSync(packedIn).find((name) => name.endsWith('.tgz')) ?? '';
  execFileSync('tar', ['-xzf', join(packedIn, tarball), '-C', own, '--strip-components=1']);
  const { dependencies } = JSON.parse(readFileSync(join(own, 'package.json'), 'utf8')) as { dependencies: Record<string, string> };
  for (const name of [...Object.keys(dependencies), 'vitest']) {
    mkdirSync(dirname(join(modules, name)), { recursive: true });
    symlinkSync(join(root, 'node_modules', name), join(modules, name), 'junction');
  }
  return folder;
};
