import { lineHeight, type Line, type Paragraph, type Run, wrap } from '../text/label.ts';
import { counted } from '../text/number.ts';
import type { Story, StoryStep } from '../story.ts';
import type { Flight } from './flights.ts';
import { choiceText, isFault, stepText } from './words.ts';

/** A row of the picture: one step, with its words. */
export interface Row {
  readonly step: StoryStep;
  readonly top: number;
  readonly height: number;
  /** Where the step happens on the lifelines. */
  readonly y: number;
  readonly lines: readonly Line[];
}

/** Longer stories are cut, and say so: nobody reads a picture of a thousand rows, and the trace has them all. */
export const mostRows = 90;

export const settlingRoom = 24;

/** The story as far as it is drawn. */
export const drawnPart = (story: Story): Story => (story.steps.length <= mostRows ? story : { ...story, steps: story.steps.slice(0, mostRows) });

const wordsOf = (step: StoryStep, label: string, lost: readonly Flight[]): Paragraph => {
  const { what, detail } = stepText(step.action, label);
  const fault = isFault(step.action);
  const runs: Run[] = [{ part: fault ? 'fault' : 'event', text: what }];
  if (detail !== '') runs.push({ part: 'plain', text: ` ${detail}` });
  if (step.rules.length > 0) runs.push({ part: 'rule', text: ` ${step.rules.join(' ')}` });
  else if (step.action.type === 'Deliver') runs.push({ part: 'muted', text: ' refused' });
  const choice = choiceText(step);
  if (choice !== '') runs.push({ part: 'muted', text: ` (${choice})` });
  if (lost.length > 0) runs.push({ part: 'fault', text: ` ${counted(lost.length, 'message')} lost` });
  return { runs, ...(step.action.type === 'Fire' ? { icon: 'clock' as const } : {}) };
};

/** The rows, from the top down. */
export const rowsOf = (story: Story, flights: readonly Flight[], top: number, room: number): readonly Row[] => {
  let at = top;
  return story.steps.map((step, index) => {
    const label = flights.find((flight) => flight.endsAt === index && flight.end === 'arrives')?.label ?? '';
    const lost = flights.filter((flight) => flight.endsAt === index && flight.end === 'lost');
    const lines = wrap(wordsOf(step, label, lost), room);
    const height = Math.max(30, lines.length * lineHeight + 12);
    // The line where settling begins has a strip of its own.
    if (step.settling === true && story.steps[index - 1]?.settling !== true) at += settlingRoom;
    const row = { step, top: at, height, y: at + 15, lines };
    at += height;
    return row;
  });
};
