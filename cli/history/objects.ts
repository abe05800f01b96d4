import { checkingLinearizable, checkingSequential, type ObjectVerdict, type OrderVerdict } from '../../model/property/consistency/check.ts';
import type { Obstacle } from '../../model/property/consistency/obstacle.ts';
import type { Operation } from '../../model/property/consistency/operation.ts';
import { obstacleWords, operationWords } from '../../model/property/consistency/words.ts';
import { type ObjectModel, spoken } from './dialects.ts';
import { type Asked, countsOf, type Judged, type Wrong } from './judged.ts';
import { pairedOperations } from './operations.ts';

/** Of an order, so many operations at its end are told. */
const lastTold = 6;

const orderWords = (order: readonly Operation[]): string =>
  `${order.length > lastTold ? '…; ' : ''}${order.slice(-lastTold).map(operationWords).join('; ')}`;

/** How far a history is linearizable, and what stands there. */
const linearizableWords = (obstacle: Obstacle, total: number, line: (position: number) => number): readonly string[] => {
  const { prefix, order, operation } = obstacle;
  const before = prefix.filter(({ ends }) => ends < operation.ends).length;
  return [
    obstacleWords(
      obstacle,
      (position) => `line ${line(position)}`,
      (client) => `process ${client}`,
    ),
    `The longest linearizable prefix ends before line ${line(operation.ends)}: ${before} of ${total} operations have returned in it${
      order.length === 0 ? '' : `, for instance in the order ${orderWords(order)}`
    }.`,
  ];
};

const linearizableDetails = ({ operation, blocker, possible, prefix, order }: Obstacle, line: (position: number) => number) => {
  const told = (each: Operation) => ({
    process: each.client,
    operation: operationWords(each),
    called: line(each.begins),
    returned: Number.isFinite(each.ends) ? line(each.ends) : null,
  });
  return {
    violating: told(operation),
    possible,
    although: blocker === null ? null : told(blocker),
    prefix: { beforeLine: line(operation.ends), operations: prefix.length, order: order.map(told) },
  };
};

const sawAnother = ({ call, ending }: Operation): boolean => call.operation === 'cas' && ending.type === 'returned' && ending.output === false;

/** Of a violation: whether it is all of what failed compare-and-sets are taken to have seen. */
function* notesOn(
  { verdict }: OrderVerdict,
  check: (operations: readonly Operation[]) => Generator<void, OrderVerdict>,
  operations: readonly Operation[],
): Generator<void, readonly string[]> {
  if (verdict !== 'violated' || !operations.some(sawAnother)) return [];
  const without = yield* check(operations.filter((each) => !sawAnother(each)));
  return without.verdict === 'consistent'
    ? ['A cas that fails is taken to have seen another value; if :fail only says that it took no effect, there is such an order.']
    : [];
}

/** Whether the operations on some objects seem to happen one after the other. */
export function* judgeObjects(
  model: ObjectModel,
  order: 'linearizable' | 'sequential',
  { file, events, limits, initial }: Asked,
): Generator<void, Judged> {
  const dialect = spoken(model, events, file, initial);
  const { operations, lines, others } = pairedOperations(events, file, dialect);
  const line = (position: number): number => lines[position] as number;
  const checking = order === 'linearizable' ? checkingLinearizable : checkingSequential;
  const check = (those: readonly Operation[]): Generator<void, OrderVerdict> => checking(dialect.specification, those, limits);
  const found = yield* check(operations);
  const { verdict, ranOut, objects } = found;
  const wrongOf = ({ key, operations: own, obstacle }: ObjectVerdict): Wrong => ({
    what: '',
    key,
    sentences:
      obstacle !== null
        ? linearizableWords(obstacle, own.length, line)
        : order === 'sequential'
          ? ['No order of all operations, with each process in its own order, explains what they returned.']
          : ['No order explains what they returned; where it goes wrong was not found before a limit was reached.'],
    picture: obstacle === null ? null : { operations: own, wrong: obstacle.operation, about: obstacle.blocker === null ? [] : [obstacle.blocker] },
    details: obstacle === null ? {} : linearizableDetails(obstacle, line),
  });
  return {
    ...{ verdict, ranOut, others, lines, ...countsOf(operations) },
    objects: objects.length,
    wrongs: objects.filter((object) => object.verdict === 'violated').map(wrongOf),
    notes: yield* notesOn(found, check, operations),
  };
}
