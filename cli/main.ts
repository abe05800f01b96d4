import { readFileSync } from 'node:fs';
import { type Command, CommanderError } from 'commander';
import { exitCodeOf, exitCodes } from './exit.ts';
import { program } from './program.ts';
import { errorJson, errorLines } from './render/error.ts';
import { errorPaint } from './terminal.ts';

/** The package's own version; the compiled file stands in dist/cli. */
const version = (): string => (JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as { version: string }).version;

/** The command line; bin/rolecall.js calls it. */
export const main = async (argv: readonly string[]): Promise<void> => {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    // Whoever reads our output may stop reading, as `head` does.
    if (error.code === 'EPIPE') process.exit(process.exitCode ?? 0);
    if (error.code !== 'EIO') throw error;
  });
  // A terminal that is closed takes no more, and what was found is kept all the same.
  process.stderr.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EIO' && error.code !== 'EPIPE') throw error;
  });
  const root = program(version(), (code) => {
    process.exitCode = code;
  });
  for (const command of [root, ...root.commands]) exitsByThrowing(command);
  try {
    await root.parseAsync([...argv]);
  } catch (error) {
    if (error instanceof CommanderError) {
      process.exitCode = error.exitCode === 0 ? 0 : exitCodes.usage;
      return;
    }
    process.stderr.write(argv.includes('--json') ? `${errorJson(error)}\n` : `${errorLines(error, errorPaint()).join('\n')}\n`);
    process.exitCode = exitCodeOf(error);
  }
};

/** Commander would end the process itself, with a code of its own. */
const exitsByThrowing = (command: Command): Command => command.exitOverride();
