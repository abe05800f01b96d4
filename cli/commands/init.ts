import { access, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join, relative, resolve } from 'node:path';
import { RolecallError } from '../../model/kernel/errors.ts';
import { exitCodes } from '../exit.ts';
import { makeFolder, reasonOf, writeAtomically } from '../files.ts';
import { packageRoot } from '../package-root.ts';
import { table } from '../render/table.ts';
import { print, screen } from '../terminal.ts';

/** What a new project is made of; nothing of it may be there already. */
const own: Readonly<Record<string, string>> = {
  'orders.ts': 'two roles, a scenario, a claim, and a bug',
  'rolecall.config.ts': 'names them',
};

/** What many folders have already; theirs stays as it is. */
const usual: Readonly<Record<string, string>> = { 'tsconfig.json': 'for the compiler and the editor', '.gitignore': 'leaves out what is made anew' };

const isThere = (file: string): Promise<boolean> =>
  access(file).then(
    () => true,
    () => false,
  );

// A package cannot carry a .gitignore: npm takes it for a list of its own.
const textOf = (name: string): Promise<string> =>
  name === '.gitignore' ? Promise.resolve('node_modules/\n.rolecall/\n') : readFile(join(packageRoot, 'templates', name), 'utf8');

/** Whether the package is found from there; a folder of its own needs it only for types. */
const isInstalled = (folder: string): boolean => {
  try {
    createRequire(join(resolve(folder), 'rolecall.config.ts')).resolve('rolecall/package.json');
    return true;
  } catch {
    return false;
  }
};

/** Writes a project with two roles, a claim and one bug, and says what to type next. Nothing that is there is touched. */
export const init = async (folder: string): Promise<number> => {
  const { paint } = screen();
  for (const name of Object.keys(own))
    if (await isThere(join(folder, name)))
      throw new RolecallError({
        code: 'INIT_EXISTS',
        message: 'The file is there already, and init overwrites nothing.',
        place: join(folder, name),
        advice: 'Choose another folder: npx rolecall init FOLDER',
      });
  try {
    makeFolder(folder);
  } catch (cause) {
    throw new RolecallError({
      code: 'INIT_FOLDER',
      message: `The folder cannot be made: ${reasonOf(cause)}`,
      place: folder,
      advice: 'Choose another folder: npx rolecall init FOLDER',
      cause,
    });
  }
  const rows: (readonly [string, string])[] = [];
  for (const [name, says] of Object.entries({ ...own, ...usual })) {
    const kept = await isThere(join(folder, name));
    if (!kept) await writeAtomically(join(folder, name), await textOf(name));
    rows.push([paint('name', name), kept ? 'was there and stays as it is' : says]);
  }
  // Without a package.json, npm would install into a folder above that has one.
  const installs = isInstalled(folder)
    ? []
    : [...((await isThere(join(folder, 'package.json'))) ? [] : ['npm init -y']), 'npm install --save-dev rolecall'];
  const inside = relative(process.cwd(), resolve(folder));
  await print([
    `A project in ${inside === '' ? 'this folder' : inside}:`,
    ...table(rows, '  '),
    '',
    'Next:',
    ...[...(inside === '' ? [] : [`cd ${inside}`]), ...installs, 'npx rolecall run'].map((line) => `  ${paint('name', line)}`),
    'It shows a run in which the claim does not hold. The comment "The bug." in orders.ts says where.',
  ]);
  return exitCodes.passes;
};
