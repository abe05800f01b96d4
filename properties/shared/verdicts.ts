import { isForCheck } from '../../model/explore/for-check.ts';
import type { RunReport } from '../../model/explore/report.ts';
import type { Property } from '../../model/property/property.ts';
import type { Protocol } from '../../model/protocol/protocol.ts';
import { ran } from './ran.ts';

/** Runs the claims of a protocol as `rolecall run` does, to the end; for tests. */
export const verdicts = (
  protocol: unknown,
  properties: readonly Property[],
  asked: { readonly runs: number | null; readonly seed?: number; readonly mutant?: string },
): RunReport =>
  ran({
    protocol: protocol as Protocol,
    properties,
    ...asked,
    // A test wants to know that a run fails, not how small it can be made.
    effort: { candidates: 20, states: 200, moves: 2_000 },
  });

/**
 * So few runs for each scenario tell at once where a claim has come to be wrong. That all claims pass, and fail where they
 * must, is what `rolecall run` says with the budgets of the scenarios; the README begins with it, and its commands are tested.
 */
export const firstRuns = { runs: 12 } as const;

/** The claims that a report has violated, with what is said of them. */
export const violated = (report: RunReport): readonly string[] =>
  report.claims.filter(({ verdict }) => verdict === 'violated').map(({ id, statement }) => `${id}: ${statement}`);

/** The claims that a report does not confirm, with what is said of them. */
export const unconfirmed = (report: RunReport): readonly string[] =>
  report.claims.filter(({ verdict }) => verdict !== 'passes').map(({ id, verdict, statement }) => `${id} ${verdict}: ${statement}`);

/** The names of all mutants that random runs find, with the property that each names. */
export const mutantsOf = (properties: readonly Property[]): readonly (readonly [mutant: string, property: string])[] =>
  properties
    .filter((property) => !isForCheck(property))
    .flatMap(({ type }) => Object.keys(type.mutants ?? {}).map((mutant) => [mutant, type.id] as const));
