import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { RolecallError } from '../model/kernel/errors.ts';
import { exitCodes } from './exit.ts';
import { packageRoot } from './package-root.ts';

/**
 * Compiles whenever a source changes, and then runs again in a process of its own, because a module that is loaded stays
 * as it was. A run that is still going on when the next build is ready is ended.
 */
export const watch = (argv: readonly string[]): Promise<number> => {
  const config = join(packageRoot, 'tsconfig.build.json');
  if (!existsSync(config))
    throw new RolecallError({
      code: 'WATCH_NEEDS_SOURCES',
      message: '--watch compiles the sources of rolecall, and an installed package has none.',
      place: '--watch',
      advice: 'In a project of your own, write a test with rolecall/vitest; `npx vitest` runs it again whenever a file changes.',
    });
  const rest = argv.slice(2).filter((word) => word !== '--watch' && word !== '-w');
  let running: ChildProcess | null = null;
  const again = (): void => {
    running?.kill('SIGKILL');
    process.stdout.write(`\n== ${['rolecall', ...rest].join(' ')}\n`);
    running = spawn(process.execPath, [join(packageRoot, 'bin', 'rolecall.js'), ...rest], { stdio: 'inherit' });
  };
  const compiler = createRequire(import.meta.url).resolve('typescript/bin/tsc');
  const building = spawn(process.execPath, [compiler, '-p', config, '--watch', '--preserveWatchOutput'], { stdio: ['ignore', 'pipe', 'inherit'] });
  building.stdout.on('data', (data: Buffer) => {
    const text = data.toString();
    if (/Found 0 errors/.test(text)) again();
    else if (/error TS|Found \d+ error/.test(text)) process.stdout.write(text);
  });
  return new Promise((resolve) => {
    const end = (): void => {
      running?.kill('SIGKILL');
      building.kill();
      resolve(exitCodes.interrupted);
    };
    process.once('SIGINT', end);
    process.once('SIGTERM', end);
    building.once('exit', end);
  });
};
