import { unknownName } from '../names.ts';
import { type ObjectModel, objectModels } from './dialects.ts';
import type { Asked, Judged } from './judged.ts';
import { judgeObjects } from './objects.ts';

/** A promise about a history, and how it is judged. */
interface Check {
  /** What the history is said to be: `The history is linearizable.` */
  readonly promise: string;
  readonly doc: string;
  /** The models that it can be asked of. */
  readonly models: readonly string[];
  readonly judge: (model: ObjectModel, asked: Asked) => Generator<void, Judged>;
}

/** What `--consistency` may name. */
export const checks = {
  linearizable: {
    promise: 'linearizable',
    doc: 'operations seem to happen one after the other, each between its call and its return',
    models: objectModels,
    judge: (model, asked) => judgeObjects(model, 'linearizable', asked),
  },
  sequential: {
    promise: 'sequentially consistent',
    doc: "operations seem to happen one after the other, each process's own in their order",
    models: objectModels,
    judge: (model, asked) => judgeObjects(model, 'sequential', asked),
  },
} as const satisfies Readonly<Record<string, Check>>;

export type Consistency = keyof typeof checks;

/** What `--model` may name. */
export const historyModels: readonly string[] = [...new Set(Object.values<Check>(checks).flatMap(({ models }) => models))];

/** What is asked of a model: what was named, or the first that is made for it. */
export const consistencyOf = (model: string, asked: string | undefined): Consistency => {
  if (!historyModels.includes(model)) throw unknownName('model', model, historyModels);
  const fitting = (Object.keys(checks) as Consistency[]).filter((name) => (checks[name].models as readonly string[]).includes(model));
  if (asked === undefined) return fitting[0] as Consistency;
  const found = fitting.find((name) => name === asked);
  if (found === undefined) throw unknownName('consistency', asked, fitting);
  return found;
};
