import type { Value, ValueRecord } from '../../model/kernel/value.ts';
import type { ReplayedStep, ReplayReport } from '../../model/trace/replay.ts';
import type { Trace } from '../../model/trace/trace.ts';
import { lives } from '../../model/world/system.ts';
import type { Tone, View, ViewChange, ViewPart, ViewStep } from '../../docs/viewer/view.ts';
import { storyOfReplay } from '../../docs/generator/story.ts';
import type { BecauseWords } from './because.ts';
import { differences } from './difference.ts';
import { plain } from './paint.ts';
import { isTold, replayVerdict } from './replay.ts';
import { loopWords } from './steps.ts';
import { lengthWords, neededWords, partWords } from './violation.ts';
import { abbreviated, actionWords, isFault, listed, messageText, shown } from './words.ts';

/** A page of more steps than these is read by nobody. */
const MOST_STEPS = 1_000;

/** A value of more characters than these is shown field by field, so deep and so many at most. */
const [WIDE, DEEP, MANY] = [64, 3, 30] as const;

/** `ann/peer/context.head` is `peer/context.head` of ann; links and budgets are nobody's, and stand under ''. */
const placed = (name: string, hosts: readonly string[]): { readonly host: string; readonly part: string } => {
  const host = hosts.find((each) => name.startsWith(`${each}/`));
  return host === undefined ? { host: '', part: name } : { host, part: name.slice(host.length + 1) };
};

const statuses = ['running', 'stopped', 'not installed'];

/** Lives and statuses are small numbers in a world, and words on a page. */
const meant = (name: string, value: Value): Value => {
  if (typeof value !== 'number') return value;
  if (name.endsWith('/life')) return lives[value] ?? value;
  return name.endsWith('/status') ? (statuses[value] ?? value) : value;
};

const fieldsOf = (value: Value): readonly (readonly [string, Value])[] | null => {
  if (value === null || typeof value !== 'object' || value instanceof Uint8Array || value instanceof Set) return null;
  if (Array.isArray(value)) return value.map((item, index) => [`[${index}]`, item as Value]);
  if (value instanceof Map) return [...value].map(([key, held]) => [`[${shown(key, 40)}]`, held]);
  return Object.entries(value as ValueRecord).map(([field, held]) => [`.${field}`, held]);
};

const linesOf = (value: Value, field: string, depth = 0): [string, string][] => {
  const fields = shown(value, WIDE + 1).length <= WIDE || depth === DEEP ? null : fieldsOf(value);
  if (fields === null) return [[abbreviated(field), shown(value, 300)]];
  const lines = fields.slice(0, MANY).flatMap(([name, held]) => linesOf(held, `${field}${name}`, depth + 1));
  return fields.length <= MANY ? lines : [...lines, [abbreviated(field), `and ${fields.length - MANY} more`]];
};

/** What a role knows is named as the role names it. */
const fieldOf = (part: string): string => part.replace(/(^|\/)context\.(?!(?:state|status|history|inbox|timers)\b)/, '$1');

/** Almost every role is active and remembers no state to return to; only another answer is worth a line. */
const isUsual = (field: string, value: Value): boolean =>
  (field === 'status' && (value === 'active' || value === 0)) || (field === 'history' && shown(value) === '{}');

/** A part of the world with its lines; the role that it belongs to heads them and is not said again. */
const viewPart = (name: string, value: Value, hosts: readonly string[]): ViewPart => {
  const { host, part } = placed(name, hosts);
  const field = fieldOf(part.slice(part.indexOf('/') + 1));
  const gone = value === null && !part.includes('context.');
  return { host, part, lines: gone || isUsual(field, value) ? [] : linesOf(meant(name, value), field) };
};

const effectsOf = (step: ReplayedStep): ViewStep['effects'] => [
  ...step.heldBack.map(({ guard, rule }) => ({ words: `held back by ${guard}${rule === null ? '' : ` (${rule})`}`, lost: false })),
  ...step.sent.map(({ to, label, lost, ...message }) => {
    const what = `${lost === null ? messageText(message) : message.message}${label === '' ? '' : ` ${label}`}`;
    return { words: `sends ${what} to ${to}${lost === null ? '' : `: lost, ${lost}`}`, lost: lost !== null };
  }),
  ...step.vanished.map((message) => ({ words: `${messageText(message)} from ${message.from} to ${message.to} is lost with it`, lost: true })),
  ...step.stored.map(({ host, key }) => ({ words: `${host} stores ${key}`, lost: false })),
];

const changesOf = (step: ReplayedStep, hosts: readonly string[]): readonly ViewChange[] =>
  step.changes
    .filter(({ name }) => isTold(name))
    .flatMap(({ name, before, after }) => {
      const { host, part } = placed(name, hosts);
      return differences(meant(name, before), meant(name, after), part).map(
        (difference): ViewChange => ({
          host: host === '' ? 'network' : host,
          field: abbreviated(fieldOf(difference.path)),
          before: difference.before,
          after: difference.after,
        }),
      );
    });

const viewStep = (step: ReplayedStep, hosts: readonly string[]): ViewStep => {
  const words = actionWords(step.action);
  const content = step.label === '' || words.includes(step.label) ? '' : `: ${step.label}`;
  return {
    words: `${words}${content}${step.refused ? ', and refuses it' : ''}`,
    fault: isFault(step.action),
    settling: step.settling,
    rules: step.rules,
    effects: effectsOf(step),
    changes: changesOf(step, hosts),
    parts: step.changes.map(({ name, after }) => viewPart(name, after, hosts)),
  };
};

const verdictOf = ({ trace, divergence, reproduced }: ReplayReport): { readonly words: string; readonly tone: Tone } => {
  const planted = trace.mutant === null ? '' : `, with the planted fault ${trace.mutant}`;
  const under = ` under ${trace.scenario}${planted}`;
  if (divergence !== null) return { words: `A replay of ${trace.property}${under} left its trace`, tone: 'bad' };
  if (!reproduced)
    return { words: `${trace.property} is not ${trace.verdict === 'violated' ? 'violated' : 'seen'}${under} any more`, tone: 'unsure' };
  return trace.verdict === 'violated'
    ? { words: `${trace.property} is violated${under}`, tone: 'bad' }
    : { words: `${trace.part.replace(/^sometimes\./, '')} of ${trace.property} is seen${under}`, tone: 'good' };
};

/** A timer is named in the picture as the role names it. */
const withShortTimer = (step: ReplayedStep): ReplayedStep =>
  step.action.type === 'Fire' ? { ...step, action: { ...step.action, timer: abbreviated(step.action.timer) } } : step;

const loopOf = ({ loop, steps }: Trace): View['loop'] =>
  loop === undefined ? null : { from: loop === steps.length ? null : loop + 1, words: loopWords(steps.length, loop) };

/** What the last step comes to. */
const endOf = ({ trace, divergence, reproduced, steps }: ReplayReport): View['end'] => {
  if (divergence !== null)
    return { words: `The replay left its trace at step ${divergence.step}: ${divergence.host}, ${divergence.field}.`, tone: 'bad' };
  if (!reproduced || steps.length > MOST_STEPS) return { words: '', tone: 'unsure' };
  return trace.verdict === 'violated'
    ? {
        words: `Here ${trace.property} is violated: ${partWords(trace.part)}${loopOf(trace) === null ? '' : `; ${loopOf(trace)?.words}`}.`,
        tone: 'bad',
      }
    : { words: `Here ${partWords(trace.part)}.`, tone: 'good' };
};

/** What is found out about a run besides what its replay shows. */
export interface Told {
  /** The steps that the run could do without; null where they were not tried. */
  readonly spare: readonly number[] | null;
  readonly because: BecauseWords;
  /** From where on it could not be avoided; empty where that was not asked. */
  readonly noReturn: string;
  /** What keeps it among the traces of the project; null where that makes no sense. */
  readonly keep: string | null;
}

/** A replay as the page shows it. `chain` is the file that it ran over. */
export const viewOf = (report: ReplayReport, file: string, { spare, because, noReturn, keep }: Told, chain?: string): View => {
  const { trace, divergence, reproduced, sameModel, detail, claim } = report;
  const hosts = report.hosts.map(({ name }) => name);
  const steps = report.steps.slice(0, MOST_STEPS);
  const { words, tone } = verdictOf(report);
  return {
    heading: words,
    tone,
    claim,
    outcome: [
      `${partWords(trace.part)}${detail === '' ? '' : `: ${detail}`}.`,
      ...(divergence === null && reproduced ? [neededWords(trace, spare)] : replayVerdict(report, false, Number.POSITIVE_INFINITY, plain)),
      ...(noReturn === '' ? [] : [noReturn]),
      ...(sameModel ? [] : ['The model has changed since this trace was written: roles, rules, messages or parameters are others.']),
    ],
    facts: [
      ['protocol', trace.protocol],
      ['property', trace.property],
      ['part', trace.part],
      ['scenario', trace.scenario],
      ...(trace.mutant === null ? [] : [['planted fault', trace.mutant] as const]),
      ['verdict', `${trace.verdict}${divergence === null && reproduced ? `, and again by this replay at step ${report.steps.length}` : ''}`],
      ['seed', `${trace.seed}, ${trace.strategy}`],
      ['hosts', listed(hosts)],
      ['length', lengthWords(trace)],
    ],
    commands: [
      ['replay it', `npx rolecall replay ${file}${chain === undefined ? '' : ` --chain ${chain}`}`],
      ...(keep === null ? [] : [['keep it, to be rerun first', keep] as const]),
    ],
    values: report.values,
    because,
    hosts,
    start: report.start().map(({ name, value }) => viewPart(name, value, hosts)),
    steps: steps.map((step) => viewStep(step, hosts)),
    end: endOf(report),
    story: storyOfReplay({ hosts: report.hosts, steps: steps.map(withShortTimer) }),
    loop: loopOf(trace),
    left: report.steps.length - steps.length,
  };
};
