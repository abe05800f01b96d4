import Elk from 'elkjs/lib/elk.bundled.js';
import type { ElkExtendedEdge, ElkNode } from 'elkjs/lib/elk.bundled.js';
import type { ChartState } from './chart.ts';
import type { Arrangement } from './frames.ts';
import { dotSize, foldedNote, type Graph, graphOf, type Setting, stateId } from './graph.ts';
import { ownLabels, titleLabel } from './labels.ts';
import { type Block, blockOf, type Box, emptyPlan, moved, type Plan, type Point, type Route, together } from './plan.ts';

/** The widest picture: it must be legible in a window of 1,280 pixels, which a frame and a scroll bar narrow. */
export const widestPicture = 1200;

/** Tried for every frame; the cheapest plan is taken, and of equals the first. A layout takes some 10 to 50 ms. */
const settings: readonly Setting[] = [
  { direction: 'DOWN', order: 'MODEL_ORDER', boxRoom: 360, labelRoom: 220, labels: 'full' },
  { direction: 'DOWN', order: 'MODEL_ORDER', boxRoom: 360, labelRoom: 300, labels: 'full' },
  { direction: 'DOWN', order: 'GREEDY', boxRoom: 360, labelRoom: 220, labels: 'full' },
  { direction: 'DOWN', order: 'MODEL_ORDER', boxRoom: 300, labelRoom: 150, labels: 'full' },
  { direction: 'RIGHT', order: 'MODEL_ORDER', boxRoom: 300, labelRoom: 170, labels: 'full' },
  { direction: 'RIGHT', order: 'MODEL_ORDER', boxRoom: 360, labelRoom: 300, labels: 'full' },
];

/** Tried only where none of those fits the window: the arrows carry rule ids alone, and the table says the rest. */
const lastResorts: readonly Setting[] = [
  { direction: 'DOWN', order: 'MODEL_ORDER', boxRoom: 240, labelRoom: 90, labels: 'rules' },
  { direction: 'DOWN', order: 'GREEDY', boxRoom: 240, labelRoom: 60, labels: 'rules' },
];

/** Beyond so many arrows a layout takes seconds, and another setting would not make it fit. */
const manyEdges = 40;

/** What a plan costs a reader: scrolling is cheap, width beyond a column of text is not, and beyond the window nearly forbidden. */
const cost = (plan: Plan, room: number): number =>
  plan.height + plan.width / 2 + Math.max(0, plan.width - room * 0.8) + 1000 * Math.max(0, plan.width - room);

const routeOf = (edge: ElkExtendedEdge, graph: Graph): Route => {
  const points = (edge.sections ?? []).flatMap((section): readonly Point[] => [section.startPoint, ...(section.bendPoints ?? []), section.endPoint]);
  const label = edge.labels?.[0];
  const lines = graph.labels.get(edge.id) ?? [];
  const rect =
    label === undefined || lines.length === 0 ? null : { x: label.x ?? 0, y: label.y ?? 0, width: label.width ?? 0, height: label.height ?? 0 };
  return { points: points.map(({ x, y }) => ({ x, y })), lines, label: rect };
};

/** What the engine placed, as a plan; the insides of parallel states are put into their boxes. */
const planOf = (placed: ElkNode, graph: Graph, states: ReadonlyMap<string, ChartState>, inner: ReadonlyMap<string, Plan>): Plan => {
  const boxes: Box[] = [];
  const dots: Point[] = [];
  const nested: Plan[] = [];
  const visit = (node: ElkNode): void => {
    const [x, y, width, height] = [node.x ?? 0, node.y ?? 0, node.width ?? 0, node.height ?? 0];
    const state = states.get(node.id);
    const planned = state === undefined ? undefined : inner.get(state.id);
    if (planned !== undefined) nested.push(moved(planned, x, y));
    else if (state === undefined) dots.push({ x: x + dotSize / 2, y: y + dotSize / 2 });
    else
      boxes.push({
        x,
        y,
        width,
        height,
        state,
        block: graph.blocks.get(state.id) ?? blockOf(titleLabel(state), [], 360),
        composite: (node.children ?? []).length > 0,
      });
    for (const child of node.children ?? []) visit(child);
  };
  for (const child of placed.children ?? []) visit(child);
  const routes = (placed.edges ?? []).map((edge) => routeOf(edge, graph));
  return together({ ...emptyPlan, width: placed.width ?? 0, height: placed.height ?? 0, boxes, routes, dots }, ...nested);
};

const regionPadding = 14;

/** Boxes and headers of what holds other boxes have room for long lists: they are wide anyway. */
const headerOf = (state: ChartState, arrangement: Arrangement, room: number): Block =>
  blockOf(titleLabel(state), [...foldedNote(state, arrangement), ...ownLabels(state), ...arrangement.listed(state.id)], Math.min(room, 560));

/** Plans charts with the layered algorithm of the Eclipse Layout Kernel, in this process. */
export class Planner {
  private readonly engine = new Elk.default();
  private readonly arrangement: Arrangement;
  private readonly states: ReadonlyMap<string, ChartState>;

  constructor(arrangement: Arrangement, all: readonly ChartState[]) {
    this.arrangement = arrangement;
    this.states = new Map(all.map((state) => [stateId(state.id), state]));
  }

  /** A state with a header and everything below it: what a whole picture shows. */
  async whole(state: ChartState, room: number = widestPicture): Promise<Plan> {
    return state.kind === 'parallel' ? await this.parallel(state, room) : await this.headed(state, room);
  }

  /** What stands below an owner, without the owner's own name. */
  private async frame(owner: ChartState, room: number): Promise<Plan> {
    const frame = this.arrangement.frameOf(owner.id);
    if (frame.members.size === 0) return emptyPlan;
    const inner = new Map<string, Plan>();
    for (const id of frame.members) {
      const state = this.states.get(stateId(id));
      if (state?.kind === 'parallel' && !this.arrangement.folded.has(id)) inner.set(id, await this.parallel(state, room - 60));
    }
    const plan = async (setting: Setting): Promise<Plan> => {
      const graph = graphOf(frame, this.arrangement, inner, setting);
      return planOf(await this.engine.layout(graph.root), graph, this.states, inner);
    };
    let best: Plan | null = null;
    for (const setting of frame.edges.length > manyEdges ? lastResorts : [...settings, ...lastResorts]) {
      if (best !== null && setting.labels === 'rules' && best.width <= room) break;
      const next = await plan(setting);
      if (best === null || cost(next, room) < cost(best, room)) best = next;
    }
    return best ?? emptyPlan;
  }

  /** A frame below the header of its owner. */
  private async headed(owner: ChartState, room: number): Promise<Plan> {
    const block = headerOf(owner, this.arrangement, room);
    const content = await this.frame(owner, room);
    return together(
      {
        ...emptyPlan,
        width: Math.max(block.width, content.width),
        height: block.height + content.height,
        captions: [{ at: { x: 0, y: 0 }, block }],
      },
      moved(content, 0, block.height),
    );
  }

  /** A box with its regions one below the other, dashed lines between them. */
  private async parallel(state: ChartState, room: number): Promise<Plan> {
    const block = headerOf(state, this.arrangement, room);
    const regions: Plan[] = [];
    for (const region of state.children) {
      regions.push(
        region.kind === 'parallel' ? await this.parallel(region, room - 2 * regionPadding) : await this.headed(region, room - 2 * regionPadding),
      );
    }
    const width = Math.max(block.width, ...regions.map((region) => region.width + 2 * regionPadding));
    let y = block.height;
    const separators: Plan['separators'][number][] = [];
    const stacked = regions.map((region) => {
      separators.push({ from: { x: 0, y }, to: { x: width, y } });
      const at = moved(region, regionPadding, y + 6);
      y += region.height + regionPadding + 6;
      return at;
    });
    const box: Box = { x: 0, y: 0, width, height: y, state, block, composite: true };
    return together({ ...emptyPlan, width, height: y, boxes: [box], separators }, ...stacked);
  }
}
