import type { Trace, TraceStep } from '../../model/trace/trace.ts';
import type { Paint } from './paint.ts';
import { actionWords, counted, isFault } from './words.ts';

/** Settling steps are told up to here; the rest is counted. */
const SETTLING_LINES = 12;

/** A step in one line: its number, what happened, what the message held, and the rules that fired. */
export const stepLine = (step: TraceStep, number: number, digits: number, paint: Paint): string => {
  const { action, rules, hint } = step;
  const words = actionWords(action);
  const content = hint === undefined || hint === '' || words.includes(hint) ? '' : `: ${hint}`;
  const refused = action.type === 'Deliver' && rules.length === 0 ? paint('dim', '  refused') : '';
  const fired = rules.length === 0 ? '' : paint('dim', `  ${rules.join(' ')}`);
  return `${String(number).padStart(digits)}  ${isFault(action) ? paint('bad', words) : words}${content}${refused}${fired}`;
};

/** How a run that never ends goes on after its last step. */
export const loopWords = (steps: number, loop: number): string =>
  loop === steps ? 'then nothing need happen any more' : `from step ${loop + 1} on it repeats`;

/** All steps of a trace in words. */
export const stepLines = (trace: Pick<Trace, 'steps' | 'loop'>, paint: Paint): string[] => {
  const digits = String(trace.steps.length).length;
  const lines: string[] = [];
  let settled = 0;
  trace.steps.forEach((step, index) => {
    if (step.settling && settled++ === 0) lines.push(`${' '.repeat(digits)}  ${paint('dim', 'faults end, the network settles:')}`);
    if (settled <= SETTLING_LINES) lines.push(stepLine(step, index + 1, digits, paint));
  });
  if (settled > SETTLING_LINES)
    lines.push(`${' '.repeat(digits)}  ${paint('dim', `and ${counted(settled - SETTLING_LINES, 'more step')} of settling`)}`);
  if (trace.loop !== undefined) lines.push(`${' '.repeat(digits)}  ${paint('bad', loopWords(trace.steps.length, trace.loop))}`);
  return lines;
};
