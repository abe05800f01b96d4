import { getAdjacencyMap } from 'xstate/graph';
import { twoPhaseCommitCounts } from '../properties/reference/counts.ts';
import { apart } from './apart.ts';
import type { Measured } from './measured.ts';
import { actsOf, oneMachine } from './one-machine.ts';
import type { Searched } from './searched.ts';
import { grouped, medianOf, ofHundredths, tableOf } from './table.ts';

/** What `xstate/graph` made of one machine. */
export type Graphed = { readonly states: number; readonly processorSeconds: number; readonly peakMegabytes: number };

/** Explores two-phase commit as one machine, by XState's own `getAdjacencyMap`. */
export const exploreByGraph = (participants: number): Graphed => {
  const from = process.cpuUsage();
  const map = getAdjacencyMap(oneMachine(participants), { events: actsOf(participants) as never, limit: Number.POSITIVE_INFINITY });
  const { user, system } = process.cpuUsage(from);
  return {
    states: Object.keys(map).length,
    processorSeconds: (user + system) / 1e6,
    peakMegabytes: Math.round(process.resourceUsage().maxRSS / 1e3),
  };
};

export type GraphRow = {
  readonly participants: number;
  readonly turns: number;
  readonly graph: Graphed;
  readonly rolecall: Searched;
  readonly ratioInHundredths: number;
};

/** Six would take it some minutes. */
const sizes = { five: 5 } as const;

const measure = (size: keyof typeof sizes, turns: number): GraphRow => {
  const participants = sizes[size];
  const taken = Array.from({ length: turns }, () => ({
    graph: apart<Graphed>('graph', participants),
    rolecall: apart<Searched>('search', 'two-phase-commit', size),
  })).sort((a, b) => a.graph.processorSeconds - b.graph.processorSeconds);
  const { graph, rolecall } = taken[turns >> 1] as (typeof taken)[number];
  if (graph.states !== twoPhaseCommitCounts[size].distinct) throw new Error(`xstate/graph found ${graph.states} states`);
  const ratioInHundredths = Math.round(medianOf(taken.map((turn) => (100 * turn.graph.processorSeconds) / turn.rolecall.processorSeconds)));
  return { participants, turns, graph, rolecall, ratioInHundredths };
};

export const graphPart = (): Measured => {
  const rows = [measure('five', 3)];
  const table = rows.map(({ participants, graph, rolecall, ratioInHundredths }) => [
    String(participants),
    grouped(graph.states),
    graph.processorSeconds.toFixed(2),
    rolecall.processorSeconds.toFixed(2),
    ofHundredths(ratioInHundredths),
    `${grouped(graph.peakMegabytes)} MB`,
  ]);
  return {
    title: 'Two-phase commit as one machine by xstate/graph: processor seconds, medians of turns',
    lines: tableOf([['participants', 'states', 'xstate/graph, s', 'rolecall, s', 'ratio', 'peak of xstate/graph'], ...table]).split('\n'),
    numbers: rows,
  };
};
