import type { ElkExtendedEdge, ElkNode } from 'elkjs/lib/elk.bundled.js';
import { type Line, lineHeight, type Paragraph, widest, wrap } from '../text/label.ts';
import { counted } from '../text/number.ts';
import type { ChartState } from './chart.ts';
import type { Arrangement, Edge, Frame } from './frames.ts';
import { ownLabels, titleLabel } from './labels.ts';
import { type Block, blockOf, type Plan } from './plan.ts';

/** How a frame is laid out: which way the arrows run, and how wide boxes and labels may be. */
export interface Setting {
  readonly direction: 'DOWN' | 'RIGHT';
  /** Which arrows run backwards: those against the order of the text, or as few as possible. */
  readonly order: 'MODEL_ORDER' | 'GREEDY';
  readonly boxRoom: number;
  readonly labelRoom: number;
  readonly labels: 'full' | 'rules';
}

export const dotId = (owner: string): string => `initial:${owner}`;
export const stateId = (id: string): string => `state:${id}`;
export const dotSize = 12;
const historySize = 26;

/** What the layout engine is told about a frame, and what the drawing needs again afterwards. */
export interface Graph {
  readonly root: ElkNode;
  readonly blocks: ReadonlyMap<string, Block>;
  readonly labels: ReadonlyMap<string, readonly Line[]>;
}

/** Beyond so many arrows the better placement of states takes minutes: measured 8 s for 60 arrows, 86 s for 120, against 1.3 s for either. */
const placedWell = 30;

const options = (setting: Setting, edges: number): Record<string, string> => ({
  'elk.algorithm': 'layered',
  'elk.direction': setting.direction,
  'elk.hierarchyHandling': 'INCLUDE_CHILDREN',
  'elk.edgeRouting': 'ORTHOGONAL',
  'elk.json.shapeCoords': 'ROOT',
  'elk.json.edgeCoords': 'ROOT',
  'elk.randomSeed': '1',
  'elk.padding': '[top=4,left=4,bottom=4,right=4]',
  'elk.spacing.nodeNode': '26',
  'elk.spacing.edgeNode': '16',
  'elk.spacing.edgeEdge': '12',
  'elk.spacing.labelNode': '8',
  'elk.spacing.labelLabel': '8',
  'elk.layered.spacing.nodeNodeBetweenLayers': '26',
  'elk.layered.spacing.edgeNodeBetweenLayers': '14',
  'elk.layered.spacing.edgeEdgeBetweenLayers': '12',
  'elk.layered.nodePlacement.strategy': edges > placedWell ? 'BRANDES_KOEPF' : 'NETWORK_SIMPLEX',
  // States stand in the order of the text, so that the picture keeps its shape when one is added.
  'elk.layered.considerModelOrder.strategy': 'NODES_AND_EDGES',
  'elk.layered.cycleBreaking.strategy': setting.order,
});

/** The first word of each label: its rule, or its event where it has none. */
const rulesOf = (edge: Edge): Paragraph => ({
  runs: edge.labels.flatMap(({ runs }) => runs.slice(0, 1)).map((run, index) => ({ ...run, text: index === 0 ? run.text : ` ${run.text}` })),
});

/** What a state that is folded says in place of its inside. */
export const foldedNote = (state: ChartState, arrangement: Arrangement): readonly Paragraph[] => {
  if (!arrangement.folded.has(state.id) || state.children.length === 0) return [];
  return [{ runs: [{ part: 'muted', text: `${counted(state.children.length, 'state')}: ${state.children.map((child) => child.name).join(', ')}` }] }];
};

const boxOf = (state: ChartState, arrangement: Arrangement, setting: Setting): Block =>
  blockOf(titleLabel(state), [...foldedNote(state, arrangement), ...ownLabels(state), ...arrangement.listed(state.id)], setting.boxRoom);

/** The graph of a frame. Parallel states were planned before and are boxes of a known size. */
export const graphOf = (frame: Frame, arrangement: Arrangement, inner: ReadonlyMap<string, Plan>, setting: Setting): Graph => {
  const blocks = new Map<string, Block>();
  const labels = new Map<string, readonly Line[]>();
  const edges: ElkExtendedEdge[] = [];

  const initial = (owner: ChartState): readonly ElkNode[] => {
    if (owner.initial === null || !frame.members.has(owner.initial)) return [];
    edges.push({ id: `enter:${owner.id}`, sources: [dotId(owner.id)], targets: [stateId(owner.initial)] });
    return [{ id: dotId(owner.id), width: dotSize, height: dotSize }];
  };

  const node = (state: ChartState): ElkNode => {
    const id = stateId(state.id);
    const planned = inner.get(state.id);
    if (planned !== undefined) return { id, width: planned.width, height: planned.height };
    if (state.kind === 'history') return { id, width: historySize, height: historySize };
    const block = boxOf(state, arrangement, setting);
    blocks.set(state.id, block);
    const children = state.children.filter((child) => frame.members.has(child.id));
    if (children.length === 0) return { id, width: Math.max(72, block.width), height: block.height };
    return {
      id,
      children: [...initial(state), ...children.map(node)],
      layoutOptions: {
        'elk.padding': `[top=${block.height + 10},left=16,bottom=16,right=16]`,
        'elk.nodeSize.constraints': 'MINIMUM_SIZE',
        'elk.nodeSize.minimum': `(${Math.ceil(block.width)},${Math.ceil(block.height + 40)})`,
      },
    };
  };

  const children = frame.owner.children.filter((child) => frame.members.has(child.id));
  const nodes = [...initial(frame.owner), ...children.map(node)];
  for (const [index, edge] of frame.edges.entries()) {
    const id = `edge:${index}`;
    const lines = (setting.labels === 'full' ? edge.labels : [rulesOf(edge)]).flatMap((label) => wrap(label, setting.labelRoom));
    labels.set(id, lines);
    edges.push({
      id,
      sources: [stateId(edge.source)],
      targets: [stateId(edge.target)],
      labels: [
        {
          text: id,
          width: widest(lines) + 8,
          height: lines.length * lineHeight + 4,
          // On the arrow itself: no reader has to guess which of two arrows a label belongs to.
          layoutOptions: { 'elk.edgeLabels.inline': 'true', 'elk.edgeLabels.placement': 'CENTER' },
        },
      ],
    });
  }
  return { root: { id: 'root', children: nodes, edges, layoutOptions: options(setting, frame.edges.length) }, blocks, labels };
};
