import { grouped } from '../text/number.ts';
import { type Paragraph, type Run, tied } from '../text/label.ts';
import type { ChartState, ChartTransition, Trigger } from './chart.ts';

/** What makes a transition possible, in words: `NewBlock`, `after joinRetryMs (2,000 ms)`, `always`. */
export const triggerText = (trigger: Trigger): string => {
  switch (trigger.kind) {
    case 'event':
      return trigger.name === '*' ? 'any other event' : trigger.name;
    case 'always':
      return 'always';
    case 'after': {
      const length = trigger.ms === null ? '' : `${grouped(trigger.ms)} ms`;
      return trigger.name === '' ? `after ${length}` : `after ${trigger.name}${length === '' ? '' : ` (${length})`}`;
    }
    case 'done':
      return trigger.of === '' ? 'done' : `done (${trigger.of})`;
    case 'error':
      return `failed (${trigger.of})`;
  }
};

const withSpaces = (runs: readonly Run[]): Run[] => runs.map((run, index) => (index === 0 ? run : { ...run, text: ` ${run.text}` }));

/** A transition as its label in a picture: rule, event, guard in brackets, actions after a slash. */
export const transitionLabel = (transition: ChartTransition, from: string, to: string): Paragraph => {
  const runs: Run[] = [];
  if (transition.rule !== '') runs.push({ part: 'rule', text: transition.rule });
  if (from !== '') runs.push({ part: 'muted', text: `in ${from}:` });
  runs.push({ part: 'event', text: triggerText(transition.trigger).replace(/^after /, '') });
  if (transition.guard !== '') runs.push({ part: 'guard', text: `[${transition.guard}]` });
  if (transition.actions.length > 0) runs.push({ part: 'action', text: `/${tied}${transition.actions.join(', ')}` });
  if (to !== '') runs.push({ part: 'muted', text: `to ${to}` });
  const icon = transition.trigger.kind === 'after' ? 'clock' : undefined;
  return { runs: withSpaces(runs), ...(icon === undefined ? {} : { icon }) };
};

/** What stands in a state's own box below its name: entry and exit actions, and what it invokes. */
export const ownLabels = (state: ChartState): readonly Paragraph[] =>
  (
    [
      ['entry', state.entry],
      ['exit', state.exit],
      ['invokes', state.invokes],
    ] as const
  )
    .filter(([, actions]) => actions.length > 0)
    .map(([when, actions]) => ({
      runs: [
        { part: 'muted', text: when },
        { part: 'action', text: ` /${tied}${actions.join(', ')}` },
      ],
    }));

/** A state's name with its tags. */
export const titleLabel = (state: ChartState): Paragraph => ({
  runs: [
    { part: 'name', text: state.name },
    ...(state.tags.length === 0 ? [] : [{ part: 'muted' as const, text: ` ${state.tags.map((tag) => `«${tag}»`).join(' ')}` }]),
  ],
});
