import { type Line, lineHeight, type Paragraph, widest, wrap } from '../text/label.ts';
import type { ChartState } from './chart.ts';

/** Where everything stands: what a layout gives and the drawing takes. Coordinates are absolute within the plan. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Rect extends Point {
  readonly width: number;
  readonly height: number;
}

/** What a box says: its name, and below it what it lists. */
export interface Block {
  readonly title: readonly Line[];
  readonly lines: readonly Line[];
  readonly width: number;
  readonly height: number;
}

export interface Box extends Rect {
  readonly state: ChartState;
  readonly block: Block;
  /** Whether other boxes stand in it. */
  readonly composite: boolean;
}

/** An arrow: where it bends, and where its label stands. The arrow of an initial state has none. */
export interface Route {
  readonly points: readonly Point[];
  readonly lines: readonly Line[];
  readonly label: Rect | null;
}

export interface Plan {
  readonly width: number;
  readonly height: number;
  readonly boxes: readonly Box[];
  readonly routes: readonly Route[];
  /** The centres of initial dots. */
  readonly dots: readonly Point[];
  /** The dashed lines between parallel regions, and the block of each region. */
  readonly separators: readonly { readonly from: Point; readonly to: Point }[];
  readonly captions: readonly { readonly at: Point; readonly block: Block }[];
}

export const titleHeight = 20;
export const blockPadding = { x: 12, y: 7 };

/** Breaks a title and a list into lines that fit the room. */
export const blockOf = (title: Paragraph, list: readonly Paragraph[], room: number): Block => {
  const titles = wrap(title, room);
  const lines = list.flatMap((paragraph) => wrap(paragraph, room));
  const height = titles.length * titleHeight + (lines.length === 0 ? 0 : lines.length * lineHeight + blockPadding.y);
  return { title: titles, lines, width: Math.max(widest(titles), widest(lines)) + 2 * blockPadding.x, height: height + 2 * blockPadding.y };
};

export const emptyPlan: Plan = { width: 0, height: 0, boxes: [], routes: [], dots: [], separators: [], captions: [] };

const movedPoint = (point: Point, dx: number, dy: number): Point => ({ x: point.x + dx, y: point.y + dy });

/** The same plan elsewhere. */
export const moved = (plan: Plan, dx: number, dy: number): Plan => ({
  ...plan,
  boxes: plan.boxes.map((box) => ({ ...box, x: box.x + dx, y: box.y + dy })),
  routes: plan.routes.map((route) => ({
    lines: route.lines,
    points: route.points.map((point) => movedPoint(point, dx, dy)),
    label: route.label === null ? null : { ...route.label, x: route.label.x + dx, y: route.label.y + dy },
  })),
  dots: plan.dots.map((dot) => movedPoint(dot, dx, dy)),
  separators: plan.separators.map(({ from, to }) => ({ from: movedPoint(from, dx, dy), to: movedPoint(to, dx, dy) })),
  captions: plan.captions.map(({ at, block }) => ({ at: movedPoint(at, dx, dy), block })),
});

/** Several plans in one; the size is that of the first. */
export const together = (first: Plan, ...others: readonly Plan[]): Plan => {
  const all = [first, ...others];
  return {
    ...first,
    boxes: all.flatMap((plan) => plan.boxes),
    routes: all.flatMap((plan) => plan.routes),
    dots: all.flatMap((plan) => plan.dots),
    separators: all.flatMap((plan) => plan.separators),
    captions: all.flatMap((plan) => plan.captions),
  };
};
