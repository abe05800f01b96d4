import { drawLine, drawLines } from '../svg/lines.ts';
import { el, group, type Markup, picture, rounded, text } from '../svg/element.ts';
import { style } from '../svg/palette.ts';
import { arrowHead, roundedPath } from '../svg/path.ts';
import { type Block, blockPadding, type Box, moved, type Plan, type Point, type Route, titleHeight } from './plan.ts';

const drawBlock = (block: Block, x: number, y: number): readonly Markup[] => [
  ...block.title.map((line, index) => drawLine(line, x + blockPadding.x, y + blockPadding.y + 15 + index * titleHeight)),
  ...drawLines(block.lines, x + blockPadding.x, y + blockPadding.y + block.title.length * titleHeight + blockPadding.y - 1),
];

const separator = (block: Block, x: number, y: number, width: number): readonly Markup[] => {
  if (block.lines.length === 0) return [];
  const at = y + blockPadding.y + block.title.length * titleHeight + 2;
  return [el('path', { class: 'separator', d: `M${rounded(x)} ${rounded(at)}H${rounded(x + width)}` })];
};

const drawBox = (box: Box): Markup => {
  const { x, y, width, height, state, block } = box;
  const about = el('title', {}, text(state.doc === '' ? state.name : `${state.name}: ${state.doc}`));
  if (state.kind === 'history') {
    const centre = { cx: x + width / 2, cy: y + height / 2 };
    return group(
      { 'data-state': state.id },
      about,
      el('circle', { class: 'state', ...centre, r: width / 2 }),
      el('text', { class: 't-event', x: centre.cx, y: centre.cy + 4.5, 'text-anchor': 'middle' }, text('H')),
    );
  }
  const frame = { x, y, width, height, rx: 9 };
  const inset = 4;
  const ring =
    state.kind === 'final'
      ? [el('rect', { class: 'ring', x: x - inset, y: y - inset, width: width + 2 * inset, height: height + 2 * inset, rx: 12 })]
      : [];
  return group(
    { 'data-state': state.id },
    about,
    ...ring,
    el('rect', { class: box.composite ? 'composite' : 'state', ...frame }),
    ...separator(block, x, y, width),
    ...drawBlock(block, block.lines.length === 0 && !box.composite ? x + (width - block.width) / 2 : x, y),
  );
};

const drawArrow = ({ points }: Route): Markup => {
  const [last, before] = [points.at(-1), points.at(-2)];
  if (last === undefined || before === undefined) return group({});
  return group({}, el('path', { class: 'route', d: roundedPath(points) }), arrowHead(before, last));
};

const drawLabel = ({ label, lines }: Route): Markup =>
  label === null
    ? group({})
    : group(
        {},
        el('rect', { class: 'ground', x: label.x, y: label.y, width: label.width, height: label.height, rx: 4 }),
        ...drawLines(lines, label.x + 4, label.y + 1),
      );

const drawDot = ({ x, y }: Point): Markup => el('circle', { class: 'dot', cx: x, cy: y, r: 5.5 });

/** The room around a picture. */
const margin = 20;

/** A plan as a picture. Labels come last: they stand on the arrows that they belong to. */
export const drawPlan = (plan: Plan, about: { readonly title: string; readonly description: string }): string => {
  const placed = moved(plan, margin, margin);
  const dashes = placed.separators.map(({ from, to }) =>
    el('path', { class: 'dashed', d: `M${rounded(from.x)} ${rounded(from.y)}H${rounded(to.x)}` }),
  );
  return picture({ width: plan.width + 2 * margin, height: plan.height + 2 * margin }, about, style, [
    ...placed.boxes.map(drawBox),
    ...dashes,
    ...placed.captions.flatMap(({ at, block }) => drawBlock(block, at.x, at.y)),
    ...placed.routes.map(drawArrow),
    ...placed.dots.map(drawDot),
    ...placed.routes.filter(({ label }) => label !== null).map(drawLabel),
  ]);
};
