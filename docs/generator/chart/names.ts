/**
 * Guards and actions in words. A name stands for itself; what XState builds (`and`, `assign`, `raise`) is read from the
 * properties that it puts on its functions; an inline function has no name worth printing.
 */
type Properties = Readonly<Record<string, unknown>>;

/** The properties of an object or a function; none of anything else. */
const propertiesOf = (value: unknown): Properties =>
  (typeof value === 'object' || typeof value === 'function') && value !== null ? (value as unknown as Properties) : {};

const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

const params = (value: unknown): string => {
  const entries = Object.entries(propertiesOf(value)).filter(([, each]) => each === null || typeof each !== 'object');
  return entries.length === 0 ? '' : `(${entries.map(([key, each]) => `${key}: ${String(each)}`).join(', ')})`;
};

const stateText = (value: unknown): string =>
  typeof value === 'string'
    ? value
    : Object.entries(propertiesOf(value))
        .map(([key, inner]) => `${key}.${stateText(inner)}`)
        .join(', ');

/** A guard in words; empty where there is none. */
export const guardText = (guard: unknown): string => {
  if (guard === undefined || guard === null) return '';
  if (typeof guard === 'string') return guard;
  const of = propertiesOf(guard);
  if (typeof guard !== 'function') return `${String(of['type'])}${params(of['params'])}`;
  const inner = list(of['guards']).map(guardText);
  const bracketed = inner.map((text) => (text.includes(' ') ? `(${text})` : text));
  switch ('check' in of ? guard.name : '') {
    case 'and':
      return bracketed.join(' and ');
    case 'or':
      return bracketed.join(' or ');
    case 'not':
      return `not ${bracketed[0] ?? ''}`;
    case 'stateIn':
      return `in ${stateText(of['stateValue'])}`;
    default:
      return 'a condition';
  }
};

const typeOf = (value: unknown): string => {
  const type = typeof value === 'function' ? undefined : propertiesOf(value)['type'];
  return typeof type === 'string' ? type : '';
};

/** What an effect does, as far as it is data: an `emit` whose effect is computed says only that it emits. */
const effectText = (effect: unknown): string => {
  const kind = typeOf(effect);
  return ['emits', kind, kind === '' ? '' : typeOf(propertiesOf(effect)['message'])].filter((word) => word !== '').join(' ');
};

/** What an action of XState does; empty for a function of another kind. */
export const builtinText = (action: unknown): string => {
  const of = propertiesOf(action);
  if (typeof action !== 'function' || !('resolve' in of)) return '';
  switch (of['type']) {
    case 'xstate.assign':
      return 'assigns';
    case 'xstate.emit':
      return effectText(of['event']);
    case 'xstate.raise':
      return `raises ${typeOf(of['event']) || 'an event'}`;
    case 'xstate.cancel':
      return `cancels ${typeof of['sendId'] === 'string' ? of['sendId'] : 'a timer'}`;
    case 'xstate.enqueueActions':
      return 'acts in steps';
    case 'xstate.log':
      return 'logs';
    default:
      return String(of['type']).replace(/^xstate\./, '');
  }
};

/** An action in words. */
export const actionText = (action: unknown): string => {
  if (typeof action === 'string') return action;
  if (typeof action === 'function') return builtinText(action) || 'an action';
  const of = propertiesOf(action);
  return `${String(of['type'])}${params(of['params'])}`;
};
