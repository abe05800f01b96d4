import type { MessageName } from '../../../model/world/action.ts';
import type { Story, StoryStep } from '../story.ts';

/** How a message ends: it arrives, a fault drops it, it is lost at once, or it is still in flight when the picture ends. */
export type End = 'arrives' | 'dropped' | 'lost' | 'flying';

/** One arrow: from the step that sent a message to the step that ended it. Steps count from 0. */
export interface Flight {
  readonly name: MessageName;
  readonly label: string;
  /** −1 before the first step; null where the story does not say. */
  readonly sentAt: number | null;
  readonly endsAt: number;
  readonly end: End;
  /** A second copy, made by a fault. */
  readonly copy: boolean;
}

const key = ({ from, fromRole, to, toRole, message, ordinal }: MessageName): string => JSON.stringify([from, fromRole, to, toRole, message, ordinal]);

interface Open {
  readonly name: MessageName;
  readonly label: string;
  readonly sentAt: number;
  readonly copy: boolean;
}

/** Pairs what was sent with what became of it. */
export const flightsOf = (story: Story): readonly Flight[] => {
  const open = new Map<string, Open[]>();
  const flights: Flight[] = [];
  /** Where deliveries do not empty inboxes, a message arrives again and again from one sending. */
  const sendings = new Map<string, number>();
  const put = (flight: Open): void => {
    open.set(key(flight.name), [...(open.get(key(flight.name)) ?? []), flight]);
    sendings.set(key(flight.name), flight.sentAt);
  };
  const take = (name: MessageName): Open | undefined => {
    const [first, ...rest] = open.get(key(name)) ?? [];
    open.set(key(name), rest);
    return first;
  };
  const close = (name: MessageName, endsAt: number, end: End, hint = ''): void => {
    const sent = take(name);
    const sentAt = sent?.sentAt ?? sendings.get(key(name)) ?? (story.complete ? -1 : null);
    flights.push({ name, label: sent?.label || hint, sentAt, endsAt, end, copy: sent?.copy ?? false });
  };
  story.steps.forEach((step: StoryStep, index) => {
    const { action } = step;
    if (action.type === 'Deliver') close(action, index, 'arrives', step.hint);
    if (action.type === 'Drop') close(action, index, 'dropped', step.hint);
    for (const name of step.lost) close(name, index, 'dropped');
    for (const sent of step.sent) {
      if (sent.lostTo === undefined) put({ name: sent, label: sent.label, sentAt: index, copy: sent.copy === true });
      else flights.push({ name: sent, label: sent.label, sentAt: index, endsAt: index, end: 'lost', copy: false });
    }
  });
  const flying = [...open.values()].flat().map((sent): Flight => ({ ...sent, endsAt: story.steps.length, end: 'flying' }));
  return [...flights, ...flying];
};
