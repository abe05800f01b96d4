import type { Value, ValueRecord } from '../../../model/kernel/value.ts';
import { endingOf } from '../../../model/role/invocation.ts';
import type { Action, MessageName } from '../../../model/world/action.ts';
import type { StoryStep } from '../story.ts';

const shortened = (text: string, length: number): string => (text.length <= length ? text : `${text.slice(0, length - 1)}…`);

const valueText = (value: Value): string => {
  if (value === null || typeof value !== 'object') return String(value);
  if (value instanceof Uint8Array) return `${value.length} bytes`;
  if (Array.isArray(value)) return `[${value.map(valueText).join(', ')}]`;
  if (value instanceof Map || value instanceof Set) return `${value.size} entries`;
  return fieldsText(value as ValueRecord);
};

const fieldsText = (record: ValueRecord): string => {
  const fields = Object.entries(record).map(([key, value]) => `${key} ${valueText(value)}`);
  return shortened(fields.join(', '), 60);
};

/** `NewBlock`, and `NewBlock #2` for the second of its type on its link. */
export const messageText = ({ message, ordinal }: MessageName): string => (ordinal === 1 ? message : `${message} #${ordinal}`);

/** From host to host; within a host, from role to role. */
const between = (name: MessageName): string =>
  name.from === name.to ? `${name.from}, ${name.fromRole} to ${name.toRole}` : `${name.from} to ${name.to}`;

/** The end of a promise that a role waits for is an event of XState, named after what was invoked. */
export const choiceName = (choice: string): string => {
  const ending = endingOf(choice);
  return ending === null ? choice : `${ending.id} ${ending.how === 'done' ? 'done' : 'fails'}`;
};

const softwareWords = { StopRole: 'stop', StartRole: 'start', Install: 'install', Uninstall: 'uninstall' } as const;

/** What befalls a host, as its lifeline says it. */
export const lifeText = (action: Extract<Action, { readonly host: string }>): string =>
  action.type in softwareWords && 'role' in action
    ? `${softwareWords[action.type as keyof typeof softwareWords]} ${action.role}`
    : action.type.toLowerCase();

/** A step as the words beside its row: what happens, then the details. */
export const stepText = (action: Action, label: string): { readonly what: string; readonly detail: string } => {
  switch (action.type) {
    case 'Deliver':
      return { what: messageText(action), detail: [between(action), label].filter((part) => part !== '').join(': ') };
    case 'Drop':
      return { what: `drop ${messageText(action)}`, detail: between(action) };
    case 'Duplicate':
      return { what: `duplicate ${messageText(action)}`, detail: between(action) };
    case 'Fire':
      return { what: action.timer, detail: `${action.host}, ${action.role}` };
    case 'Command':
      return { what: action.command, detail: [`${action.host}, ${action.role}`, fieldsText(action.value)].filter((part) => part !== '').join(': ') };
    case 'Choose':
      return {
        what: choiceName(action.choice),
        detail: [`${action.host}, ${action.role}`, fieldsText(action.value)].filter((part) => part !== '').join(': '),
      };
    case 'Partition':
      return { what: action.oneWay ? 'one-way partition' : 'partition', detail: `${action.side.join(', ')} cut off` };
    case 'Break':
      return { what: 'break', detail: action.between.join(' and ') };
    case 'Repair':
      return { what: 'repair', detail: '' };
    case 'Hold':
    case 'Release':
      return { what: action.type.toLowerCase(), detail: `${action.from} to ${action.to}` };
    case 'Skew':
      return { what: 'skew', detail: `the clock of ${action.host} runs at ${action.perMille / 10} %` };
    case 'Tick':
      return { what: 'time passes', detail: `a unit on the clock of ${action.host}` };
    case 'Corrupt':
      return { what: 'corrupt', detail: `${action.host}, ${action.role}: ${action.key}` };
    case 'StopRole':
    case 'StartRole':
    case 'Install':
    case 'Uninstall':
      return { what: softwareWords[action.type], detail: `${action.role} on ${action.host}` };
    case 'Crash': {
      const storage = [action.lose === undefined ? '' : `${action.lose} writes lost`, action.torn === true ? 'the last one torn' : ''];
      return { what: 'crash', detail: [action.host, ...storage].filter((part) => part !== '').join(', ') };
    }
    default:
      return { what: action.type.toLowerCase(), detail: action.host };
  }
};

/** What a step left to the environment, in words. */
export const choiceText = (step: StoryStep): string => {
  const { action } = step;
  const picks = 'picks' in action && action.picks !== undefined ? action.picks.filter((hosts) => hosts.length > 0) : [];
  const chosen = picks.length === 0 ? '' : `chose ${picks.map((hosts) => hosts.join(', ')).join('; ')}`;
  const crash = 'crashAfter' in action && action.crashAfter !== undefined ? `crash after ${action.crashAfter} effects` : '';
  return [chosen, crash].filter((part) => part !== '').join(', ');
};

const faults = new Set<Action['type']>([
  'Drop',
  'Duplicate',
  'Crash',
  'Pause',
  'Leave',
  'Corrupt',
  'StopRole',
  'Uninstall',
  'Partition',
  'Break',
  'Hold',
  'Skew',
]);

export const isFault = (action: Action): boolean => faults.has(action.type);
