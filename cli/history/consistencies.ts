/** A promise that a history may keep. */
interface Promised {
  /** What the history does then: it `is linearizable`, it `keeps monotonic reads`. */
  readonly promise: string;
  readonly doc: string;
  /** The models that it can be asked of. */
  readonly models: readonly string[];
}

const objects = ['register', 'cas-register', 'key-value', 'queue', 'unordered-queue', 'set', 'counter', 'mutex'];
const transactions = ['list-append', 'rw-register'];
const stores = ['register', 'key-value'];

/** What `--consistency` may name; the first that is made for a model is meant where none is named. */
export const consistencies = {
  linearizable: {
    promise: 'is linearizable',
    doc: 'operations seem to happen one after the other, each between its call and its return',
    models: objects,
  },
  sequential: {
    promise: 'is sequentially consistent',
    doc: "operations seem to happen one after the other, each process's own in their order",
    models: objects,
  },
  serializable: { promise: 'is serializable', doc: 'transactions seem to happen one after the other', models: transactions },
  'strict-serializable': { promise: 'is strictly serializable', doc: 'the same, each between its call and its return', models: transactions },
  'snapshot-isolation': {
    promise: 'is snapshot isolated',
    doc: 'each transaction reads from one snapshot; writes may be skewed',
    models: transactions,
  },
  'read-committed': { promise: 'is read committed', doc: 'no transaction reads what was not committed', models: transactions },
  'read-uncommitted': { promise: 'is read uncommitted', doc: 'writes of transactions do not mix', models: transactions },
  session: { promise: 'keeps all session guarantees', doc: 'the four that follow, together', models: stores },
  'read-your-writes': { promise: 'keeps read-your-writes', doc: 'a read sees what its session wrote before', models: stores },
  'monotonic-reads': { promise: 'keeps monotonic reads', doc: 'a read sees what earlier reads of its session saw', models: stores },
  'monotonic-writes': { promise: 'keeps monotonic writes', doc: 'who sees a write sees those of its session before it', models: stores },
  'writes-follow-reads': { promise: 'keeps writes-follow-reads', doc: 'who sees a write sees what its session had read before', models: stores },
  'at-most-once': {
    promise: 'keeps at-most-once',
    doc: 'nothing is added twice, or unasked',
    models: ['set', 'queue', 'unordered-queue'],
  },
  'at-least-once': {
    promise: 'keeps at-least-once',
    doc: 'what was acknowledged is there at the end',
    models: ['set'],
  },
  'exactly-once': { promise: 'keeps exactly-once', doc: 'both', models: ['set'] },
  'close-to-open': { promise: 'keeps close-to-open', doc: 'who opens a file sees what was written by all who had closed it', models: ['file'] },
} as const satisfies Readonly<Record<string, Promised>>;

export type Consistency = keyof typeof consistencies;

/** What there is, for the help. */
export const consistencyLines = (): readonly string[] => {
  const width = Math.max(...Object.keys(consistencies).map((name) => name.length));
  return Object.entries<Promised>(consistencies).map(([name, { doc, models }]) => `  ${name.padEnd(width)}  ${doc} (${models.join(', ')})`);
};
