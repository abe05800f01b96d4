import { RolecallError } from '../../model/kernel/errors.ts';
import type { Value } from '../../model/kernel/value.ts';
import { checkCloseToOpen } from '../../model/property/consistency/close-to-open.ts';
import { checkEffects, type EffectEvent, type Occurrence } from '../../model/property/consistency/effects.ts';
import type { Operation } from '../../model/property/consistency/operation.ts';
import { checkSessions, type SessionGuarantee } from '../../model/property/consistency/sessions.ts';
import { textOf } from '../../model/property/consistency/values.ts';
import { type ObjectModel, spoken } from './dialects.ts';
import type { HistoryEvent } from './events.ts';
import { type Asked, countsOf, type Judged, type Wrong } from './judged.ts';
import { type Dialect, type History, keyed, pairedOperations } from './operations.ts';

const wrongOf = (sentences: readonly string[], picture: Wrong['picture'] = null): Wrong => ({ what: '', key: null, sentences, picture, details: {} });

const judged = ({ operations, lines, others }: History, wrongs: readonly Wrong[], notes: readonly string[] = []): Judged => ({
  ...{ verdict: wrongs.length === 0 ? 'consistent' : 'violated', ranOut: null, others, lines, wrongs, notes, ...countsOf(operations) },
  objects: 1,
});

/** Whether sessions get what they were promised. */
export function* judgeSessions(model: ObjectModel, guarantees: readonly SessionGuarantee[], { file, events }: Asked): Generator<void, Judged> {
  const history = pairedOperations(events, file, spoken(model, events, file));
  const line = (position: number): string => `line ${history.lines[position]}`;
  const { violations } = checkSessions(history.operations, { guarantees, line });
  return judged(
    history,
    violations.map(({ sentences, operations }) => {
      const last = operations.at(-1);
      const picture =
        last === undefined || operations.length > 2 || !Number.isFinite(last.ends)
          ? null
          : { operations: history.operations, wrong: last, about: operations };
      return wrongOf(sentences, picture);
    }),
  );
}

/** What a history of a set shows of additions: the last read tells what took effect, of a queue what was taken from it. */
const effectsIn = (model: ObjectModel, operations: readonly Operation[], file: string): readonly EffectEvent[] => {
  const adds = operations.filter(({ call }) => ['add', 'enqueue'].includes(call.operation));
  const asked = adds.map(({ call: { input } }): EffectEvent => ({ type: 'asked', request: input }));
  const refused = adds
    .filter(({ ending }) => ending.type === 'failed')
    .map(({ call: { input } }): EffectEvent => ({ type: 'refused', request: input }));
  const outputs = operations
    .filter(({ call, ending }) => ['read', 'dequeue'].includes(call.operation) && ending.type === 'returned')
    .sort((a, b) => a.begins - b.begins);
  const outputOf = ({ ending }: Operation): Value => (ending.type === 'returned' ? ending.output : null);
  if (model !== 'set')
    return [
      ...asked,
      ...refused,
      ...outputs.flatMap((each): EffectEvent[] => (outputOf(each) === null ? [] : [{ type: 'done', request: outputOf(each) }])),
    ];
  const last = outputs.at(-1);
  if (last === undefined)
    throw new RolecallError({
      code: 'HISTORY_NO_READ',
      message: 'no read tells what took effect',
      place: file,
      advice: 'Let the history end with a read of the whole set.',
    });
  const answered = adds
    .filter(({ ending, ends }) => (ending.type === 'done' || ending.type === 'returned') && ends < last.begins)
    .map(({ call: { input } }): EffectEvent => ({ type: 'answered', request: input }));
  const elements = (outputOf(last) ?? []) as readonly Value[];
  const seen = [...new Map(elements.map((element) => [textOf(element), element])).values()];
  const times = (element: Value): number => elements.filter((each) => textOf(each) === textOf(element)).length;
  return [...asked, ...refused, ...answered, ...seen.map((element): EffectEvent => ({ type: 'done', request: element, times: times(element) }))];
};

/** Whether additions took effect as often as promised. */
export function* judgeEffects(model: ObjectModel, promise: Occurrence, { file, events }: Asked): Generator<void, Judged> {
  const history = pairedOperations(events, file, spoken(model, events, file));
  return judged(
    history,
    checkEffects(effectsIn(model, history.operations, file), promise).sentences.map((sentence) => wrongOf([sentence])),
  );
}

const fileDialect = (file: string): Dialect => {
  const operations = ['open', 'close', 'read', 'write'];
  const nameIn = (event: HistoryEvent): Value => (event.key !== undefined || Array.isArray(event.value) ? keyed(event).key : event.value);
  return {
    call: (event) => {
      if (!operations.includes(event.f))
        throw new RolecallError({
          code: 'HISTORY_OPERATION',
          message: `a file has no operation :${event.f}`,
          place: `${file}, line ${event.line}`,
          advice: `It has ${operations.join(', ')}. Name another model with --model.`,
        });
      const name = nameIn(event);
      return { operation: event.f, input: event.f === 'write' ? { file: name, value: keyed(event).value } : { file: name } };
    },
    ending: ({ operation }, event) =>
      event.type === 'fail' ? { type: 'failed' } : operation === 'read' ? { type: 'returned', output: keyed(event).value } : { type: 'done' },
  };
};

/** Whether who opens a file sees what was closed before. */
export function* judgeCloseToOpen({ file, events }: Asked): Generator<void, Judged> {
  const history = pairedOperations(events, file, fileDialect(file));
  const { stale } = checkCloseToOpen(history.operations);
  return judged(
    history,
    stale.map(({ sentence, read, missed }) =>
      wrongOf([`line ${history.lines[read.ends]}: ${sentence}`], {
        operations: history.operations,
        wrong: read,
        about: missed === null ? [] : [missed],
      }),
    ),
  );
}
