import { join } from 'node:path';
import { type CatalogueEntry, catalogue, entryOf } from './catalogue.ts';
import { loadConfig } from './config/load.ts';
import { packageRoot } from './package-root.ts';

/** What is known where the command was typed. */
export interface Project {
  /** Whether a configuration stands here; without one, the project is this package itself. */
  readonly configured: boolean;
  /** What may be named. */
  readonly known: readonly CatalogueEntry[];
  /** What is meant where nothing is named. */
  readonly usual: readonly CatalogueEntry[];
  /** Where kept traces stand, and of which protocols they speak there. */
  readonly traces: readonly TraceFolder[];
  /** Where documents are written. */
  readonly docs: string;
}

export interface TraceFolder {
  /** As the project calls it: `traces`. */
  readonly name: string;
  readonly folder: string;
  readonly protocols: readonly string[];
}

const idsOf = (entries: readonly CatalogueEntry[]): readonly string[] => entries.map(({ id }) => id);

const ourTraces = (protocols: readonly CatalogueEntry[]): TraceFolder => ({
  name: 'traces',
  folder: join(packageRoot, 'traces'),
  protocols: idsOf(protocols),
});

/** The project of a folder: what its configuration names comes first, and everything that is built in can be named too. */
const projectOf = async (folder: string): Promise<Project> => {
  const config = await loadConfig(folder);
  if (config === null) return { configured: false, known: catalogue, usual: catalogue, traces: [ourTraces(catalogue)], docs: 'docs/generated' };
  const { protocols, properties = [], traces = 'traces', docs = 'docs/generated' } = config;
  const usual = protocols.map((protocol): CatalogueEntry => {
    const entry = entryOf(
      protocol,
      properties.filter((property) => property.protocol === protocol),
    );
    return { id: protocol.id, load: async () => entry };
  });
  const builtIn = catalogue.filter(({ id }) => usual.every((entry) => entry.id !== id));
  const own = { name: traces, folder: join(folder, traces), protocols: idsOf(usual) };
  return { configured: true, known: [...usual, ...builtIn], usual, traces: [own, ourTraces(builtIn)], docs };
};

let here: Promise<Project> | null = null;

/** The project of the working directory; read once. */
export const project = (): Promise<Project> => (here ??= projectOf(process.cwd()));
