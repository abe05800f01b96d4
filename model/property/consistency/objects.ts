import { RolecallError } from '../../kernel/errors.ts';
import { byCodeUnits } from '../../kernel/order.ts';
import type { Value, ValueRecord } from '../../kernel/value.ts';
import type { Answer, Call, Specification } from './specification.ts';
import { sameValue, textOf } from './values.ts';

/** What each operation of an object does; what it does not know is an error of whoever made the history, and no violation. */
const objectOf = <State extends Value>(
  name: string,
  start: State,
  operations: Readonly<Record<string, (state: State, input: Value) => Answer<State> | readonly Answer<State>[]>>,
  readOnly: readonly string[],
): Specification => ({
  name,
  start,
  step: (state: State, { operation, input }: Call) => {
    const known = Object.hasOwn(operations, operation) ? operations[operation] : undefined;
    if (known !== undefined) return known(state, input);
    throw new RolecallError({
      code: 'UNKNOWN_OPERATION',
      message: `a ${name} has no operation ${JSON.stringify(operation)}`,
      advice: `It has ${Object.keys(operations).join(', ')}. Choose another model, or translate the calls.`,
    });
  },
  readOnly: ({ operation }) => readOnly.includes(operation),
});

const read = <State extends Value>(state: State): Answer<State> => ({ state, output: state });
const write = (_: Value, input: Value): Answer => ({ state: input, output: null });

/** `read` returns what was written last, and `start` before; `write` of a value returns null. */
export const registerOf = (start: Value): Specification => objectOf('register', start, { read, write }, ['read']);

/** A register that holds null at first. */
export const register: Specification = registerOf(null);

const cas = (state: Value, input: Value): Answer => {
  const [from, to] = input as readonly [Value, Value];
  return sameValue(state, from) ? { state: to, output: true } : { state, output: false };
};

/**
 * A register that also compares and sets: `cas` of [from, to] writes `to` and returns true if it held `from`; else it returns
 * false. It holds `start` at first.
 */
export const casRegisterOf = (start: Value): Specification => objectOf('cas-register', start, { read, write, cas }, ['read']);

/** The same, which holds null at first. */
export const casRegister: Specification = casRegisterOf(null);

/** Many objects of one kind, by the `key` of the input; what else the input holds, or its `value` alone, goes to the object. */
const byKey = (name: string, object: Specification): Specification => ({
  ...object,
  name,
  step: (state, { operation, input }) => object.step(state, { operation, input: (input as ValueRecord)['value'] ?? null }),
  keyOf: ({ input }) => (input as ValueRecord)['key'] as Value,
});

const written = objectOf(
  'key-value store',
  null as Value,
  {
    get: read,
    put: write,
    append: (state, input) => ({ state: `${(state as string | null) ?? ''}${input as string}`, output: null }),
    cas,
    delete: () => ({ state: null, output: null }),
  },
  ['get'],
);

/** `get` of { key }, `put` of { key, value }, `append` (to the text that is there), `cas` and `delete`; null where nothing is. */
export const keyValue: Specification = byKey('key-value', written);

/** A register for each key: `read`, `write` and `cas` of { key, value }. */
export const casRegistersOf = (start: Value): Specification => byKey('cas-registers', casRegisterOf(start));

const sorted = (items: readonly Value[]): readonly Value[] => [...items].sort((a, b) => byCodeUnits(textOf(a), textOf(b)));

/** First in, first out: `enqueue` returns null; `dequeue` returns the first, or null where there is none. */
export const queue: Specification = objectOf<readonly Value[]>(
  'queue',
  [],
  {
    enqueue: (items, input) => ({ state: [...items, input], output: null }),
    dequeue: (items) => ({ state: items.slice(1), output: items[0] ?? null }),
  },
  [],
);

/** In no order: `enqueue` returns null; `dequeue` returns one of those that are there, or null where there is none. */
export const unorderedQueue: Specification = objectOf<readonly Value[]>(
  'unordered-queue',
  [],
  {
    enqueue: (items, input) => ({ state: sorted([...items, input]), output: null }),
    dequeue: (items) =>
      items.length === 0
        ? { state: items, output: null }
        : items.flatMap((item, at) =>
            at > 0 && sameValue(item, items[at - 1] as Value) ? [] : [{ state: items.filter((_, other) => other !== at), output: item }],
          ),
  },
  [],
);

/** A lock: nobody is granted `acquire` while it is held, and nobody `release` while it is not; both return null. */
export const mutex: Specification = objectOf<boolean>(
  'mutex',
  false,
  {
    acquire: (isHeld) => (isHeld ? [] : { state: true, output: null }),
    release: (isHeld) => (isHeld ? { state: false, output: null } : []),
  },
  [],
);

/** `add` and `remove` return null, `contains` true or false, `read` the members in the order of their texts. */
export const set: Specification = objectOf<readonly Value[]>(
  'set',
  [],
  {
    add: (members, input) => ({ state: members.some((each) => sameValue(each, input)) ? members : sorted([...members, input]), output: null }),
    remove: (members, input) => ({ state: members.filter((each) => !sameValue(each, input)), output: null }),
    contains: (members, input) => ({ state: members, output: members.some((each) => sameValue(each, input)) }),
    read,
  },
  ['contains', 'read'],
);

/** `add` of an integer returns null; `read` returns the sum. */
export const counter: Specification = objectOf<number>(
  'counter',
  0,
  { add: (sum, input) => ({ state: sum + (input as number), output: null }), read },
  ['read'],
);

/** The objects whose behaviour is known here, by name. */
export const models = {
  register,
  'cas-register': casRegister,
  'key-value': keyValue,
  'cas-registers': casRegistersOf(null),
  queue,
  'unordered-queue': unorderedQueue,
  mutex,
  set,
  counter,
} as const satisfies Readonly<Record<string, Specification>>;
