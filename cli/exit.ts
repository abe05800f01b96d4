import type { Verdict } from '../model/explore/report.ts';
import { RolecallError } from '../model/kernel/errors.ts';

/** What the command returns to its caller. */
export const exitCodes = { passes: 0, violated: 1, unknown: 2, diverged: 3, usage: 64, defect: 70, interrupted: 130 } as const;

export const exitCodeOf = (error: unknown): number => {
  if (!(error instanceof RolecallError)) return exitCodes.defect;
  return { usage: exitCodes.usage, diverged: exitCodes.diverged, limit: exitCodes.unknown, defect: exitCodes.defect }[error.kind];
};

/** Of several verdicts the one that weighs most: a violation, then what is unknown. */
export const overall = (verdicts: readonly Verdict[]): Verdict =>
  verdicts.includes('violated') ? 'violated' : verdicts.includes('unknown') || verdicts.length === 0 ? 'unknown' : 'passes';
