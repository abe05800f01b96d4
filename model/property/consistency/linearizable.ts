import type { Value } from '../../kernel/value.ts';
import type { Monitor } from '../property.ts';
import { type Configurations, configurationsAtStart, possibleOutputs, withCall, withEnding } from './configurations.ts';
import { happeningIn, type Reading } from './reading.ts';
import type { Call, Ending, Specification } from './specification.ts';
import { sameValue, valueWords } from './values.ts';
import { callWords, listWords } from './words.ts';

/** What a linearizability monitor takes. */
export interface LinearizableType extends Reading {
  /** How the object behaves when its operations come one after the other. */
  readonly model: Specification;
  /** So many ways in which calls may have taken effect are kept apart; more make the verdict unknown. */
  readonly limit?: number;
}

const usualLimit = 20_000;

/** The state of the monitor: the objects that were called, by key; or, for good, why the history is not linearizable. */
type State = { readonly objects: ReadonlyMap<Value, Value> } | { readonly violated: string };

/**
 * A monitor that holds as long as the operations of all clients seem to happen one after the other, each between its
 * `invoke` and its `return`. An operation with an indefinite outcome, or without a `return`, may take effect at any time
 * from then on, or never. Its state is what the object may have become, so it stays small in an exhaustive search.
 *
 * ```ts
 * export const linearizability = defineProperty(store, {
 *   id: 'KV-LINEARIZABLE',
 *   claim: 'Gets and puts seem to happen one after the other, each between its call and its answer.',
 *   holdsUnder: ['oneServer'],
 *   monitors: { linearizable: linearizable({ model: register }) },
 * });
 * ```
 *
 * @throws RolecallError `TOO_MANY_CONFIGURATIONS`, of kind limit, where more is possible than `limit` allows to keep apart.
 */
export const linearizable = ({ model, limit = usualLimit, ...reading }: LinearizableType): Monitor => ({
  initial: { objects: new Map() },
  next: (before, heard) => {
    const state = before as unknown as State;
    if ('violated' in state) return before;
    const happening = happeningIn(reading, heard);
    if (happening === null) return before;
    const { operation } = happening;
    const entries = [...state.objects] as unknown as [Value, Configurations][];
    const holding = entries.find(([, { open }]) => Object.hasOwn(open, operation));
    const put = (key: Value, now: Configurations): Value =>
      ({ objects: new Map([...entries.filter(([known]) => known !== key), [key, now]] as never) }) as unknown as Value;

    if (happening.type === 'begins') {
      // A client that crashed may use an id again; nobody will tell how its first call ended.
      if (holding !== undefined) {
        const [key, object] = holding;
        const index = entries.indexOf(holding);
        entries[index] = [key, withEnding(model, object, operation, { type: 'indefinite' }, limit)];
      }
      const key = model.keyOf?.(happening.call) ?? null;
      const known = entries.find(([each]) => sameValue(each, key));
      return put(known === undefined ? key : known[0], withCall(known?.[1] ?? configurationsAtStart(model), operation, happening.call));
    }
    if (holding === undefined) return before;
    const [key, object] = holding;
    const call = object.open[operation] as Call;
    const ending = happening.endingOf(call);
    const now = withEnding(model, object, operation, ending, limit);
    if (now.possible.length > 0) return put(key, now);
    return { violated: whyNot(happening.client, call, ending, possibleOutputs(model, object, operation, limit)) };
  },
  holds: (state) => !Object.hasOwn(state as object, 'violated'),
  explain: (state) => (state as { readonly violated?: string }).violated ?? '',
});

/** The call that cannot have happened as it is said to, in a sentence. */
const whyNot = (client: string, call: Call, ending: Ending, possible: readonly Value[]): string => {
  const said = `${callWords(call)} of ${client}`;
  switch (ending.type) {
    case 'returned':
      return possible.length === 0
        ? `${said} returned ${valueWords(ending.output)}, although it cannot have happened at all`
        : `${said} returned ${valueWords(ending.output)}, although only ${listWords(possible.map(valueWords), 'or')} was possible`;
    case 'failed':
      return `${said} was reported as failed, although its effect was seen`;
    default:
      return `${said} ended, although it cannot have happened`;
  }
};
