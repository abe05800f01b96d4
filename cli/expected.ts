import type { CheckReport } from '../model/explore/exhaustive/report.ts';
import type { Property } from '../model/property/property.ts';
import type { Entry } from './catalogue.ts';

/** A claim that fails in a scenario, as it says, and what a search of all its worlds says to that. */
export interface Expected {
  readonly property: string;
  readonly why: string;
  /** Whether it fails; `elsewhere` where what a search does not judge may be what fails. */
  readonly found: 'yes' | 'no' | 'unknown' | 'elsewhere';
  /** The parts that a search does not judge. */
  readonly notJudged: readonly string[];
  readonly trace: string | null;
}

/** The claims that fail in a scenario, as they say. */
export const failingIn = ({ properties }: Entry, scenario: string): readonly Property[] =>
  properties.filter(({ type }) => Object.hasOwn(type.failsUnder ?? {}, scenario));

/** Whether a claim was not seen to fail where it must, so that nothing is known for certain. */
export const isOpen = ({ found }: Expected): boolean => found === 'no' || found === 'unknown';

/** @param report of a search for this claim alone; @param trace the file that its failure was written to */
export const expectedOf = ({ type }: Property, report: CheckReport, trace: string | null): Expected => {
  const notJudged = report.properties.find(({ id }) => id === type.id)?.notJudged ?? [];
  const missing = report.ranOut !== null || report.verdict === 'unknown' ? 'unknown' : 'no';
  return {
    property: type.id,
    why: (type.failsUnder as Readonly<Record<string, string>>)[report.scenario] ?? '',
    found: report.violation !== null ? 'yes' : notJudged.length > 0 ? 'elsewhere' : missing,
    notJudged,
    trace,
  };
};
