import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { RolecallError } from '../model/kernel/errors.ts';
import { configName } from './config/load.ts';
import { exitCodes } from './exit.ts';
import { packageRoot } from './package-root.ts';
import { onSourceChange } from './source-change.ts';

/** A command that is run again and again, each time in a process of its own, because a module that is loaded stays as it was. */
class Rerun {
  private readonly words: readonly string[];
  private running: ChildProcess | null = null;

  constructor(argv: readonly string[]) {
    this.words = argv.slice(2).filter((word) => word !== '--watch' && word !== '-w');
  }

  /** A run that is still going on is ended. */
  again(): void {
    this.end();
    process.stdout.write(`\n== ${['rolecall', ...this.words].join(' ')}\n`);
    this.running = spawn(process.execPath, [join(packageRoot, 'bin', 'rolecall.js'), ...this.words], { stdio: 'inherit' });
  }

  end(): void {
    this.running?.kill('SIGKILL');
  }
}

/** Runs again whenever a source changes: of the project that stands here, or else of this package, where it has its sources. */
export const watch = (argv: readonly string[]): Promise<number> => {
  const rerun = new Rerun(argv);
  return configName(process.cwd()) === null ? watchPackage(rerun) : watchProject(process.cwd(), rerun);
};

/** Until somebody ends it. */
const untilEnded = (end: () => void, building: ChildProcess | null): Promise<number> =>
  new Promise((resolve) => {
    const ended = (): void => {
      end();
      resolve(exitCodes.interrupted);
    };
    process.once('SIGINT', ended);
    process.once('SIGTERM', ended);
    building?.once('exit', ended);
  });

/** A project is compiled by each run anew, as far as it changed. */
const watchProject = (folder: string, rerun: Rerun): Promise<number> => {
  const stop = onSourceChange(folder, () => rerun.again());
  rerun.again();
  return untilEnded(() => {
    stop();
    rerun.end();
  }, null);
};

/** The compiler watches this package's sources, and says when they are built. */
const watchPackage = (rerun: Rerun): Promise<number> => {
  const config = join(packageRoot, 'tsconfig.build.json');
  if (!existsSync(config))
    throw new RolecallError({
      code: 'WATCH_NEEDS_SOURCES',
      message: 'There is nothing to watch here: no rolecall.config.ts, and an installed package has no sources.',
      place: '--watch',
      advice: 'Type it in the folder of a project; `rolecall init` starts one.',
    });
  const compiler = createRequire(import.meta.url).resolve('typescript/bin/tsc');
  const building = spawn(process.execPath, [compiler, '-p', config, '--watch', '--preserveWatchOutput'], { stdio: ['ignore', 'pipe', 'inherit'] });
  building.stdout.on('data', (data: Buffer) => {
    const text = data.toString();
    if (/Found 0 errors/.test(text)) rerun.again();
    else if (/error TS|Found \d+ error/.test(text)) process.stdout.write(text);
  });
  return untilEnded(() => {
    rerun.end();
    building.kill();
  }, building);
};
