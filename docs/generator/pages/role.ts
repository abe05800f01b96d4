import type { RoleType } from '../../../model/role/role.ts';
import { type Chart, type ChartTransition, within } from '../chart/chart.ts';
import { diagramsOf } from '../chart/diagrams.ts';
import { triggerText } from '../chart/labels.ts';
import { readChart } from '../chart/read.ts';
import { code, prose, slug } from '../text/escape.ts';
import { counted } from '../text/number.ts';
import { codes, image, page, table } from './markdown.ts';

const root = '(root)';
const stateName = (id: string): string => (id === '' ? root : id);

/** Where a transition leads: another state, the same again, or nowhere. */
const targetText = ({ source, targets, reenter }: ChartTransition): string => {
  if (targets.length === 0) return 'stays';
  const names = targets.map((target) => code(stateName(target))).join(' and ');
  return targets.includes(source) || reenter ? `${names} ${reenter ? '(entered again)' : ''}`.trim() : names;
};

const eventText = ({ trigger }: ChartTransition): string =>
  trigger.kind === 'event' && trigger.name !== '*' ? code(trigger.name) : prose(triggerText(trigger));

/** One row for each transition of the machine, in the order in which the machine tries them. */
export const transitionTable = (chart: Chart): string =>
  table(
    ['Rule', 'In state', 'Event', 'Guard', 'Goes to', 'Actions', 'Says', 'Source'],
    chart.transitions.map((transition) => [
      prose(transition.rule),
      code(stateName(transition.source)),
      eventText(transition),
      transition.guard === '' ? '' : code(transition.guard),
      targetText(transition),
      codes(transition.actions),
      prose(transition.says),
      prose(transition.standard),
    ]),
    'This role has no transitions.',
  );

const stateTable = (chart: Chart): string =>
  table(
    ['State', 'Kind', 'Tags', 'Entry', 'Exit', 'What it means'],
    within(chart.root).map((state) => [
      code(stateName(state.id)),
      state.kind === 'parallel'
        ? `parallel: ${codes(state.children.map((child) => child.name))}`
        : state.initial === null
          ? state.kind
          : `starts in ${code(state.initial)}`,
      prose(state.tags.join(', ')),
      codes(state.entry),
      codes(state.exit),
      prose(state.doc),
    ]),
    '',
  );

const wordTable = (chart: Chart): string =>
  table(
    ['Name', 'Kind', 'What is known from the machine'],
    chart.words.map((word) => [code(word.name), word.kind, prose(word.means)]),
    'The machine names no guards, actions or delays.',
  );

const environmentTable = (role: RoleType): string =>
  table(
    ['Name', 'Kind', 'What it is', 'While settling', 'Carries a time'],
    [
      ...Object.entries(role.commands).map(([name, { doc, fair, timed }]) => [
        code(name),
        'command',
        prose(doc),
        fair ? 'goes on' : 'stops',
        timed ? 'yes' : 'no',
      ]),
      ...Object.entries(role.choices).map(([name, { doc }]) => [code(name), 'choice', prose(doc), '', '']),
      ...Object.entries(role.promises).map(([name, { doc, fair }]) => [
        code(name),
        'promise',
        prose(doc),
        fair ? 'is answered' : 'stays pending',
        '',
      ]),
    ],
    'Nothing is asked of this role from outside: it acts on messages and timers alone.',
  );

const environmentTitle = ({ promises }: RoleType): string =>
  Object.keys(promises).length === 0 ? '## Commands and choices' : '## Commands, choices and promises';

/** A role's page and pictures: file names without folder, contents. */
export const rolePage = async (name: string, role: RoleType, file: string): Promise<ReadonlyMap<string, string>> => {
  const chart = readChart(role.machine);
  const diagrams = await diagramsOf(chart, name);
  const pictures = diagrams.map(({ of, title, svg }) => ({ title, svg, path: of === '' ? `${file}.svg` : `${file}-${slug(of)}.svg` }));
  const states = within(chart.root).length - 1;
  const talks = role.talksTo === undefined ? '' : `It converses with ${codes(role.talksTo)}.`;
  const hears = role.hearsSender ? '' : 'Its events do not name their sender.';
  const markdown = page(
    `# Role: ${prose(name)}`,
    prose(role.doc),
    [`Machine ${code(chart.id)}: ${counted(states, 'state')}, ${counted(chart.transitions.length, 'transition')}.`, talks, hears]
      .filter((each) => each !== '')
      .join(' '),
    '## State diagram',
    ...pictures.flatMap(({ title, path }) => [pictures.length > 1 ? `**${prose(title)}**` : '', image(`State diagram of ${title}`, path)]),
    'A filled dot enters the first state; a double line is a final state; dashed lines part regions that run at once. A label reads: rule, event, guard in brackets, actions after the slash. A clock marks a timer. What a state lists in its own box does not leave it, unless it says where to. Where full labels would not fit, arrows carry rule ids alone.',
    '## Transitions',
    'Of several rows with the same state and event, the first whose guard holds is taken; an inner state is asked before the state around it.',
    transitionTable(chart),
    '## States',
    stateTable(chart),
    environmentTitle(role),
    environmentTable(role),
    '## Names',
    wordTable(chart),
  );
  return new Map([[`${file}.md`, markdown], ...pictures.map(({ path, svg }): [string, string] => [path, svg])]);
};
