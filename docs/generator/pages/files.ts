import { distinctSlugs } from '../text/escape.ts';
import type { Subject } from '../subject.ts';

/** The names of a protocol's files, all in one folder; equal names are told apart by numbers. */
export interface Files {
  readonly folder: string;
  /** By role, without ending. */
  readonly roles: ReadonlyMap<string, string>;
  /** By the file of the trace, without ending. */
  readonly sequences: ReadonlyMap<string, string>;
}

const reserved = ['readme', 'messages', 'properties', 'scenarios', 'sequences', 'kills'];

export const filesOf = (folder: string, subject: Subject, roles: readonly string[]): Files => ({
  folder,
  roles: distinctSlugs(roles, reserved),
  sequences: new Map(
    [
      ...distinctSlugs(
        subject.traces.map(({ file }) => (file.split('/').at(-1) ?? file).replace(/(\.trace)?\.json$/, '')),
        reserved,
      ),
    ].map(([, slug], index) => [subject.traces[index]?.file ?? '', `sequence-${slug}`]),
  ),
});
