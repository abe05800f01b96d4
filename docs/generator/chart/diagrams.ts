import { type Chart, type ChartState, within } from './chart.ts';
import { drawPlan } from './draw.ts';
import { arrange } from './frames.ts';
import { Planner, widestPicture } from './layout.ts';

/** One picture of a role. */
export interface Diagram {
  /** Empty for the picture of the whole role, else the id of the state whose inside it shows. */
  readonly of: string;
  readonly title: string;
  readonly svg: string;
}

/** Beyond this a picture is cut into an overview and one picture for each part: a reader sees one part in one window. */
const tallestPicture = 1500;

const describe = (chart: Chart, state: ChartState): string => {
  const states = within(state).length - 1;
  const transitions = chart.transitions.filter((each) => within(state).some((inner) => inner.id === each.source)).length;
  return `State diagram with ${states} states and ${transitions} transitions; the table beside it lists them all.`;
};

/** What is taken out of a picture that is too large: the regions of its parallel states, else the states that hold others. */
const parts = (state: ChartState): readonly ChartState[] => {
  const composite = (each: ChartState): boolean => each.children.length > 0;
  const regions = within(state)
    .filter((each) => each.kind === 'parallel')
    .flatMap((each) => each.children)
    .filter(composite);
  return regions.length > 0 ? regions : state.children.filter(composite);
};

const outermost = (states: readonly ChartState[]): readonly ChartState[] =>
  states.filter((state) => !states.some((other) => other !== state && within(other).includes(state)));

/** The pictures of a role: one where it fits, else an overview first and then each part. */
export const diagramsOf = async (chart: Chart, name: string, top: ChartState = chart.root): Promise<readonly Diagram[]> => {
  const all = within(chart.root);
  const title = top === chart.root ? name : `${name}: ${top.id}`;
  const about = { title, description: describe(chart, top) };
  const whole = await new Planner(arrange(chart, top), all).whole(top);
  const inside = outermost(parts(top));
  if ((whole.width <= widestPicture && whole.height <= tallestPicture) || inside.length === 0)
    return [{ of: top.id, title, svg: drawPlan(whole, about) }];
  const overview = await new Planner(arrange(chart, top, new Set(inside.map((state) => state.id))), all).whole(top);
  const pictures: Diagram[] = [{ of: top.id, title: `${title}, overview`, svg: drawPlan(overview, { ...about, title: `${title}, overview` }) }];
  for (const state of inside) pictures.push(...(await diagramsOf(chart, name, state)));
  return pictures;
};
