import { byCodeUnits } from '../../kernel/order.ts';
import type { Value } from '../../kernel/value.ts';
import type { Heard, Monitor } from '../property.ts';
import { textOf, valueWords } from './values.ts';

/** How often what was asked for takes effect. */
export type Occurrence =
  /** Never twice, and never unasked: retransmission does no harm. */
  | 'at-most-once'
  /** What was answered has taken effect, however often: nothing is lost. */
  | 'at-least-once'
  /** Both. */
  | 'exactly-once';

/** What happened to a request. */
export type EffectEvent =
  | { readonly type: 'asked' | 'answered'; readonly request: Value }
  /** It took effect, so often. */
  | { readonly type: 'done'; readonly request: Value; readonly times?: number }
  /** It was answered that it did not take effect, and will not. */
  | { readonly type: 'refused'; readonly request: Value };

/** What is known of a request; how often it took effect is counted up to two. */
interface Known {
  readonly asked: boolean;
  readonly answered: boolean;
  readonly refused: boolean;
  readonly done: 0 | 1 | 2;
}

const unknown: Known = { asked: false, answered: false, refused: false, done: 0 };

type Requests = Readonly<Record<string, Known>>;

const afterEvent = (requests: Requests, event: EffectEvent): Requests => {
  const name = textOf(event.request);
  const known = requests[name] ?? unknown;
  switch (event.type) {
    case 'asked':
      return { ...requests, [name]: { ...known, asked: true } };
    case 'answered':
      return { ...requests, [name]: { ...known, answered: true } };
    case 'refused':
      return { ...requests, [name]: { ...known, refused: true } };
    case 'done':
      return { ...requests, [name]: { ...known, done: Math.min(2, known.done + (event.times ?? 1)) as Known['done'] } };
  }
};

/** What is wrong with one request, in a sentence; null where nothing is. */
const wrongWith = (name: string, { asked, answered, refused, done }: Known, promise: Occurrence): string | null => {
  if (promise !== 'at-least-once') {
    if (done > 1) return `${name} took effect more than once.`;
    if (done > 0 && !asked) return `${name} took effect, although nobody had asked for it.`;
    if (done > 0 && refused) return `${name} took effect, although it was answered that it had not.`;
  }
  return promise !== 'at-most-once' && answered && done === 0 ? `${name} was answered, although it had not taken effect.` : null;
};

/** A request by the text of its value: what is no text stands as it is. */
const nameIn = (text: string): string => (text.startsWith('"') ? valueWords(JSON.parse(text) as string) : text.slice(0, 60));

const wrongIn = (requests: Requests, promise: Occurrence): readonly string[] =>
  Object.keys(requests)
    .sort(byCodeUnits)
    .flatMap((text) => wrongWith(nameIn(text), requests[text] as Known, promise) ?? []);

/** What an effects monitor takes. */
export interface EffectsType {
  readonly promise: Occurrence;
  /** What an effect of a role says of a request; null where it says nothing. The request is named by a value of its own, such as client and id. */
  readonly event: (heard: Heard) => EffectEvent | null;
}

/**
 * A monitor that holds as long as requests take effect as often as promised: at most once, at least once by the time that
 * they are answered, or exactly once.
 *
 * ```ts
 * monitors: {
 *   once: effects({
 *     promise: 'at-most-once',
 *     event: ({ host, role, effect }) => {
 *       if (effect.type === 'invoke') return { type: 'asked', request: `${host} ${effect.id}` };
 *       if (role === 'server' && effect.type === 'persist') return { type: 'done', request: requestIn(effect.value) };
 *       return null;
 *     },
 *   }),
 * },
 * ```
 */
export const effects = ({ promise, event }: EffectsType): Monitor => ({
  initial: {},
  next: (state, heard) => {
    const said = event(heard);
    return said === null ? state : (afterEvent(state as unknown as Requests, said) as unknown as Value);
  },
  holds: (state) => wrongIn(state as unknown as Requests, promise).length === 0,
  explain: (state) => wrongIn(state as unknown as Requests, promise).join(' '),
});

/** The same of a whole history: what happened to requests, in order. */
export const checkEffects = (
  events: readonly EffectEvent[],
  promise: Occurrence,
): { readonly verdict: 'consistent' | 'violated'; readonly sentences: readonly string[] } => {
  const sentences = wrongIn(events.reduce<Requests>(afterEvent, {}), promise);
  return { verdict: sentences.length === 0 ? 'consistent' : 'violated', sentences };
};
