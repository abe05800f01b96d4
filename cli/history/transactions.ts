import { RolecallError } from '../../model/kernel/errors.ts';
import type { Value } from '../../model/kernel/value.ts';
import type { Anomaly } from '../../model/property/consistency/transactions/anomaly.ts';
import { checkingTransactions, type Isolation, type TransactionObject } from '../../model/property/consistency/transactions/check.ts';
import { valueWords } from '../../model/property/consistency/values.ts';
import type { HistoryEvent } from './events.ts';
import { type Asked, countsOf, type Judged, type Wrong } from './judged.ts';
import { type Dialect, pairedOperations } from './operations.ts';

/** What the steps of transactions are called: `[:append x 1]`, `[:r x nil]`, `[:w x 1]`. */
const kinds: Readonly<Record<TransactionObject, readonly string[]>> = { 'list-append': ['r', 'append'], 'rw-register': ['r', 'w'] };

/** What some call them. */
const synonyms: Readonly<Record<string, string>> = { read: 'r', write: 'w' };

/** How a history speaks of transactions: its value is the list of steps, and after the end with what was read. */
const dialectOf = (object: TransactionObject, file: string): Dialect => {
  const stepsIn = (event: HistoryEvent): Value => {
    const steps = Array.isArray(event.value) ? (event.value as readonly Value[]) : [];
    if (!Array.isArray(event.value)) throw unfit(event, event.value);
    return steps.map((step): Value => {
      const [type, key, value] = Array.isArray(step) ? (step as readonly Value[]) : [];
      const said = typeof type === 'string' ? type.replace(/^:/, '') : '';
      const kind = synonyms[said] ?? said;
      if (!kinds[object].includes(kind) || key === undefined || value === undefined) throw unfit(event, step);
      return [kind, key, kind === 'r' && value === null && object === 'list-append' ? [] : value];
    });
  };
  const unfit = ({ line }: HistoryEvent, step: Value): RolecallError =>
    new RolecallError({
      code: 'HISTORY_OPERATION',
      message: `this is no step of a transaction on ${object}: ${valueWords(step)}`,
      place: `${file}, line ${line}`,
      advice: `The value of a transaction is a list of steps such as ${object === 'list-append' ? '[:append x 1] and [:r x nil]' : '[:w x 1] and [:r x nil]'}. Name another model with --model.`,
    });
  return {
    call: (event) => ({ operation: 'txn', input: stepsIn(event) }),
    ending: (_, event) => (event.type === 'fail' ? { type: 'failed' } : { type: 'returned', output: stepsIn(event) }),
  };
};

/** Whether transactions are kept apart as far as a level promises. */
export function* judgeTransactions(object: TransactionObject, isolation: Isolation, { file, events, limits }: Asked): Generator<void, Judged> {
  const { operations, lines, others } = pairedOperations(events, file, dialectOf(object, file));
  const lineOf = (position: number): string => `line ${lines[position]}`;
  const { verdict, ranOut, anomalies, against } = yield* checkingTransactions(operations, { isolation, object, limits, line: lineOf });
  const numbered = new Map([...operations].sort((a, b) => a.begins - b.begins).map((operation, index) => [operation, `T${index + 1}`]));
  const whereOf = ({ operations: own }: Anomaly): readonly string[] =>
    own.map((operation) => {
      const until = Number.isFinite(operation.ends)
        ? `lines ${lines[operation.begins]} to ${lines[operation.ends]}`
        : `from line ${lines[operation.begins]} on`;
      return `${numbered.get(operation)}: process ${operation.client}, ${until}.`;
    });
  const wrongs = anomalies.slice(0, against).map(
    (anomaly): Wrong => ({
      what: anomaly.kind,
      key: null,
      sentences: [...anomaly.sentences, ...whereOf(anomaly)],
      picture: null,
      details: {
        transactions: anomaly.operations.map((operation) => ({
          name: numbered.get(operation),
          process: operation.client,
          line: lines[operation.begins],
        })),
      },
    }),
  );
  const weaker = [...new Set(anomalies.slice(against).map(({ kind }) => kind))];
  return {
    ...{ verdict, ranOut, others, lines, wrongs, ...countsOf(operations) },
    objects: 1,
    notes: weaker.length === 0 ? [] : [`It also shows ${weaker.join(', ')}, which this level allows.`],
  };
}
