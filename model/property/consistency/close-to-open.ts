import { RolecallError } from '../../kernel/errors.ts';
import type { Value } from '../../kernel/value.ts';
import type { Operation } from './operation.ts';
import { textOf, valueWords } from './values.ts';

/** Why a file was not as fresh as promised, in a sentence. */
export interface StaleRead {
  readonly sentence: string;
  readonly read: Operation;
  /** The write that it should have seen; null where it saw what nobody wrote. */
  readonly missed: Operation | null;
}

/** A file from its opening to its closing by one client. */
interface Sitting {
  readonly file: string;
  readonly opened: Operation;
  /** Null while it is open. */
  readonly closed: Operation | null;
  readonly writes: readonly Operation[];
  readonly reads: readonly Operation[];
}

const fileOf = ({ call: { input } }: Operation): Value => (input as { readonly file: Value }).file;
const written = ({ call: { input } }: Operation): Value => (input as { readonly value: Value }).value;
const isCertain = ({ ending }: Operation): boolean => ending.type === 'returned' || ending.type === 'done';

/** Between opening and closing; what is done to a file that is not open is an error of whoever made the history. */
const sittingsIn = (operations: readonly Operation[]): readonly Sitting[] => {
  const open = new Map<string, { opened: Operation; closed: Operation | null; file: string; writes: Operation[]; reads: Operation[] }>();
  const all: Sitting[] = [];
  for (const operation of operations.filter(({ ending }) => ending.type !== 'failed').sort((a, b) => a.begins - b.begins)) {
    const file = textOf(fileOf(operation));
    const place = `${operation.client} ${file}`;
    const sitting = open.get(place);
    if (operation.call.operation === 'open') {
      const begun = { opened: operation, closed: null, file, writes: [], reads: [] };
      open.set(place, begun);
      all.push(begun);
      continue;
    }
    if (sitting === undefined || !['close', 'read', 'write'].includes(operation.call.operation))
      throw new RolecallError({
        code: 'FILE_NOT_OPEN',
        message: `${operation.client} calls ${operation.call.operation} of ${valueWords(fileOf(operation))}, which it has not opened`,
        advice: 'Let a client open a file before it reads, writes and closes it: open, read, write, close, each with { file }.',
      });
    if (operation.call.operation === 'close') {
      sitting.closed = operation;
      open.delete(place);
    } else sitting[operation.call.operation === 'read' ? 'reads' : 'writes'].push(operation);
  }
  return all;
};

/** When a write is certainly on the server, and everybody who opens the file later must see it: once its file is closed. */
const flushedAt = ({ closed }: Sitting): number => (closed !== null && isCertain(closed) ? closed.ends : Number.POSITIVE_INFINITY);

/**
 * Close-to-open, as network file systems promise it (RFC 1813, 4.11; RFC 8881, 10.3.1): who opens a file sees at least what
 * was written by all who had closed it before, and its own writes. Whoever has it open at the same time may see either.
 * Operations are `open`, `close` and `read` of { file }, and `write` of { file, value }, where value is the whole content; a
 * file that was never written reads as null.
 */
export const checkCloseToOpen = (
  operations: readonly Operation[],
): { readonly verdict: 'consistent' | 'violated'; readonly stale: readonly StaleRead[] } => {
  const sittings = sittingsIn(operations);
  const stale = sittings.flatMap((sitting) => {
    const others = sittings.filter(({ file }) => file === sitting.file);
    return sitting.reads.filter(({ ending }) => ending.type === 'returned').flatMap((read) => staleness(read, sitting, others) ?? []);
  });
  return { verdict: stale.length === 0 ? 'consistent' : 'violated', stale };
};

interface Version {
  readonly write: Operation;
  readonly by: Sitting;
}

const staleness = (read: Operation, own: Sitting, sittings: readonly Sitting[]): StaleRead | null => {
  const versions = sittings.flatMap((by) => by.writes.map((write): Version => ({ write, by })));
  const output = read.ending.type === 'returned' ? read.ending.output : null;
  const said = `process ${read.client} read ${valueWords(output)} from ${valueWords(fileOf(read))}`;
  // Certainly there when the reader opened the file, or its own.
  const due = versions.filter(({ write, by }) => isCertain(write) && (by === own ? write.ends < read.begins : flushedAt(by) < own.opened.begins));
  /** Whether one version was certainly written over by the other: by the same hand, or closed before the other began. */
  const isOlder = (old: Version, young: Version): boolean =>
    old.by === young.by ? old.write.ends < young.write.begins : flushedAt(old.by) < young.by.opened.begins;
  const seen = versions.filter(({ write }) => textOf(written(write)) === textOf(output) && write.begins < read.ends);
  const candidates = output === null ? [null] : seen;
  const missed = candidates.map((version) => due.find((each) => version === null || isOlder(version, each)));
  if (missed.includes(undefined)) return null;
  const [first] = missed;
  if (first === undefined) return { sentence: `${said}, which nobody had written.`, read, missed: null };
  const how = first.by === own ? 'it had itself written' : `process ${first.write.client} had written`;
  const since = first.by === own ? '' : ' and closed before it opened the file';
  return { sentence: `${said}, although ${how} ${valueWords(written(first.write))}${since}.`, read, missed: first.write };
};
