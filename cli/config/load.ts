import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { RolecallError } from '../../model/kernel/errors.ts';
import type { Config } from './define.ts';
import { readConfig } from './read.ts';

const names = ['rolecall.config.ts', 'rolecall.config.mts', 'rolecall.config.js', 'rolecall.config.mjs'];

/** The file of the configuration that stands in a folder; null where there is none. */
export const configName = (folder: string): string | null => names.find((each) => existsSync(join(folder, each))) ?? null;

/** The configuration that stands in a folder; null where there is none. */
export const loadConfig = async (folder: string): Promise<Config | null> => {
  const name = configName(folder);
  if (name === null) return null;
  const file = join(folder, name);
  // The compiler is loaded only where there is something to compile.
  const module = /ts$/.test(name) ? (await import('./compile.ts')).compile(file, folder, join(folder, '.rolecall', 'compiled'), ours) : file;
  // What is thrown in it names lines of the source.
  process.setSourceMapsEnabled(true);
  try {
    const { default: exported } = (await import(pathToFileURL(module).href)) as { readonly default?: unknown };
    return readConfig(exported, name);
  } catch (error) {
    throw error instanceof RolecallError ? inItsFile(error, folder) : whileLoading(error, name, folder);
  }
};

/** What is wrong with a definition is told with the line of the project that made it. */
const inItsFile = (error: RolecallError, folder: string): RolecallError => {
  const at = thrownAt(error.stack ?? '', folder);
  if (at === null) return error;
  const { kind, code, message, place, advice, cause } = error;
  return new RolecallError({ kind, code, message, place: place === '' ? at : `${at}, ${place}`, advice, cause });
};

/** The entries of this very package, wherever it stands: roles must be made by the copy that runs them. */
const ours = (specifier: string): string | null => (/^rolecall(\/|$)/.test(specifier) ? import.meta.resolve(specifier) : null);

/** A package that is not there, or what the project's own code threw. */
const whileLoading = (cause: unknown, name: string, folder: string): RolecallError => {
  const { message, stack = '', code = '' } = (cause instanceof Error ? cause : new Error(String(cause))) as NodeJS.ErrnoException;
  if (/^ERR_(MODULE_NOT_FOUND|PACKAGE_PATH_NOT_EXPORTED|IMPORT)/.test(code))
    return new RolecallError({
      code: 'CONFIG_IMPORT',
      message: `${message.replace(/ imported from .*/, '')}.`,
      place: name,
      advice: 'Install the package beside the configuration, or correct its name.',
      cause,
    });
  const unexported = /'([^']+)' does not provide an export named '([^']+)'/.exec(message);
  if (unexported !== null)
    return new RolecallError({
      code: 'CONFIG_IMPORT',
      message: `${sourceName(unexported[1] ?? '', folder)} exports no ${unexported[2]}.`,
      place: name,
      advice: 'Correct the name, there or where it is imported.',
      cause,
    });
  return new RolecallError({
    code: 'CONFIG_THREW',
    message: `The configuration, or what it imports, threw: ${message}`,
    place: thrownAt(stack, folder) ?? name,
    advice: 'Correct it there. Machines, scenarios and names are checked when they are defined.',
    cause,
  });
};

/** A module as the project calls it: compiled ones stand as their sources do. */
const sourceName = (url: string, folder: string): string => {
  const compiled = pathToFileURL(join(folder, '.rolecall', 'compiled', '/')).href;
  return url.startsWith(compiled) ? url.slice(compiled.length).replace(/\.mjs$/, '') : url;
};

/** The first line of the project itself that a stack names. */
const thrownAt = (stack: string, folder: string): string | null => {
  for (const [, found = '', line = ''] of stack.matchAll(/\(?((?:file:\/\/)?\/[^()\n]*?|[A-Za-z]:[^()\n]*?):(\d+):\d+\)?$/gm)) {
    const file = found.startsWith('file:') ? fileURLToPath(found) : found;
    if (file.startsWith(join(folder, '/')) && !file.includes('node_modules')) return `${file.slice(folder.length + 1)}:${line}`;
  }
  return null;
};
