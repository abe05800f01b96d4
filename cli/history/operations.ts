import { RolecallError } from '../../model/kernel/errors.ts';
import type { Value } from '../../model/kernel/value.ts';
import type { Operation } from '../../model/property/consistency/operation.ts';
import type { Call, Ending } from '../../model/property/consistency/specification.ts';
import type { HistoryEvent } from './events.ts';

/** The words of a model for what a history says. */
export interface Dialect {
  /** The call that an event begins. */
  readonly call: (event: HistoryEvent) => Call;
  /** How a call ended that succeeded, or failed without saying why. */
  readonly ending: (call: Call, event: HistoryEvent) => Ending;
}

/** A history as a checker takes it; positions are those of the events. */
export interface History {
  readonly operations: readonly Operation[];
  /** Of each event, the line on which it stands. */
  readonly lines: readonly number[];
  /** Events of the nemesis and the like, which call nothing. */
  readonly others: number;
}

const outOfOrder = (file: string, line: number, message: string, advice: string): RolecallError =>
  new RolecallError({ code: 'HISTORY_ORDER', message, place: `${file}, line ${line}`, advice });

/** A process that is no number, such as the nemesis, breaks things and calls nothing. */
const callsNothing = ({ process }: HistoryEvent): boolean => process.replace(/^:/, '') === 'nemesis';

/**
 * Pairs calls with their completions. What times out (`:info`), or never completes, may take effect at any time after its
 * call; what fails (`:fail`) took none.
 * @throws RolecallError `HISTORY_ORDER` where a process calls while its last call is open, or hears of a call that it never made.
 */
export const pairedOperations = (events: readonly HistoryEvent[], file: string, dialect: Dialect): History => {
  const open = new Map<string, { readonly at: number; readonly call: Call }>();
  const operations: Operation[] = [];
  let others = 0;
  const put = (client: string, begins: number, call: Call, ending: Ending, ends: number): void => {
    operations.push({ client, call, ending, begins, ends: ending.type === 'indefinite' ? Number.POSITIVE_INFINITY : ends });
  };
  events.forEach((event, at) => {
    if (callsNothing(event)) {
      others++;
      return;
    }
    const { process, type, line } = event;
    const begun = open.get(process);
    if (type === 'invoke') {
      if (begun !== undefined)
        throw outOfOrder(
          file,
          line,
          `process ${process} calls ${event.f}, and its call of line ${events[begun.at]?.line} has not ended`,
          'A process makes one call at a time; a call that is given up ends with :info.',
        );
      open.set(process, { at, call: dialect.call(event) });
      return;
    }
    if (begun === undefined)
      throw outOfOrder(
        file,
        line,
        `process ${process} ends ${event.f}, and has called nothing`,
        'Each :ok, :fail or :info follows an :invoke of its process.',
      );
    const called = events[begun.at] as HistoryEvent;
    if (called.f !== event.f)
      throw outOfOrder(
        file,
        line,
        `process ${process} ends ${event.f}, and what it called in line ${called.line} is ${called.f}`,
        'Each :ok, :fail or :info names the operation of the :invoke that it ends.',
      );
    open.delete(process);
    put(process, begun.at, begun.call, type === 'info' ? { type: 'indefinite' } : dialect.ending(begun.call, event), at);
  });
  for (const [process, { at, call }] of open) put(process, at, call, { type: 'indefinite' }, Number.POSITIVE_INFINITY);
  operations.sort((a, b) => a.begins - b.begins);
  return { operations, lines: events.map(({ line }) => line), others };
};

/** The key and the value of an event on one of many objects: `[key value]`, or a field of its own. */
export const keyed = ({ key, value }: HistoryEvent): { readonly key: Value; readonly value: Value } => {
  if (key !== undefined) return { key, value };
  const [first = null, second = null] = value as readonly Value[];
  return { key: first, value: second };
};

/** Whether events are on many objects: a key of its own, or `[key value]` also where a call takes no value, or where it takes two. */
export const isKeyed = (events: readonly HistoryEvent[]): boolean => {
  const calls = events.filter((event) => event.type === 'invoke' && !callsNothing(event));
  const isPair = (value: Value): value is readonly [Value, Value] => Array.isArray(value) && value.length === 2;
  const sure = ({ f, value }: HistoryEvent): boolean => isPair(value) && (f === 'cas' ? isPair(value[1]) : value[1] === null);
  return calls.length > 0 && (calls.every(({ key }) => key !== undefined) || (calls.every(({ value }) => isPair(value)) && calls.some(sure)));
};
