import type { HostName } from '../../../model/role/effect.ts';
import type { Point } from '../chart/plan.ts';
import type { Story, StoryHost } from '../story.ts';
import { el, group, type Markup, rounded, text } from '../svg/element.ts';
import { arrowHead } from '../svg/path.ts';
import { widthOf } from '../text/width.ts';
import type { End, Flight } from './flights.ts';
import type { Grid } from './grid.ts';
import { cutsOf, livesOf, type Condition } from './lives.ts';
import type { Row } from './rows.ts';
import { choiceName, isFault, lifeText, messageText } from './words.ts';

const lineClass: Readonly<Record<Condition, string | null>> = { up: 'life', paused: 'absent', crashed: null, off: null, left: null };

/** A host's name and roles over its lifeline. */
export const drawHead = ({ name, roles }: StoryHost, grid: Grid, top: number): Markup => {
  const width = Math.min(grid.spacing - 8, Math.max(widthOf(name, 13, 'bold'), widthOf(roles.join(', '), 12)) + 20);
  const x = grid.x(name);
  const squeezed = (content: string, size: number, weight: 'regular' | 'bold'): number | undefined =>
    widthOf(content, size, weight) > width - 8 ? width - 8 : undefined;
  return group(
    {},
    el('rect', { class: 'state', x: x - width / 2, y: top, width, height: 44, rx: 7 }),
    el(
      'text',
      { class: 't-event', x, y: top + 18, 'text-anchor': 'middle', textLength: squeezed(name, 13, 'bold'), lengthAdjust: 'spacingAndGlyphs' },
      text(name),
    ),
    el(
      'text',
      {
        class: 't-muted',
        x,
        y: top + 35,
        'text-anchor': 'middle',
        textLength: squeezed(roles.join(', '), 12, 'regular'),
        lengthAdjust: 'spacingAndGlyphs',
      },
      text(roles.join(', ')),
    ),
  );
};

const cross = ({ x, y }: Point, size = 5): Markup =>
  el('path', {
    class: 'cross',
    d: `M${rounded(x - size)} ${rounded(y - size)}L${rounded(x + size)} ${rounded(y + size)}M${rounded(x + size)} ${rounded(y - size)}L${rounded(x - size)} ${rounded(y + size)}`,
  });

/** A lifeline: a line while the host is up, dots while it is paused, a gap while it is down; a cross where it crashes, a bar where it leaves. */
export const drawLife = (story: Story, host: HostName, grid: Grid): readonly Markup[] => {
  const x = grid.x(host);
  return (livesOf(story).get(host) ?? []).flatMap(({ condition, from, to }) => {
    const marks: Markup[] = [];
    const kind = lineClass[condition];
    if (kind !== null) marks.push(el('path', { class: kind, d: `M${rounded(x)} ${rounded(grid.y(from))}V${rounded(grid.y(to))}` }));
    if (condition === 'crashed') marks.push(cross({ x, y: grid.y(from) }, 6));
    if (condition === 'left') marks.push(el('path', { class: 'cross', d: `M${rounded(x - 8)} ${rounded(grid.y(from))}H${rounded(x + 8)}` }));
    if (condition === 'up' && from >= 0) marks.push(el('circle', { class: 'state', cx: x, cy: grid.y(from), r: 5 }));
    return marks;
  });
};

/** A band over the rows of each partition, stronger on the lifelines that are cut off. */
export const drawCuts = (story: Story, grid: Grid): readonly Markup[] =>
  cutsOf(story).flatMap(({ side, from, to }) => {
    const [top, height] = [grid.y(from) - 9, grid.y(to) - grid.y(from) + 9];
    return [
      el('rect', { class: 'band', x: grid.left, y: top, width: grid.right - grid.left, height }),
      ...side.map((host) => el('rect', { class: 'cut', x: grid.x(host) - 7, y: top, width: 14, height })),
    ];
  });

const part = (from: Point, to: Point, ratio: number): Point => ({ x: from.x + (to.x - from.x) * ratio, y: from.y + (to.y - from.y) * ratio });
const line = (className: string, from: Point, to: Point): Markup =>
  el('path', { class: className, d: `M${rounded(from.x)} ${rounded(from.y)}L${rounded(to.x)} ${rounded(to.y)}` });

/** Where a dropped message stops: past the middle, so that its direction is seen. */
const stopOf = (from: number, to: number): number => from + (to - from) * 0.65;

/** How far a message to the own host swings out. */
const swing = 26;

/** A message from one role of a host to another. */
const drawLocal = (from: Point, to: Point, end: End): Markup => {
  const tip = { x: to.x + 4, y: to.y };
  const d = `M${rounded(from.x)} ${rounded(from.y)}C${rounded(from.x + swing)} ${rounded(from.y)} ${rounded(to.x + swing)} ${rounded(to.y)} ${rounded(tip.x)} ${rounded(tip.y)}`;
  switch (end) {
    case 'arrives':
      return group({}, el('path', { class: 'route', d }), arrowHead({ x: tip.x + 9, y: tip.y }, { x: tip.x - 1, y: tip.y }));
    case 'flying':
      return group({}, el('path', { class: 'late', d }), el('circle', { class: 'state', cx: tip.x + 4, cy: tip.y, r: 3.5 }));
    default:
      return group({}, el('path', { class: 'lost', d }), cross(tip));
  }
};

/** A message from the step that sent it to the step that ended it. */
export const drawFlight = ({ name, sentAt, endsAt, end, copy }: Flight, grid: Grid): Markup => {
  const to = { x: grid.x(name.to), y: grid.y(endsAt) };
  const from = { x: grid.x(name.from), y: grid.y(sentAt ?? endsAt) };
  if (name.from === name.to) return drawLocal(from, to, end);
  switch (end) {
    case 'arrives': {
      const tip = part(to, from, Math.min(0.4, 3 / Math.abs(to.x - from.x)));
      return group({}, line(copy ? 'late' : 'route', from, tip), arrowHead(from, tip));
    }
    case 'dropped': {
      const stop = { x: stopOf(from.x, to.x), y: to.y };
      return group({}, line('lost', from, stop), cross(stop));
    }
    case 'lost': {
      const stop = { x: from.x + Math.sign(to.x - from.x) * Math.min(34, Math.abs(to.x - from.x) / 2), y: from.y + 14 };
      return group({}, line('lost', from, stop), cross(stop, 4));
    }
    case 'flying': {
      const stop = part(from, to, 0.85);
      return group({}, line('late', from, stop), el('circle', { class: 'state', cx: stop.x, cy: stop.y, r: 3.5 }));
    }
  }
};

/** What stands on the lifelines of a row: a name, where it is read from, and on which side. */
export interface Mark {
  readonly content: string;
  readonly x: number;
  readonly side: 'left' | 'right';
  readonly dot: boolean;
}

/** The mark of a row. A message's name stands behind its arrow's tip, where no part of the arrow is; an act's stands left, away from the loops. */
export const markOf = ({ step }: Row, flight: Flight | undefined, grid: Grid): Mark | null => {
  const { action } = step;
  if (flight !== undefined && (action.type === 'Deliver' || action.type === 'Drop')) {
    const [from, to] = [grid.x(flight.name.from), grid.x(flight.name.to)];
    const side = to < from ? 'left' : 'right';
    return { content: messageText(flight.name), x: from === to ? to + swing - 4 : action.type === 'Drop' ? stopOf(from, to) : to, side, dot: false };
  }
  if (action.type === 'Fire') return { content: action.timer, x: grid.x(action.host), side: 'left', dot: true };
  if (action.type === 'Command') return { content: action.command, x: grid.x(action.host), side: 'left', dot: true };
  if (action.type === 'Choose') return { content: choiceName(action.choice), x: grid.x(action.host), side: 'left', dot: true };
  return 'host' in action ? { content: lifeText(action), x: grid.x(action.host), side: 'right', dot: false } : null;
};

const gap = 12;

/** Each row has one mark at most, so no two of them meet. */
export const drawMark = ({ step, y }: Row, mark: Mark | null): Markup => {
  if (mark === null) return group({});
  const width = widthOf(mark.content, 12, 'bold');
  const x = mark.side === 'left' ? mark.x - gap - width : mark.x + gap;
  return group(
    {},
    ...(mark.dot ? [el('circle', { class: 'dot', cx: mark.x, cy: y, r: 4.5 })] : []),
    el('rect', { class: 'ground', x: x - 3, y: y - 8, width: width + 6, height: 16, rx: 3 }),
    el('text', { class: isFault(step.action) ? 't-fault t-mark' : 't-event t-mark', x, y: y + 4 }, text(mark.content)),
  );
};
