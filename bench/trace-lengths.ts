import { runProtocol } from '../model/explore/run.ts';
import type { Violation } from '../model/explore/report.ts';
import type { Property } from '../model/property/property.ts';
import type { Protocol } from '../model/protocol/protocol.ts';

/** How short the trace of a planted fault was made. */
export type TraceLength = {
  readonly mutant: string;
  readonly property: string;
  readonly scenario: string;
  /** Actions before the world settles. */
  readonly length: number;
  /** A breadth-first search of the same setting came to its end: no shorter trace exists there. */
  readonly isShortest: boolean;
  readonly seconds: number;
};

/** The shortest trace known of a mutant: by a search that ended, else the best of so many seeds. */
export type Known = { readonly length: number; readonly by: 'search' | 'seeds'; readonly seeds: number };

export const mutantsOf = (properties: readonly Property[]): readonly string[] => [
  ...new Set(properties.flatMap(({ type }) => Object.keys(type.mutants ?? {}))),
];

/** Plants a fault, finds it and makes its trace small, as `rolecall run --mutant` does; null where it survives. */
export const traceLength = (protocol: Protocol, properties: readonly Property[], mutant: string, seed: number): TraceLength | null => {
  const started = performance.now();
  const report = runProtocol({
    protocol,
    properties,
    selected: null,
    seed,
    runs: null,
    timeMs: null,
    maxSteps: null,
    faults: null,
    hosts: null,
    mutant,
    regressions: [],
    clock: () => performance.now(),
    shouldStop: () => false,
  });
  const violation = report.claims.map((claim) => claim.violation).find((one): one is Violation => one !== null);
  if (violation === undefined) return null;
  const { trace, property, scenario } = violation;
  return {
    mutant,
    property,
    scenario,
    length: trace.steps.filter(({ settling }) => settling !== true).length,
    isShortest: trace.minimised?.shortest === true,
    seconds: (performance.now() - started) / 1000,
  };
};

/** What is known after the trace of the first seed, with what was known before. */
export const knownAfter = (known: Known | undefined, { length, isShortest }: TraceLength): Known => {
  const seeds = known?.seeds ?? 1;
  if (known?.by === 'search' && known.length <= length) return known;
  if (isShortest && (known === undefined || length <= known.length)) return { length, by: 'search', seeds };
  return { length: Math.min(length, known?.length ?? length), by: 'seeds', seeds };
};

/** The middle of some ratios, in hundredths, so that the table is made of integers. */
export const medianRatio = (pairs: readonly { readonly length: number; readonly known: number }[]): number => {
  // A fault that shows before any action has the length 0; what is longer than that counts as if it were 1.
  const ratios = pairs.map(({ length, known }) => (length === known ? 100 : Math.round((100 * length) / Math.max(1, known)))).sort((a, b) => a - b);
  return ratios[ratios.length >> 1] ?? 0;
};
