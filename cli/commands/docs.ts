import { join } from 'node:path';
import { writeApi } from '../../docs/generator/api.ts';
import { checkDocs, type Difference, writeDocs } from '../../docs/generator/folder.ts';
import { generateDocs } from '../../docs/generator/generate.ts';
import { exitCodes } from '../exit.ts';
import { keptRegressions, keptWitnesses } from '../kept.ts';
import { keptKills } from '../kept-kills.ts';
import { entriesOf } from '../names.ts';
import { packageRoot } from '../package-root.ts';
import { project } from '../project.ts';
import { counted } from '../render/words.ts';
import { print, screen } from '../terminal.ts';

const SHOWN = 20;

/** What a difference was, once the documents are written. */
const written: Readonly<Record<Difference['kind'], string>> = { missing: 'new', differs: 'changed', stale: 'removed' };

const differenceLines = (differences: readonly Difference[], areWritten: boolean): string[] => [
  ...differences.slice(0, SHOWN).map(({ path, kind }) => `  ${(areWritten ? written[kind] : kind).padEnd(8)} ${path}`),
  ...(differences.length > SHOWN ? [`  and ${differences.length - SHOWN} more`] : []),
];

/** What a user of the engine imports, in the order in which it is read. */
const interfaceModules = [
  'protocol/define',
  'protocol/protocol',
  'protocol/scenario',
  'role/role',
  'role/message',
  'role/effect',
  'role/rule',
  'network/topology',
  'network/fault',
  'property/property',
  'explore/run',
  'explore/run-options',
  'explore/report',
  'trace/trace',
  'trace/read',
  'trace/write',
  'trace/replay',
  'world/action',
  'kernel/value',
  'kernel/errors',
];

interface Options {
  /** Where the configuration says, unless this does. */
  readonly output?: string;
  readonly check?: boolean;
  /** False with --no-api. */
  readonly api: boolean;
}

export const docs = async ({ output: asked, check, api }: Options): Promise<number> => {
  const { paint } = screen();
  const { configured, docs: usual } = await project();
  const output = asked ?? usual;
  const traces = [...(await keptRegressions()), ...(await keptWitnesses())];
  const files = await generateDocs(await entriesOf([]), { traces, kills: await keptKills() });
  if (!check) {
    const changed = await writeDocs(output, files);
    // The engine's interface belongs to this package's own documents.
    if (api && !configured)
      await writeApi(join(output, 'api'), {
        name: 'rolecall',
        entryPoints: interfaceModules.map((module) => join(packageRoot, 'dist', 'model', `${module}.d.ts`)),
        tsconfig: join(packageRoot, 'tsconfig.api.json'),
        documents: [join(output, '*.md'), join(output, '*', '*.md')],
      });
    await print([
      `${counted(files.size, 'file')} in ${output}, ${changed.length === 0 ? 'none of them changed' : `${changed.length} of them changed`}.`,
      ...differenceLines(changed, true),
    ]);
    return exitCodes.passes;
  }
  const differences = await checkDocs(output, files);
  if (differences.length === 0) {
    await print([paint('good', `${counted(files.size, 'file')} in ${output} are what the model says.`)]);
    return exitCodes.passes;
  }
  await print([
    paint('bad', `${counted(differences.length, 'file')} in ${output} differ from what the model says:`),
    ...differenceLines(differences, false),
    `Write them anew:  ${paint('name', `npx rolecall docs -o ${output}`)}`,
  ]);
  return exitCodes.violated;
};
