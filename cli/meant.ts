import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { RolecallError } from '../model/kernel/errors.ts';
import type { Entry } from './catalogue.ts';
import { unknownName } from './names.ts';
import { project } from './project.ts';

/** The protocol that is meant: the one that is named, or the only one of the project. Of several none is taken for the user. */
export const meantProtocol = async (named: string | undefined, command: string): Promise<string> => {
  if (named !== undefined) return named;
  const { configured, usual } = await project();
  const [first = '', ...others] = usual.map(({ id }) => id);
  if (configured && others.length === 0) return first;
  const there = [first, ...others].join(', ');
  throw new RolecallError({
    code: 'PROTOCOL_MISSING',
    message: configured
      ? `\`rolecall ${command}\` takes one protocol, and the configuration lists ${others.length + 1}: ${there}.`
      : `\`rolecall ${command}\` takes one protocol. There is no rolecall.config.ts in this folder; built in are ${there}.`,
    advice: `Name one: npx rolecall ${command} ${first}`,
  });
};

/** The scenario that is meant: the one that is named, or the only one of the protocol. */
export const meantScenario = ({ protocol }: Entry, named: string | undefined, command: string): string => {
  const known = Object.keys(protocol.scenarios);
  if (named !== undefined && !known.includes(named)) throw unknownName('scenario', named, known);
  const scenario = named ?? (known.length === 1 ? known[0] : undefined);
  if (scenario !== undefined) return scenario;
  throw new RolecallError({
    code: 'SCENARIO_MISSING',
    message: `\`rolecall ${command}\` takes one scenario, and ${protocol.id} has ${known.length}: ${known.join(', ')}.`,
    advice: `Name one: npx rolecall ${command} ${protocol.id} --scenario ${known[0] ?? ''}`,
  });
};

/** Where a command leaves what another one reads. */
interface Shelf {
  readonly folder: string;
  readonly ending: string;
  readonly what: string;
  /** The command that writes there. */
  readonly from: string;
}

export const traceShelf: Shelf = { folder: join('.rolecall', 'traces'), ending: '.json', what: 'trace', from: 'run' };
export const logShelf: Shelf = { folder: join('.rolecall', 'live'), ending: '.jsonl', what: 'log', from: 'live' };

const MOST_TOLD = 10;

/** The file that is meant: the one that is named, or the only one that stands where such files are left. */
export const meantFile = async (named: string | undefined, { folder, ending, what, from }: Shelf, command: string): Promise<string> => {
  if (named !== undefined) return named;
  const files = (await readdir(folder).catch(() => [])).filter((name) => name.endsWith(ending)).map((name) => join(folder, name)); // No folder, no file.
  const [only, ...others] = await newestFirst(files);
  if (only !== undefined && others.length === 0) return only;
  const count = others.length + 1;
  throw new RolecallError({
    code: `${what.toUpperCase()}_MISSING`,
    message:
      only === undefined
        ? `\`rolecall ${command}\` takes a ${what}, and there is none in ${folder}.`
        : [`\`rolecall ${command}\` takes one ${what}, and there are ${count} in ${folder}, the newest first:`, ...told([only, ...others])].join(
            '\n  ',
          ),
    advice: only === undefined ? `Give the path of a ${what}; \`rolecall ${from}\` writes them there.` : `Name one: npx rolecall ${command} ${only}`,
  });
};

const told = (files: readonly string[]): readonly string[] =>
  files.length <= MOST_TOLD ? files : [...files.slice(0, MOST_TOLD), `and ${files.length - MOST_TOLD} more`];

const newestFirst = async (files: readonly string[]): Promise<readonly string[]> => {
  const dated = await Promise.all(
    files.map(async (file) => ({
      file,
      at: await stat(file).then(
        ({ mtimeMs }) => mtimeMs,
        () => 0,
      ),
    })),
  );
  return dated.sort((a, b) => b.at - a.at || (a.file < b.file ? -1 : 1)).map(({ file }) => file);
};
