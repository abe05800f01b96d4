import { endOf, outerRoom, spacingOf } from '../generator/sequence/draw.ts';
import { flightsOf } from '../generator/sequence/flights.ts';
import type { Grid } from '../generator/sequence/grid.ts';
import { drawCuts, drawFlight, drawHead, drawLife, drawMark, markOf } from '../generator/sequence/marks.ts';
import { isFault } from '../generator/sequence/words.ts';
import type { Row } from '../generator/sequence/rows.ts';
import type { Story } from '../generator/story.ts';
import { widthOf } from '../generator/text/width.ts';
import { el, group, type Markup, rounded, text } from '../generator/svg/element.ts';
import type { View } from './view.ts';

const [margin, numberRoom, headHeight, rowHeight, settlingRoom] = [12, 34, 58, 30, 26];

/** The rows of a story, all of one height; the words of a step stand beside the picture, not in it. */
const rowsOf = (story: Story, top: number): readonly Row[] => {
  let at = top;
  return story.steps.map((step, index) => {
    if (step.settling === true && story.steps[index - 1]?.settling !== true) at += settlingRoom;
    const row = { step, top: at, height: rowHeight, y: at + rowHeight / 2, lines: [] };
    at += rowHeight;
    return row;
  });
};

/**
 * The space-time diagram of the page. The page's script finds what belongs to a step by these marks: `data-step` on the
 * ground of its row, `data-sent` and `data-ends` on arrows. Steps count from 1; what was there before the first is sent at 0.
 */
export const drawRun = (story: Story, description: string, loop: View['loop'] = null): string => {
  const flights = flightsOf(story);
  const spacing = spacingOf(story);
  const outer = outerRoom(story, spacing);
  const left = margin + numberRoom;
  const right = left + 2 * outer + spacing * story.hosts.length;
  const columns = new Map(story.hosts.map(({ name }, index) => [name, left + outer + spacing * (index + 0.5)]));
  const top = margin + headHeight;
  const rows = rowsOf(story, top + 8);
  const bottom = (rows.at(-1)?.top ?? top) + rowHeight;
  const width = Math.ceil(right + margin + (loop === null ? 0 : loopRoom));
  const grid: Grid = {
    x: (host) => columns.get(host) ?? left,
    y: (step) => (step < 0 ? top : (rows[step]?.y ?? bottom + 12)),
    left,
    right,
    spacing,
  };
  const height = Math.ceil(bottom + 30);
  const settles = rows.find(({ step }) => step.settling === true);
  const children: readonly Markup[] = [
    ...rows.map((row, index) => el('rect', { class: 'row', 'data-step': index + 1, x: 2, y: row.top, width: width - 4, height: row.height, rx: 5 })),
    ...drawCuts(story, grid),
    ...story.hosts.flatMap((host) => [...drawLife(story, host.name, grid), drawHead(host, grid, margin)]),
    ...flights.map((flight) =>
      group(
        { class: 'flight', 'data-sent': (flight.sentAt ?? flight.endsAt) + 1, 'data-ends': flight.end === 'flying' ? undefined : flight.endsAt + 1 },
        drawFlight(flight, grid),
      ),
    ),
    ...rows.map((row, index) => group({ 'data-step': index + 1 }, drawMark(row, markOf(row, endOf(flights, index), grid)))),
    ...rows.map((row) => drawNetworkName(row, left + 6)),
    ...rows.map((row, index) => el('text', { class: 'number', x: left - 8, y: row.y + 4, 'text-anchor': 'end' }, text(String(index + 1)))),
    ...(loop === null ? [] : [drawLoop(rows, loop, right)]),
    ...(settles === undefined ? [] : [drawSettling(settles.top - settlingRoom, width)]),
    el('rect', { id: 'future', x: 0, y: height, width, height }),
  ];
  return [
    `<svg width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-labelledby="picture-words">`,
    el('title', { id: 'picture-words' }, text(description)).markup,
    ...children.map((child) => child.markup),
    '</svg>',
  ].join('\n');
};

/** What happens to the network stands on no lifeline, so its name stands beside the number. */
const drawNetworkName = ({ step: { action }, y }: Row, x: number): Markup =>
  'host' in action || action.type === 'Deliver' || action.type === 'Drop'
    ? group({})
    : el('text', { class: isFault(action) ? 't-fault t-mark' : 't-event t-mark', x, y: y + 4 }, text(action.type.toLowerCase()));

const loopRoom = 26;

/** A line from below the last step back to the one that comes again; where nothing more need happen it ends. */
const drawLoop = (rows: readonly Row[], { from, words }: NonNullable<View['loop']>, right: number): Markup => {
  const [x, out] = [right + 2, right + loopRoom - 4];
  const end = (rows.at(-1)?.y ?? 0) + 4;
  const first = from === null ? undefined : rows[from - 1]?.y;
  const line =
    first === undefined
      ? `M${rounded(x)} ${rounded(end)}H${rounded(out)}M${rounded(out)} ${rounded(end - 6)}V${rounded(end + 6)}`
      : `M${rounded(x)} ${rounded(end)}H${rounded(out)}V${rounded(first - 4)}H${rounded(x)}m6 -4l-6 4l6 4`;
  return group({ class: 'loop' }, el('path', { class: 'loop', d: line }), el('title', {}, text(words)));
};

const settlingWords = 'faults end, the network settles';

const drawSettling = (y: number, width: number): Markup =>
  group(
    {},
    el('path', { class: 'dashed', d: `M${rounded(margin)} ${rounded(y + 6)}H${rounded(width - margin)}` }),
    el('rect', { class: 'ground', x: margin, y: y - 2, width: widthOf(settlingWords, 12) + 5, height: 16 }),
    el('text', { class: 't-muted', x: margin, y: y + 10 }, text(settlingWords)),
  );
