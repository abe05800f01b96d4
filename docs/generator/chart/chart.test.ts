import { setup } from 'xstate';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Rule } from '../../../model/role/rule.ts';
import { hostile, sampleCatalogue, sampleMachine } from '../fixture.ts';
import { transitionTable } from '../pages/role.ts';
import { type Chart, isWithin, within } from './chart.ts';
import { diagramsOf } from './diagrams.ts';
import { arrange } from './frames.ts';
import { triggerText } from './labels.ts';
import { Planner, widestPicture } from './layout.ts';
import type { Plan, Rect } from './plan.ts';
import { readChart } from './read.ts';

const chart = readChart(sampleMachine);
const byRule = (rule: string) => chart.transitions.find((transition) => transition.rule === rule);
const planned = (of: Chart): Promise<Plan> => new Planner(arrange(of), within(of.root)).whole(of.root);
const text = (svg: string): string => svg.replace(/<style>.*?<\/style>/s, '').replace(/<[^>]+>/g, '');

describe('reading a machine', () => {
  it('finds every state and transition, and leaves out what XState adds for its timers', () => {
    expect(within(chart.root).map((state) => state.id)).toEqual([
      '',
      'service',
      'service.closed',
      'service.open',
      'sync',
      'sync.idle',
      'sync.fetching',
      'sync.fetching.headers',
      'sync.fetching.bodies',
      'sync.fetching.checked',
      'sync.done',
    ]);
    expect(chart.transitions.map((transition) => transition.rule).sort()).toEqual(Array.from({ length: 14 }, (_, index) => `S-${index + 1}`).sort());
    expect(within(chart.root).find((state) => state.id === 'sync.fetching.headers')?.entry).toEqual(['ask']);
  });

  it('names triggers, guards and actions as the text does', () => {
    expect(triggerText(byRule('S-12')?.trigger ?? { kind: 'always' })).toBe('after retryMs (2,000 ms)');
    expect(triggerText(byRule('S-8')?.trigger ?? { kind: 'always' })).toBe('after patienceMs');
    expect(byRule('S-14')?.trigger).toEqual({ kind: 'always' });
    expect(byRule('S-10')?.trigger).toEqual({ kind: 'done', of: '' });
    expect(byRule('S-5')).toMatchObject({
      source: 'sync.idle',
      targets: ['sync.fetching'],
      guard: 'isFreshOrOld',
      actions: ['remember', 'ask'],
      standard: 'Sample, 5',
    });
    expect(chart.words).toContainEqual({ kind: 'guard', name: 'isFreshOrOld', means: 'isFresh and (not isKnown)' });
    expect(chart.words).toContainEqual({ kind: 'action', name: 'ask', means: 'emits broadcast ask' });
  });
});

describe('arranging', () => {
  it('shows every transition once: as an arrow, or in the box of its source', () => {
    const arrangement = arrange(chart);
    const owners = within(chart.root).map((state) => state.id);
    const arrows = owners.flatMap((owner) => arrangement.frameOf(owner).edges.flatMap((edge) => edge.labels));
    const listed = owners.flatMap((owner) => arrangement.listed(owner));
    const rules = [...arrows, ...listed].map((label) => label.runs[0]?.text).sort();
    expect(rules).toEqual(chart.transitions.map((transition) => transition.rule).sort());
  });

  it('does not draw into a folded state', () => {
    const arrangement = arrange(chart, chart.root, new Set(['sync.fetching']));
    expect([...arrangement.frameOf('sync').members]).toEqual(['sync.idle', 'sync.fetching', 'sync.done']);
  });
});

const overlap = (a: Rect, b: Rect): boolean => a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
const holds = (outer: Rect, inner: Rect): boolean =>
  outer.x <= inner.x && outer.y <= inner.y && outer.x + outer.width >= inner.x + inner.width && outer.y + outer.height >= inner.y + inner.height;

describe('laying out', () => {
  let plan: Plan;
  beforeAll(async () => {
    plan = await planned(chart);
  }, 60_000);

  it('keeps states apart that are not one inside the other, and inner states inside', () => {
    for (const a of plan.boxes) {
      for (const b of plan.boxes) {
        if (a === b) continue;
        if (isWithin(b.state.id, a.state.id)) expect(holds(a, b), `${a.state.id} holds ${b.state.id}`).toBe(true);
        else if (!isWithin(a.state.id, b.state.id)) expect(overlap(a, b), `${a.state.id} and ${b.state.id}`).toBe(false);
      }
    }
  });

  it('keeps labels apart from each other and from the boxes of states', () => {
    const labels = plan.routes.flatMap((route) => (route.label === null ? [] : [route.label]));
    expect(labels.length).toBeGreaterThan(5);
    labels.forEach((label, index) => {
      for (const other of labels.slice(index + 1)) expect(overlap(label, other)).toBe(false);
      for (const box of plan.boxes) if (!box.composite) expect(overlap(label, box)).toBe(false);
    });
  });

  it('keeps text inside its box', () => {
    for (const box of plan.boxes) for (const line of [...box.block.title, ...box.block.lines]) expect(line.width).toBeLessThanOrEqual(box.width - 20);
  });

  it('fits a window of 1,280 pixels', () => {
    expect(plan.width).toBeLessThanOrEqual(widestPicture);
  });
});

/** Two regions, one with more states and arrows than any picture can hold. */
const largeMachine = setup({ types: { meta: {} as Rule } }).createMachine({
  id: 'large',
  type: 'parallel',
  states: {
    one: {
      initial: 's0',
      states: Object.fromEntries(
        Array.from({ length: 25 }, (_, index) => [
          `s${index}`,
          {
            on: {
              next: { target: `s${(index + 1) % 25}`, meta: { rule: `R-${index}-1`, source: 'x' } },
              jump: { target: `s${(index + 9) % 25}`, meta: { rule: `R-${index}-9`, source: 'x' } },
            },
          },
        ]),
      ),
    },
    two: { initial: 'a', states: { a: { on: { go: 'b' } }, b: {} } },
  },
});

describe('drawing', () => {
  it('shows every state, rule, guard and timer by name', async () => {
    const [diagram] = await diagramsOf(chart, 'peer');
    const shown = text(diagram?.svg ?? '');
    for (const state of within(chart.root)) expect(shown).toContain(state.name);
    for (const transition of chart.transitions) expect(shown).toContain(transition.rule);
    expect(shown).toContain('[isFreshOrOld]');
    expect(shown).toContain('retryMs (2,000 ms)');
    expect(diagram?.svg).toMatch(/<title id="title">peer<\/title>\n<desc id="description">State diagram with 10 states and 14 transitions/);
  });

  it('gives the same bytes again', async () => {
    const twice = [await diagramsOf(readChart(sampleMachine), 'peer'), await diagramsOf(readChart(sampleMachine), 'peer')];
    expect(twice[0]).toEqual(twice[1]);
  });

  it('cuts what is too large into an overview and its parts', async () => {
    const large = readChart(largeMachine);
    const diagrams = await diagramsOf(large, 'large');
    expect(diagrams.map((diagram) => diagram.of)).toEqual(['', 'one', 'two']);
    for (const { svg } of diagrams) expect(Number(/ width="(\d+)"/.exec(svg)?.[1])).toBeLessThanOrEqual(1240);
    expect(text(diagrams[0]?.svg ?? '')).toContain('25 states: s0, s1');
  }, 120_000);

  it('lets no name become markup', async () => {
    const role = sampleCatalogue[0]?.protocol.rolesOver({})[hostile];
    const [diagram] = role === undefined ? [] : await diagramsOf(readChart(role.machine), hostile);
    expect(diagram?.svg).toContain('&lt;script&gt;');
    expect(diagram?.svg.replace(/<style>.*?<\/style>/s, '')).not.toMatch(/<script|<b>|<i>|alert\("x"\)/);
  });
});

describe('the transition table', () => {
  it('has a row for each transition that the machine declares', () => {
    const count = (node: typeof sampleMachine.root): number =>
      [...node.transitions.values()].flat().length +
      (node.always ?? []).length +
      Object.values(node.states).reduce((sum, child) => sum + count(child), 0);
    expect(transitionTable(chart).split('\n')).toHaveLength(2 + count(sampleMachine.root));
  });
});
