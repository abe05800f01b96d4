import type { Action } from '../world/action.ts';
import { encodeValue, type Json } from './encode.ts';
import { traceSchema } from './schema.ts';
import type { Trace, TraceStep } from './trace.ts';

/**
 * The text of a trace file. Equal traces give equal text: fields stand in the order of the schema, nothing tells when or
 * where it was written. Each step has a line of its own, so that a change of a kept trace reads well.
 */
export const traceText = (trace: Trace): string => {
  const fields = (Object.keys(traceSchema.shape) as (keyof Trace)[]).filter((field) => trace[field] !== undefined);
  const lines = fields.map((field) => `  ${JSON.stringify(field)}: ${field === 'steps' ? stepsText(trace.steps) : JSON.stringify(trace[field])}`);
  return `{\n${lines.join(',\n')}\n}\n`;
};

const stepsText = (steps: readonly TraceStep[]): string =>
  steps.length === 0 ? '[]' : `[\n${steps.map((step) => `    ${JSON.stringify(stepJson(step))}`).join(',\n')}\n  ]`;

const stepJson = ({ action, fingerprint, rules, hint, parts, settling }: TraceStep): Json => ({
  action: actionJson(action),
  fingerprint,
  rules,
  ...(hint === undefined ? {} : { hint }),
  ...(parts === undefined ? {} : { parts }),
  ...(settling === undefined ? {} : { settling }),
});

/** The order in which the fields of an action are written: as a person reads them. */
const order = [
  'type',
  'host',
  'from',
  'fromRole',
  'to',
  'toRole',
  'message',
  'ordinal',
  'role',
  'timer',
  'command',
  'choice',
  'value',
  'key',
  'side',
  'oneWay',
  'between',
  'lose',
  'torn',
  'picks',
  'crashAfter',
];

/** An action in one text: equal actions have equal texts, whatever their values hold and however their fields are ordered. */
export const actionText = (action: Action): string => JSON.stringify(actionJson(action));

const actionJson = (action: Action): Json => {
  const fields = Object.entries(action).sort(([a], [b]) => order.indexOf(a) - order.indexOf(b));
  return Object.fromEntries(fields.map(([key, value]) => [key, key === 'value' ? encodeValue(value) : (value as Json)]));
};
