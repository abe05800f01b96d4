import type { Value, ValueRecord } from '../../model/kernel/value.ts';
import { endingOf } from '../../model/role/invocation.ts';
import type { Action, MessageName } from '../../model/world/action.ts';

/** A whole number with thin groups: 1,234,567. No locale has a say. */
export const number = (n: number): string => String(Math.round(n)).replace(/\B(?=(\d{3})+(?!\d))/g, ',');

/** `1 run`, `2 runs`. */
export const counted = (n: number, noun: string, plural = `${noun}s`): string => `${number(n)} ${n === 1 ? noun : plural}`;

/** `a`, `a and b`, `a, b and c`. */
export const listed = (items: readonly string[], last = 'and'): string =>
  items.length < 2 ? (items[0] ?? '') : `${items.slice(0, -1).join(', ')} ${last} ${items.at(-1)}`;

/** A text cut to a width. */
export const shortened = (text: string, width: number): string => (text.length <= width ? text : `${text.slice(0, Math.max(0, width - 1))}…`);

/** A value as a person reads it, in one line. */
export const shown = (value: Value, width = 120): string => shortened(valueText(value, width), width);

/** At least `room` characters of a value's text, or all of it: a whole chain nests thousands of blocks deep, and one line shows few. */
const valueText = (value: Value, room: number): string => {
  if (typeof value === 'string') return textOf(value);
  if (value === null || typeof value !== 'object') return String(value);
  if (value instanceof Uint8Array) return bytesText(value);
  if (Array.isArray(value)) return `[${joined(value, valueText, room - 1)}]`;
  if (value instanceof Set) return `{${joined(value, valueText, room - 1)}}`;
  if (value instanceof Map) return `{${joined(value, ([key, held], left) => entryText(`${valueText(key, left)} → `, held, left), room - 1)}}`;
  return `{${joined(Object.entries(value as ValueRecord), ([key, held], left) => entryText(`${key}: `, held, left), room - 1)}}`;
};

const entryText = (key: string, held: Value, room: number): string => key + valueText(held, room - key.length);

const joined = <Item>(items: Iterable<Item>, textOfItem: (item: Item, room: number) => string, room: number): string => {
  let text = '';
  let separator = '';
  for (const item of items) {
    if (text.length >= room) break;
    text += separator;
    text += textOfItem(item, room - text.length);
    separator = ', ';
  }
  return text;
};

/** A hash by its first digits, a timer by its own name; a control character is never obeyed. */
const textOf = (text: string): string => {
  const short = abbreviated(text);
  return /[\p{Cc}\p{Cf}]/u.test(short) ? JSON.stringify(short).replace(/[\p{Cc}\p{Cf}]/gu, '?') : short;
};

export const abbreviated = (text: string): string =>
  text.replace(/\b(0x[0-9a-f]{8})[0-9a-f]{9,}\b/g, '$1…').replace(/^xstate\.after\.(\w+)\..*$/, '$1');

const bytesText = (bytes: Uint8Array): string => {
  const hex = [...bytes.subarray(0, 8)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  return bytes.length > 8 ? `0x${hex}… (${bytes.length} bytes)` : `0x${hex}`;
};

/** `NewBlock`, or `NewBlock #2` for the second of its type on this link. */
export const messageText = ({ message, ordinal }: Pick<MessageName, 'message' | 'ordinal'>): string =>
  ordinal === 1 ? message : `${message} #${ordinal}`;

/** A command or choice with its value: `find`, `submit {amount: 3}`. */
const withValue = (name: string, value: ValueRecord): string => (Object.keys(value).length === 0 ? name : `${name} ${shown(value, 80)}`);

/** What a step of a role left to the environment. */
const choiceWords = (action: Action): string => {
  const picks = 'picks' in action && action.picks !== undefined ? action.picks.filter((hosts) => hosts.length > 0) : [];
  const crash =
    'crashAfter' in action && action.crashAfter !== undefined
      ? `, and the host crashes after ${counted(action.crashAfter, 'effect')} of the step`
      : '';
  return `${picks.length === 0 ? '' : `, choosing ${picks.map((hosts) => listed(hosts)).join('; ')}`}${crash}`;
};

/** A step in words. */
export const actionWords = (action: Action): string => `${bareWords(action)}${choiceWords(action)}`;

const bareWords = (action: Action): string => {
  switch (action.type) {
    case 'Deliver':
      return deliverWords(action);
    case 'Fire':
      return `${action.host}: timer ${abbreviated(action.timer)} of ${action.role} fires`;
    case 'Command':
      return `${action.host}: ${action.role} is told to ${withValue(action.command, action.value)}`;
    case 'Choose':
      return `${action.host}: ${choiceText(action)}`;
    case 'Drop':
      return `${messageText(action)} from ${action.from} to ${action.to} is lost`;
    case 'Duplicate':
      return `${messageText(action)} from ${action.from} to ${action.to} is duplicated`;
    case 'Crash':
      return `${action.host} crashes${crashWords(action)}`;
    case 'Restart':
      return `${action.host} restarts with what it has stored`;
    case 'Pause':
      return `${action.host} pauses`;
    case 'Resume':
      return `${action.host} resumes`;
    case 'Join':
      return `${action.host} joins`;
    case 'Leave':
      return `${action.host} leaves for good`;
    case 'Skew':
      return `${action.host}: the clock runs at ${action.perMille / 10} % of true time from now on`;
    case 'Tick':
      return `${action.host}: a unit of time passes`;
    case 'Corrupt':
      return `${action.host}: what ${action.role} stored as ${action.key} is damaged`;
    case 'StopRole':
      return `${action.host}: ${action.role} is stopped`;
    case 'StartRole':
      return `${action.host}: ${action.role} is started`;
    case 'Install':
      return `${action.host}: ${action.role} is installed`;
    case 'Uninstall':
      return `${action.host}: ${action.role} is uninstalled`;
    case 'Partition':
      return action.oneWay
        ? `nothing that ${listed(action.side)} ${action.side.length === 1 ? 'sends' : 'send'} gets out`
        : `the network splits: ${listed(action.side)} | the rest`;
    case 'Break':
      return `the connection of ${action.between[0]} and ${action.between[1]} breaks`;
    case 'Repair':
      return 'the network is repaired';
    case 'Hold':
      return `what ${action.from} sends to ${action.to} is held back`;
    case 'Release':
      return `what ${action.from} sent to ${action.to} is released`;
  }
};

/** A link event says how things stand between two hosts; a role that tells another on its host is named by its role. */
const deliverWords = (name: MessageName): string => {
  const { from, fromRole, to, toRole } = name;
  if (isLinkEvent(name)) return `${to} is ${name.message} ${name.message === 'connected' ? 'with' : 'from'} ${from}`;
  if (from === to) return `${to}: ${toRole} is told ${messageText(name)} by ${fromRole}`;
  return `${to} gets ${messageText(name)} from ${from}`;
};

export const isLinkEvent = ({ message }: Pick<MessageName, 'message'>): boolean => message === 'connected' || message === 'disconnected';

/** A promise that a role waits for is done or fails; any other choice is met. */
const choiceText = ({ role, choice, value }: Extract<Action, { readonly type: 'Choose' }>): string => {
  const ending = endingOf(choice);
  if (ending === null) return `${role} meets the choice ${withValue(choice, value)}`;
  return `${ending.id} of ${role} ${ending.how === 'done' ? 'is done' : 'fails'} with ${answerOf(value)}`;
};

/** What a promise was done with, or why it failed. */
const answerOf = (value: ValueRecord): string => shown(value['output'] ?? value['error'] ?? null, 80);

/** A choice as the mark on a lifeline: `coin`, `load done 5`. */
export const choiceMark = ({ choice, value }: Extract<Action, { readonly type: 'Choose' }>): string => {
  const ending = endingOf(choice);
  return ending === null ? choice : `${ending.id} ${ending.how === 'done' ? 'done' : 'fails'} ${answerOf(value)}`;
};

const crashWords = ({ lose = 0, torn = false }: { readonly lose?: number; readonly torn?: boolean }): string => {
  const lost = lose === 0 ? '' : `, losing its last ${counted(lose, 'write')}`;
  return `${lost}${torn ? `${lost === '' ? ', with' : ' and'} its last kept write torn` : ''}`;
};

/** Whether an action is a fault, and not a step of the protocol or its environment, or the passing of time. */
export const isFault = ({ type }: Action): boolean =>
  !['Deliver', 'Fire', 'Command', 'Choose', 'Restart', 'Resume', 'Repair', 'Release', 'Tick'].includes(type);
