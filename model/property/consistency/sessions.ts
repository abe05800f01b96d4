import { RolecallError } from '../../kernel/errors.ts';
import type { Value } from '../../kernel/value.ts';
import type { Operation } from './operation.ts';
import { shortestCycle } from './shortest-cycle.ts';
import { textOf, valueWords } from './values.ts';

/** What a client is promised about its own session, whichever replica answers it (Terry and others 1994). */
export type SessionGuarantee =
  /** A read sees what the session wrote before. */
  | 'read-your-writes'
  /** A read sees what the session's earlier reads saw. */
  | 'monotonic-reads'
  /** Who sees a write sees what its session wrote before it. */
  | 'monotonic-writes'
  /** Who sees a write sees what its session had read before it. */
  | 'writes-follow-reads';

export const sessionGuarantees: readonly SessionGuarantee[] = ['read-your-writes', 'monotonic-reads', 'monotonic-writes', 'writes-follow-reads'];

/** Why a history breaks what sessions were promised, in sentences. */
export interface SessionViolation {
  readonly sentences: readonly string[];
  readonly operations: readonly Operation[];
}

/** What is asked about sessions. */
export interface SessionQuestion {
  /** All of them together, if none are named. */
  readonly guarantees?: readonly SessionGuarantee[];
  /** Where a position of the history stands, for the sentences. */
  readonly line?: (position: number) => string;
}

interface Write {
  readonly kind: 'write';
  readonly operation: Operation;
  readonly number: number;
  readonly key: string;
  readonly value: Value;
}

interface Read {
  readonly kind: 'read';
  readonly operation: Operation;
  readonly key: string;
  readonly value: Value;
  /** Null where nothing was written yet. */
  readonly saw: Write | null;
}

/** Why a read must see a write. */
interface Must {
  readonly write: Write;
  readonly because: string;
}

const reads = ['read', 'get'];
const writes = ['write', 'put'];

/** A key and a value, of a call to one register or to a store. */
const partsOf = ({ call: { operation, input } }: Operation): { readonly key: Value; readonly value: Value } => {
  if (!reads.includes(operation) && !writes.includes(operation))
    throw new RolecallError({
      code: 'UNKNOWN_OPERATION',
      message: `session guarantees are of reads and writes, and not of ${operation}`,
      advice: `Let the operations be ${[...reads, ...writes].join(', ')}.`,
    });
  if (typeof input !== 'object' || input === null || !Object.hasOwn(input, 'key')) return { key: null, value: input };
  const { key, value = null } = input as { readonly key: Value; readonly value?: Value };
  return { key, value };
};

const writtenTwice = (value: Value, key: Value): RolecallError =>
  new RolecallError({
    code: 'WRITTEN_TWICE',
    message: `${valueWords(value)} is written ${key === null ? '' : `to ${valueWords(key)} `}more than once, so nobody can tell what a read has seen`,
    advice: 'Let each write be of a value of its own, and not of nil.',
  });

/** The writes that may have happened, by key and value. */
const writesIn = (operations: readonly Operation[]): ReadonlyMap<string, Write> => {
  const found = new Map<string, Write>();
  const all = operations.filter(({ call }) => writes.includes(call.operation)).sort((a, b) => a.begins - b.begins);
  for (const operation of all) {
    const { key, value } = partsOf(operation);
    const text = textOf([key, value]);
    if (found.has(text) || value === null) throw writtenTwice(value, key);
    found.set(text, { kind: 'write', operation, number: found.size, key: textOf(key), value });
  }
  return found;
};

/** A session: what its client read and wrote for certain, in order. */
type Session = readonly (Read | Write)[];

/** One question about one history. */
class Sessions {
  private readonly asked: ReadonlySet<SessionGuarantee>;
  private readonly at: (operation: Operation) => string;
  private readonly found: ReadonlyMap<string, Write>;
  private readonly sessions = new Map<string, (Read | Write)[]>();
  private readonly edges: { readonly from: number; readonly to: number; readonly because: string }[] = [];
  readonly violations: SessionViolation[] = [];

  constructor(operations: readonly Operation[], { guarantees = sessionGuarantees, line = (position) => `at ${position}` }: SessionQuestion) {
    this.asked = new Set(guarantees);
    this.at = ({ begins }) => `(${line(begins)})`;
    this.found = writesIn(operations);
    for (const operation of [...operations].sort((a, b) => a.begins - b.begins)) this.enter(operation);
    for (const session of this.sessions.values()) {
      this.orderWrites(session);
      for (const each of session) if (each.kind === 'read') this.look(each, session);
    }
    const all = [...this.found.values()];
    const cycle = this.violations.length > 0 ? null : shortestCycle(all.length, this.edges);
    if (cycle === null) return;
    const named = (number: number): string => `write ${this.valueOf(all[number] as Write)}`;
    this.violations.push({
      sentences: [
        ...cycle.map(({ from, to, because }) => `${named(from)} < ${named(to)}, because ${because}.`),
        'No order of the writes is all of these.',
      ],
      operations: cycle.map(({ from }) => (all[from] as Write).operation),
    });
  }

  private enter(operation: Operation): void {
    const session = this.sessions.get(operation.client) ?? [];
    this.sessions.set(operation.client, session);
    const { key, value } = partsOf(operation);
    const { ending } = operation;
    if (writes.includes(operation.call.operation)) {
      // What may not have happened obliges nobody; who sees it still sees it.
      if (ending.type === 'returned' || ending.type === 'done') session.push(this.found.get(textOf([key, value])) as Write);
      return;
    }
    if (ending.type !== 'returned') return;
    const saw = ending.output === null ? null : this.found.get(textOf([key, ending.output]));
    const said = `process ${operation.client} read ${valueWords(ending.output)} ${this.at(operation)}`;
    if (saw === undefined) this.violations.push({ sentences: [`${said}, which nobody wrote.`], operations: [operation] });
    else if (saw !== null && saw.operation.ending.type === 'failed')
      this.violations.push({ sentences: [`${said}, although its write failed ${this.at(saw.operation)}.`], operations: [saw.operation, operation] });
    else session.push({ kind: 'read', operation, key: textOf(key), value: ending.output, saw });
  }

  private valueOf({ operation, value }: Write): string {
    const { key } = partsOf(operation);
    return `${key === null ? '' : `${valueWords(key)} `}${valueWords(value)}`;
  }

  /** What of a session came before one of its operations. */
  private before(session: Session, { operation }: Read | Write): Session {
    return session.filter((other) => other.operation.ends < operation.begins);
  }

  /** Writes that have to stand in the order of their session, whoever sees them. */
  private orderWrites(session: Session): void {
    for (const write of session)
      if (write.kind === 'write')
        for (const { write: first, because } of this.under(write)) this.edges.push({ from: first.number, to: write.number, because });
  }

  /** What whoever sees a write must see, too. */
  private under(write: Write): readonly Must[] {
    const { client } = write.operation;
    return this.before(this.sessions.get(client) ?? [], write).flatMap((other): readonly Must[] => {
      if (other.kind === 'write')
        return this.asked.has('monotonic-writes')
          ? [
              {
                write: other,
                because: `process ${client} wrote ${this.valueOf(other)} ${this.at(other.operation)} before ${this.valueOf(write)} (monotonic writes)`,
              },
            ]
          : [];
      return this.asked.has('writes-follow-reads') && other.saw !== null && other.saw !== write
        ? [
            {
              write: other.saw,
              because: `process ${client} read ${this.valueOf(other.saw)} ${this.at(other.operation)} before it wrote ${this.valueOf(write)} (writes follow reads)`,
            },
          ]
        : [];
    });
  }

  /** All writes that a read must see; each with the reason for it. */
  private look(read: Read, session: Session): void {
    const must = new Map<Write, string>();
    const add = ({ write, because }: Must): void => {
      if (!must.has(write)) must.set(write, because);
    };
    for (const other of this.before(session, read)) {
      if (other.kind === 'write' && this.asked.has('read-your-writes'))
        add({ write: other, because: `had written ${this.valueOf(other)} ${this.at(other.operation)} (read your writes)` });
      if (other.kind === 'read' && other.saw !== null && this.asked.has('monotonic-reads'))
        add({ write: other.saw, because: `had read ${this.valueOf(other.saw)} ${this.at(other.operation)} (monotonic reads)` });
    }
    if (read.saw !== null) add({ write: read.saw, because: '' });
    // A Map goes on to what is added while it is walked.
    for (const [write, reason] of must)
      for (const { write: other, because } of this.under(write))
        add({ write: other, because: [reason, because].filter((each) => each !== '').join(', and ') });
    const said = `process ${read.operation.client} read ${valueWords(read.value)}${read.key === 'null' ? '' : ` from ${valueWords(partsOf(read.operation).key)}`} ${this.at(read.operation)}`;
    for (const [write, because] of must) {
      if (write.key !== read.key || write === read.saw) continue;
      if (read.saw === null)
        this.violations.push({
          sentences: [`${said}, although ${because.startsWith('had') ? 'it ' : ''}${because}.`],
          operations: [write.operation, read.operation],
        });
      else this.edges.push({ from: write.number, to: read.saw.number, because: `${said}, and ${because}` });
    }
  }
}

/**
 * Whether every session gets what it was promised: whether there is one order of all writes, and for each read a set of
 * writes that some replica may have had, so that each read returned the last of them on its key.
 * @throws RolecallError `WRITTEN_TWICE` where a value does not name its write, `UNKNOWN_OPERATION` for what is neither read nor write.
 */
export const checkSessions = (
  operations: readonly Operation[],
  question: SessionQuestion = {},
): { readonly verdict: 'consistent' | 'violated'; readonly violations: readonly SessionViolation[] } => {
  const { violations } = new Sessions(operations, question);
  return { verdict: violations.length === 0 ? 'consistent' : 'violated', violations };
};
