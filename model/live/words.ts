import type { Json } from '../trace/encode.ts';
import type { LogLine } from './log.ts';

/** A value in one short line. */
export const shown = (json: unknown): string => {
  const text = JSON.stringify(json) ?? 'nothing';
  return text.length > 300 ? `${text.slice(0, 300)}…` : text;
};

export const messageText = (from: string, message: Json): string =>
  `${(message as { type?: string } | null)?.type ?? '?'} from ${from} ${shown(message)}`;

/** The event of a line in a few words. */
export const eventText = ({ event }: LogLine): string => {
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
    default:
      return event.type;
  }
};
