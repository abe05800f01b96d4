import { InvalidArgumentError } from 'commander';
import { nearest } from '../model/kernel/nearest.ts';
import { type FaultName, faultNames } from '../model/network/fault.ts';

/** What `rolecall check` may be given: distinct worlds, and megabytes. */
export const mostStates = 300_000_000;
export const mostMemory = 1_000_000;

/** What `rolecall history` may remember: a Map holds no more. */
export const mostConfigurations = 16_000_000;

const refuse = (message: string): never => {
  throw new InvalidArgumentError(message);
};

/** An integer from `least` to `most`. */
export const integer =
  (least: number, most: number) =>
  (text: string): number => {
    const value = Number(text);
    return /^[+-]?\d+$/.test(text) && Number.isSafeInteger(value) && value >= least && value <= most
      ? value
      : refuse(`Give an integer from ${least} to ${most}.`);
  };

const units = { ms: 1, s: 1000, m: 60_000, min: 60_000, h: 3_600_000 } as const;

/** A length of time in milliseconds: `90`, `90s`, `2m`; seconds without a unit. */
export const time = (text: string): number => {
  const match = /^(\d+(?:\.\d+)?)(ms|s|m|min|h)?$/.exec(text);
  const value = match === null ? Number.NaN : Math.round(Number(match[1]) * units[(match[2] ?? 's') as keyof typeof units]);
  return value > 0 && value <= 7 * 24 * units.h ? value : refuse('Give a time such as 90, 90s or 2m; seconds without a unit, a week at most.');
};

/** Which faults may strike: a list of names, `all` or `none`. */
export const faults = (text: string): readonly FaultName[] => {
  if (text === 'none') return [];
  if (text === 'all') return faultNames;
  return text.split(',').map((name) => {
    const found = faultNames.find((each) => each === name.trim());
    if (found !== undefined) return found;
    const near = nearest(name.trim(), faultNames);
    return refuse(
      `There is no fault ${JSON.stringify(name)}.${near === null ? '' : ` Did you mean ${near}?`} Known: all, none, ${faultNames.join(', ')}.`,
    );
  });
};

/** Collects an option that may be given several times, or with commas. */
export const several = (text: string, before: readonly string[] | undefined): readonly string[] => [
  ...(before ?? []),
  ...text.split(',').filter((part) => part !== ''),
];

/** A search of which nothing else is asked. `memory` is in megabytes. */
export const usualSearch = { order: 'breadth', maxStates: 20_000_000, maxDepth: 1_000_000, memory: 4_000 } as const;
