import type { Story } from '../story.ts';
import { el, group, type Markup, picture, rounded, text } from '../svg/element.ts';
import { drawLines } from '../svg/lines.ts';
import { style } from '../svg/palette.ts';
import { counted } from '../text/number.ts';
import { widthOf } from '../text/width.ts';
import { lineHeight, widest, wrap } from '../text/label.ts';
import { type Flight, flightsOf } from './flights.ts';
import type { Grid } from './grid.ts';
import { drawCuts, drawFlight, drawHead, drawLife, drawMark, markOf } from './marks.ts';
import { drawnPart, mostRows, rowsOf, settlingRoom } from './rows.ts';
import { messageText } from './words.ts';

const margin = 20;
const numberRoom = 34;
const headHeight = 58;

/** How far the lifelines stand from each other. */
export const spacingOf = (story: Story): number => {
  const widest = story.hosts.reduce((most, { name, roles }) => Math.max(most, widthOf(name, 14, 'bold'), widthOf(roles.join(', '), 12)), 0);
  const fitting = 720 / Math.max(1, story.hosts.length);
  return Math.max(72, Math.min(Math.max(110, widest + 30), fitting));
};

/** The room that names beside the outermost lifelines need. */
export const outerRoom = (story: Story, spacing: number): number => Math.max(0, widestName(story) + 44 - spacing / 2);

const widestName = (story: Story): number =>
  story.steps.reduce((most, { action }) => {
    const name = 'message' in action ? messageText(action) : 'timer' in action ? action.timer : 'command' in action ? action.command : action.type;
    return Math.max(most, widthOf(name, 12, 'bold'));
  }, 0);

/** The space-time diagram of a story: time runs down, each host has a lifeline, and beside each row stand the words of its step. */
export const drawStory = (whole: Story, about: { readonly title: string; readonly description: string; readonly outcome: string }): string => {
  const story = drawnPart(whole);
  const flights = flightsOf(story);
  const spacing = spacingOf(story);
  const outer = outerRoom(story, spacing);
  const left = margin + numberRoom;
  const columns = new Map(story.hosts.map(({ name }, index) => [name, left + outer + spacing * (index + 0.5)]));
  const right = left + outer + spacing * story.hosts.length + outer;
  const wordsRoom = 1200 - right - 2 * margin;
  const top = margin + headHeight;
  const rows = rowsOf(story, flights, top + 12, wordsRoom);
  const bottom = (rows.at(-1)?.top ?? top) + (rows.at(-1)?.height ?? 0);
  const grid: Grid = {
    x: (host) => columns.get(host) ?? left,
    y: (step) => (step < 0 ? top : (rows[step]?.y ?? bottom + 14)),
    left,
    right,
    spacing,
  };
  const outcome = wrap({ runs: [{ part: 'event', text: about.outcome }] }, wordsRoom);
  const settles = rows.findIndex(({ step }) => step.settling === true);
  const cut = whole.steps.length - story.steps.length;
  const note = cut > 0 ? `${counted(cut, 'more step')} after these ${mostRows} stand in the trace.` : '';
  const width = right + margin + Math.max(300, widest(outcome), ...rows.flatMap((row) => row.lines.map((line) => line.width))) + margin;
  const stripes = rows.map((row, index) =>
    index % 2 === 0 ? el('rect', { class: 'stripe', x: margin, y: row.top, width: width - 2 * margin, height: row.height }) : group({}),
  );
  const marks = rows.map((row, index) => markOf(row, endOf(flights, index), grid));
  const settling = settles < 0 ? [] : [drawSettling((rows[settles]?.top ?? 0) - settlingRoom, width)];
  return picture({ width, height: bottom + 8 + outcome.length * lineHeight + margin }, about, style, [
    ...stripes,
    ...drawCuts(story, grid),
    ...story.hosts.flatMap((host) => [...drawLife(story, host.name, grid), drawHead(host, grid, margin)]),
    ...flights.map((flight) => drawFlight(flight, grid)),
    ...rows.map((row, index) => drawMark(row, marks[index] ?? null)),
    ...rows.map((row, index) => el('text', { class: 't-muted', x: left - 10, y: row.y + 4, 'text-anchor': 'end' }, text(String(index + 1)))),
    ...rows.flatMap((row) => drawLines(row.lines, right + margin, row.top + 5)),
    ...settling,
    ...(note === '' ? [] : [el('text', { class: 't-muted', x: margin, y: bottom + 18 }, text(note))]),
    ...drawLines(outcome, right + margin, bottom + 5),
  ]);
};

/** The arrow that ends in a step. */
export const endOf = (flights: readonly Flight[], step: number): Flight | undefined =>
  flights.find((flight) => flight.endsAt === step && (flight.end === 'arrives' || flight.end === 'dropped'));

const drawSettling = (y: number, width: number): Markup =>
  group(
    {},
    el('path', { class: 'dashed', d: `M${rounded(margin)} ${rounded(y)}H${rounded(width - margin)}` }),
    el('text', { class: 't-muted', x: width - margin, y: y + 15, 'text-anchor': 'end' }, text('faults end here; the network settles')),
  );
