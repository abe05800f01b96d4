import { RolecallError } from '../../model/kernel/errors.ts';
import { byCodeUnits } from '../../model/kernel/order.ts';
import type { Value } from '../../model/kernel/value.ts';
import { casRegisterOf, casRegistersOf, models } from '../../model/property/consistency/objects.ts';
import type { Call, Ending, Specification } from '../../model/property/consistency/specification.ts';
import { textOf } from '../../model/property/consistency/values.ts';
import type { HistoryEvent } from './events.ts';
import { type Dialect, isKeyed, keyed } from './operations.ts';

/** What operations may be on. */
export type ObjectModel = 'register' | 'cas-register' | 'key-value' | 'queue' | 'unordered-queue' | 'set' | 'counter' | 'mutex';

/** Two names for one object. */
export const registers: readonly string[] = ['register', 'cas-register'];

/** What an operation takes, and what the caller hears when it succeeds: a value of the object, or nothing. */
interface Word {
  readonly operation: string;
  readonly hears: 'value' | 'nothing' | 'success';
}

const word = (operation: string, hears: Word['hears']): Word => ({ operation, hears });
const read = word('read', 'value');

const write = word('write', 'nothing');
const registerWords = { read, r: read, write, w: write, cas: word('cas', 'success') };
const queueWords = { enqueue: word('enqueue', 'nothing'), dequeue: word('dequeue', 'value') };

/** The names that histories have for operations. */
const words: Readonly<Record<ObjectModel, Readonly<Record<string, Word>>>> = {
  register: registerWords,
  'cas-register': registerWords,
  'key-value': {
    get: word('get', 'value'),
    read: word('get', 'value'),
    put: word('put', 'nothing'),
    set: word('put', 'nothing'),
    write: word('put', 'nothing'),
    append: word('append', 'nothing'),
    cas: word('cas', 'success'),
    delete: word('delete', 'nothing'),
  },
  queue: queueWords,
  'unordered-queue': queueWords,
  set: { add: word('add', 'nothing'), remove: word('remove', 'nothing'), contains: word('contains', 'value'), read },
  counter: { add: word('add', 'nothing'), read },
  mutex: { acquire: word('acquire', 'nothing'), release: word('release', 'nothing') },
};

const sortedList = (value: Value): Value =>
  value instanceof Set || Array.isArray(value) ? [...(value as Iterable<Value>)].sort((a, b) => byCodeUnits(textOf(a), textOf(b))) : value;

/** How a history's values stand in a model. A store that knows only texts says "" for nothing. */
const valueIn = (model: ObjectModel, value: Value): Value => {
  if (model === 'key-value' && value === '') return null;
  return model === 'set' ? sortedList(value) : value;
};

/** A specification, and how a history speaks of it. */
export interface Spoken extends Dialect {
  readonly specification: Specification;
}

const unfit = (file: string, { line, f }: HistoryEvent, message: string, model: ObjectModel): RolecallError =>
  new RolecallError({
    code: 'HISTORY_OPERATION',
    message: `${message} :${f}`,
    place: `${file}, line ${line}`,
    advice: `The model ${model} knows ${[...new Set(Object.keys(words[model]))].join(', ')}. Name another with --model.`,
  });

const specificationOf = (model: ObjectModel, many: boolean, initial: Value): Specification => {
  if (model === 'key-value') return models['key-value'];
  if (many) return casRegistersOf(initial);
  return registers.includes(model) ? casRegisterOf(initial) : models[model];
};

/**
 * How the events of a history speak of an object. Where their values are `[key value]`, each key is an object of its own.
 * A register holds `initial` at first.
 */
export const spoken = (model: ObjectModel, events: readonly HistoryEvent[], file: string, initial: Value = null): Spoken => {
  const many = model === 'key-value' || isKeyed(events);
  if (many && model !== 'key-value' && !registers.includes(model))
    throw new RolecallError({
      code: 'HISTORY_KEYS',
      message: `its operations name keys, and a ${model} has none`,
      place: file,
      advice: 'Give the operations of one key, or a model that knows keys: register, cas-register, key-value.',
    });
  const wordOf = (event: HistoryEvent): Word => {
    const known = words[model];
    if (!Object.hasOwn(known, event.f)) throw unfit(file, event, `a ${model} has no operation`, model);
    return known[event.f] as Word;
  };
  const saidIn = (event: HistoryEvent): Value => {
    if (many && event.key === undefined && !Array.isArray(event.value))
      throw unfit(file, event, 'a key and a value, as [key value], are missing of', model);
    return valueIn(model, many ? keyed(event).value : event.value);
  };
  return {
    specification: specificationOf(model, many, initial),
    call: (event) => {
      const { operation } = wordOf(event);
      const value = ['read', 'get', 'dequeue'].includes(operation) ? null : saidIn(event);
      if (operation === 'cas' && !(Array.isArray(value) && value.length === 2))
        throw unfit(file, event, 'two values, as [from to], are missing of', model);
      if (operation === 'add' && model === 'counter' && typeof value !== 'number') throw unfit(file, event, 'an integer is missing of', model);
      return { operation, input: many ? { key: keyed(event).key, value } : value };
    },
    ending: (_: Call, event): Ending => {
      const { hears } = wordOf(event);
      // That the values did not match is an observation; any other failure says why.
      if (event.type === 'fail') return hears === 'success' && !event.hasError ? { type: 'returned', output: false } : { type: 'failed' };
      if (hears === 'success') return { type: 'returned', output: true };
      return hears === 'nothing' ? { type: 'done' } : { type: 'returned', output: saidIn(event) };
    },
  };
};
