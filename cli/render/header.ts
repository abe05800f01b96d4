import type { Entry } from '../catalogue.ts';
import type { Paint } from './paint.ts';
import { counted } from './words.ts';

/** What was asked for, as far as it differs from the default. */
export interface RunAsked {
  readonly seed: number;
  readonly runs?: number | undefined;
  readonly time?: number | undefined;
  readonly faults?: readonly string[] | undefined;
  readonly hosts?: number | undefined;
  readonly mutant?: string | undefined;
  readonly property?: readonly string[] | undefined;
}

/** The line that a run begins with: what is checked, under which budget, and the seed that gives the same runs again. */
export const headerLine = ({ protocol, properties }: Entry, asked: RunAsked, paint: Paint): string => {
  const { mutant } = asked;
  const planting = mutant === undefined ? [] : properties.filter(({ type }) => Object.hasOwn(type.mutants ?? {}, mutant));
  // A generated mutant is no claim's own.
  const checked = planting.length > 0 ? planting : properties.filter(({ type }) => asked.property?.includes(type.id) ?? true);
  const named = checked.flatMap(({ type }) => [...type.holdsUnder, ...Object.keys(type.failsUnder ?? {})]);
  const scenarios = new Set(named.filter((name) => protocol.scenarios[name]?.exhaustive !== true));
  const parts = [
    `${counted(checked.length, 'claim')} in ${counted(scenarios.size, 'scenario')}`,
    ...(asked.runs === undefined ? [] : [`${counted(asked.runs, 'run')} of each`]),
    ...(asked.time === undefined ? [] : [`${asked.time / 1000} s at most`]),
    ...(asked.hosts === undefined ? [] : [counted(asked.hosts, 'host')]),
    ...(asked.faults === undefined ? [] : [asked.faults.length === 0 ? 'no faults' : `faults ${asked.faults.join(', ')}`]),
    ...(asked.mutant === undefined ? [] : [`planted fault ${asked.mutant}`]),
    `seed ${asked.seed}`,
  ];
  return `${paint('bold', protocol.id)}: ${parts.join(', ')}`;
};
