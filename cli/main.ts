import { readFileSync } from 'node:fs';
import { type Command, CommanderError } from 'commander';
import { exitCodeOf, exitCodes } from './exit.ts';
import { program } from './program.ts';
import { RolecallError } from '../model/kernel/errors.ts';
import { errorJson, errorLines } from './render/error.ts';
import { errorPaint } from './terminal.ts';

/** The package's own version; the compiled file stands in dist/cli. */
const version = (): string => (JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as { version: string }).version;

/** The command line; bin/rolecall.js calls it. */
export const main = async (argv: readonly string[]): Promise<void> => {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    // Whoever reads our output may stop reading, as `head` does.
    if (error.code === 'EPIPE' && argv[2] !== 'live') process.exit(process.exitCode ?? unread(argv[2]));
    // The hosts of a live run are under way, and its log is not what is read: it goes on to its end.
    if (error.code !== 'EIO' && error.code !== 'EPIPE') throw error;
  });
  // A terminal that is closed takes no more, and what was found is kept all the same.
  process.stderr.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EIO' && error.code !== 'EPIPE') throw error;
  });
  const root = program(version(), (code) => {
    process.exitCode = code;
  });
  const isForMachine = argv.includes('--json');
  for (const command of [root, ...root.commands]) exitsByThrowing(command, isForMachine);
  try {
    await root.parseAsync([...argv]);
  } catch (error) {
    if (error instanceof CommanderError) {
      process.exitCode = error.exitCode === 0 ? 0 : exitCodes.usage;
      if (error.exitCode !== 0 && isForMachine) process.stderr.write(`${errorJson(usageError(error))}\n`);
      return;
    }
    process.stderr.write(isForMachine ? `${errorJson(error)}\n` : `${errorLines(error, errorPaint()).join('\n')}\n`);
    process.exitCode = exitCodeOf(error);
  }
};

/** What only tells of what there is has told it; a verdict that has not been reached is unknown. */
const unread = (command = ''): number =>
  ['list', 'show', 'docs', 'init', 'help'].includes(command) || command.startsWith('-') ? 0 : exitCodes.unknown;

/** Commander would end the process itself, with a code of its own. */
const exitsByThrowing = (command: Command, isForMachine: boolean): void => {
  command.exitOverride();
  if (isForMachine) command.configureOutput({ writeErr: () => {} });
};

/** What commander says of a command line, as all other errors are told. */
const usageError = ({ message }: CommanderError): RolecallError =>
  new RolecallError({ code: 'USAGE', message: message.replace(/^error: /, ''), advice: 'Add --help for the options.' });
