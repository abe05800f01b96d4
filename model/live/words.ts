import type { Json } from '../trace/encode.ts';
import { isRoleLine, type LogLine } from './log.ts';

/** A value in one short line. */
export const shown = (json: unknown): string => {
  const text = JSON.stringify(json) ?? 'nothing';
  return text.length > 300 ? `${text.slice(0, 300)}…` : text;
};

export const messageText = (from: string, message: Json): string =>
  `${(message as { type?: string } | null)?.type ?? '?'} from ${from} ${shown(message)}`;

/** The event of a line in a few words. */
export const eventText = (line: LogLine): string =>
  isRoleLine(line) && line.crashedAfter !== undefined
    ? `${textOf(line.event)}, and crashes after ${line.crashedAfter} of ${line.effects.length} effects`
    : textOf(line.event);

const textOf = (event: LogLine['event']): string => {
  switch (event.type) {
    case 'start':
      return event.how;
    case 'deliver':
      return `deliver ${messageText(event.from, event.message)}`;
    case 'fire':
      return `fire ${event.timer}`;
    case 'command':
    case 'choose':
      return `${event.type === 'choose' ? 'choose' : 'command'} ${event.name} ${shown(event.value)}`;
    case 'stopRole':
    case 'uninstall':
      return `${event.type} ${event.role}`;
    case 'corrupt':
      return `corrupt ${event.role}.${event.key}`;
    case 'skew':
      return `skew to ${event.perMille} thousandths`;
    default:
      return event.type;
  }
};
