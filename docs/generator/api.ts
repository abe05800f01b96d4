import { access, appendFile, mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { RolecallError } from '../../model/kernel/errors.ts';
import { generatedMark } from './mark.ts';

/** What the pages of the programming interface are made from. */
export interface ApiInput {
  /** The name over the pages. */
  readonly name: string;
  /** The modules that users import: TypeScript sources, or the declarations of a build. */
  readonly entryPoints: readonly string[];
  readonly tsconfig: string;
  /** Markdown pages that the site shows beside the interface; patterns are allowed. */
  readonly documents?: readonly string[];
}

/** The file by which a folder of pages is known as ours; a folder without it is never replaced. */
const markFile = 'generated.txt';

/** A table that is wider than its column is scrolled, not drawn over what stands beside it. */
const wideTables = '\n.tsd-typography table { display: block; overflow-x: auto; }\n.tsd-typography td { vertical-align: top; }\n';

const exists = async (path: string): Promise<boolean> =>
  await access(path).then(
    () => true,
    () => false,
  );

const failure = (message: string, place: string, cause?: unknown): RolecallError =>
  new RolecallError({ code: 'API_DOCS', message, place, advice: 'Give another folder with -o, or leave the pages of the interface out.', cause });

/**
 * Writes the pages of the programming interface with typedoc, a whole folder at a time: it is built beside its place and
 * then takes it. No page holds a date, a revision or a path of this machine. typedoc is loaded here only, because it
 * brings the compiler along.
 */
export const writeApi = async (folder: string, input: ApiInput): Promise<void> => {
  if ((await exists(folder)) && !(await exists(join(folder, markFile))))
    throw failure('The folder holds something that rolecall did not write.', folder);
  const { Application, resetReflectionID } = await import('typedoc');
  // Its numbers stand in the pages, and count on from one run of a process to the next.
  resetReflectionID();
  const application = await Application.bootstrapWithPlugins(
    {
      name: input.name,
      entryPoints: [...input.entryPoints],
      tsconfig: input.tsconfig,
      projectDocuments: [...(input.documents ?? [])],
      readme: 'none',
      // Neither plugins nor settings of the folder that it is run in.
      plugin: [],
      disableGit: true,
      disableSources: true,
      hideGenerator: true,
      githubPages: false,
      excludePrivate: true,
      excludeInternal: true,
      sort: ['source-order'],
      skipErrorChecking: true,
      logLevel: 'Error',
    },
    [],
  );
  const project = await application.convert();
  if (project === undefined) throw failure('The sources cannot be read.', input.entryPoints.join(', '));
  const beside = `${folder}.${process.pid}.part`;
  try {
    await mkdir(beside, { recursive: true });
    await application.generateDocs(project, beside);
    await appendFile(join(beside, 'assets', 'style.css'), wideTables);
    await writeFile(join(beside, markFile), `${generatedMark} --api\n`);
    await rm(folder, { recursive: true, force: true });
    await rename(beside, folder);
  } catch (cause) {
    await rm(beside, { recursive: true, force: true });
    throw failure(`The pages cannot be written: ${String(cause)}`, folder, cause);
  }
};
