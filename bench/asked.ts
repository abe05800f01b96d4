import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

export const parts = ['search', 'every', 'graph', 'runs', 'walks', 'headers', 'download', 'traces'] as const;
export type Part = (typeof parts)[number];

/** What the command line of the bench asks for. */
export type Asked = {
  readonly parts: readonly Part[];
  /** Longer measurements, and the shortest traces recorded anew. */
  readonly full: boolean;
  /** Seeds for each mutant in full mode. */
  readonly seeds: number;
  /** No further seed is begun after so many minutes; null: all are tried. */
  readonly minutes: number | null;
  /** Only these mutants. */
  readonly mutants: readonly string[] | null;
  /** A chain file, or null where none is found. */
  readonly chain: string | null;
  /** Where the results go as JSON. */
  readonly out: string | null;
  /** The results are kept in bench/recorded, and shown in docs/measurements. */
  readonly record: boolean;
  /** One measurement in a process of its own, as `apart` asks for it. */
  readonly apart: string | null;
};

/** This stands in bench/, and compiled in dist/bench. */
const above = join(import.meta.dirname, '..');
export const root = existsSync(join(above, 'package.json')) ? above : join(above, '..');

const realFile = (): string | null => {
  const folder = process.env['ROLECALL_DATA'] ?? join(root, '..', 'shared', 'data');
  const file = join(folder, 'mainnet-00000-5ec1ffb8.era1');
  return existsSync(file) ? file : null;
};

export const askedIn = (argv: readonly string[]): Asked => {
  const { values, positionals } = parseArgs({
    args: [...argv],
    allowPositionals: true,
    options: {
      full: { type: 'boolean', default: false },
      seeds: { type: 'string', default: '1000' },
      minutes: { type: 'string' },
      mutants: { type: 'string' },
      chain: { type: 'string' },
      out: { type: 'string' },
      record: { type: 'boolean', default: false },
      apart: { type: 'string' },
    },
  });
  const unknown = positionals.find((name) => !(parts as readonly string[]).includes(name));
  if (unknown !== undefined) throw new Error(`There is no measurement ${unknown}. Known: ${parts.join(', ')}.`);
  return {
    parts: positionals.length === 0 ? parts : (positionals as Part[]),
    full: values.full,
    seeds: Number(values.seeds),
    minutes: values.minutes === undefined ? null : Number(values.minutes),
    mutants: values.mutants?.split(',') ?? null,
    chain: values.chain ?? realFile(),
    out: values.out ?? null,
    record: values.record,
    apart: values.apart ?? null,
  };
};
