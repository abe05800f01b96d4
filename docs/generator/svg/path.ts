import type { Point } from '../chart/plan.ts';
import { el, type Markup, rounded } from './element.ts';

const at = ({ x, y }: Point): string => `${rounded(x)} ${rounded(y)}`;

/** The point on the way from one point to another, so far from the first; half the way at most. */
const towards = (from: Point, to: Point, distance: number): Point => {
  const length = Math.hypot(to.x - from.x, to.y - from.y);
  const part = length === 0 ? 0 : Math.min(distance, length / 2) / length;
  return { x: from.x + (to.x - from.x) * part, y: from.y + (to.y - from.y) * part };
};

/** A line over points with its corners rounded. */
export const roundedPath = (points: readonly Point[], radius = 7): string => {
  const [first, ...rest] = points;
  if (first === undefined) return '';
  const pieces = rest.map((point, index) => {
    const before = points[index] ?? point;
    const after = rest[index + 1];
    if (after === undefined) return `L${at(point)}`;
    return `L${at(towards(point, before, radius))}Q${at(point)} ${at(towards(point, after, radius))}`;
  });
  return `M${at(first)}${pieces.join('')}`;
};

/** An arrow's head at the end of a line; drawn as a shape, because markers need ids that clash when two pictures share a page. */
export const arrowHead = (from: Point, to: Point, className = 'arrow'): Markup => {
  const length = Math.hypot(to.x - from.x, to.y - from.y);
  const [dx, dy] = length === 0 ? [0, 1] : [(to.x - from.x) / length, (to.y - from.y) / length];
  const back = { x: to.x - dx * 9, y: to.y - dy * 9 };
  const side = (sign: number): Point => ({ x: back.x - dy * 4 * sign, y: back.y + dx * 4 * sign });
  return el('path', { class: className, d: `M${at(to)}L${at(side(1))}L${at(side(-1))}Z` });
};
