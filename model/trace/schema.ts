import * as z from 'zod';
import { RolecallError } from '../kernel/errors.ts';
import type { ValueRecord } from '../kernel/value.ts';
import { decodeValue, type Json } from './encode.ts';
import type { Trace } from './trace.ts';

/** Enough for every trace that was ever wanted, and small enough to refuse before it hurts. */
export const traceLimits = { bytes: 16 * 1024 * 1024, steps: 100_000, hosts: 10_000, depth: 100 } as const;

/** Text of a trace is printed on terminals, where a control character would be obeyed. */
const printable = /^[^\p{Cc}\p{Cf}]*$/u;
const name = z.string().min(1).max(200).regex(printable, 'a control character stands here');
const host = name.describe('A host of this run.');
const role = name;
const count = z.int().min(0);
const fingerprint = z.string().regex(/^[0-9a-f]{16}$/, 'expected 16 hex digits');

/** The value of a command or choice; see encodeValue for what JSON has no words for. */
const valueRecord = z.record(z.string(), z.unknown()).transform((json, context): ValueRecord => {
  try {
    return decodeValue(json as Json, '') as ValueRecord;
  } catch (error) {
    if (!(error instanceof RolecallError)) throw error;
    context.addIssue({
      code: 'custom',
      message: `${error.message} ${error.advice}`,
      path: error.place === '' ? [] : [error.place.replace(/^\./, '')],
    });
    return z.NEVER;
  }
});

const messageName = {
  from: host,
  fromRole: role,
  to: host,
  toRole: role,
  message: name,
  ordinal: z.int().min(1).describe('The nth message of its type that this sender sent to this receiver.'),
};

const stepChoices = {
  picks: z.array(z.array(host)).readonly().exactOptional().describe('The hosts that were drawn for each `some`.'),
  crashAfter: count.exactOptional().describe('The host crashed after the first k effects of the step.'),
};

export const actionSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('Deliver'), ...messageName, ...stepChoices }),
  z.strictObject({ type: z.literal('Fire'), host, role, timer: name, ...stepChoices }),
  z.strictObject({ type: z.literal('Command'), host, role, command: name, value: valueRecord, ...stepChoices }),
  z.strictObject({ type: z.literal('Choose'), host, role, choice: name, value: valueRecord, ...stepChoices }),
  z.strictObject({ type: z.literal('Drop'), ...messageName }),
  z.strictObject({ type: z.literal('Duplicate'), ...messageName }),
  z.strictObject({ type: z.literal('Crash'), host, lose: count.exactOptional(), torn: z.boolean().exactOptional() }),
  z.strictObject({ type: z.literal(['Restart', 'Pause', 'Resume', 'Join', 'Leave']), host }),
  z.strictObject({ type: z.literal('Corrupt'), host, role, key: name }),
  z.strictObject({ type: z.literal(['StopRole', 'StartRole', 'Install', 'Uninstall']), host, role }),
  z.strictObject({ type: z.literal('Partition'), side: z.array(host).min(1), oneWay: z.boolean() }),
  z.strictObject({ type: z.literal('Break'), between: z.tuple([host, host]) }),
  z.strictObject({ type: z.literal('Repair') }),
  z.strictObject({ type: z.literal(['Hold', 'Release']), from: host, to: host }),
  z.strictObject({ type: z.literal('Skew'), host, perMille: count }),
  z.strictObject({ type: z.literal('Tick'), host }),
]);

const stepSchema = z.strictObject({
  action: actionSchema,
  fingerprint: fingerprint.describe('Of the world after the step.'),
  rules: z.array(name).describe('The rules that fired, in order.'),
  hint: z
    .string()
    .max(1000)
    .regex(printable, 'a control character stands here')
    .exactOptional()
    .describe('The content of a delivered message, for the reader; not compared.'),
  parts: z
    .record(z.string().max(200), z.string().regex(/^[0-9a-f]{8}$/, 'eight hex digits'))
    .exactOptional()
    .describe('What the step changed, by part, with eight hex digits of its content.'),
  settling: z.literal(true).exactOptional().describe('The engine settles: it chose this step itself.'),
});

/** The form of a trace file. The order of the fields is the order in which they are written. */
export const traceSchema = z.strictObject({
  rolecall: z.literal(1).describe('The version of this format.'),
  protocol: name,
  model: name.describe('The digest of the model: structure, rule ids, schemas, parameters and mutant.'),
  scenario: name,
  mutant: name.nullable(),
  strategy: name.describe('How the run was found.'),
  seed: z.int(),
  hosts: z.array(host).min(1).max(traceLimits.hosts),
  links: z.array(z.tuple([host, host])),
  property: name,
  part: name.describe('Which part of the property: `always.chainIsValid`.'),
  verdict: z.literal(['violated', 'witnessed']),
  start: fingerprint.describe('Of the world before the first step.'),
  steps: z.array(stepSchema).max(traceLimits.steps),
  loop: count
    .exactOptional()
    .describe('The index of the step that comes again after the last one, for ever; the number of steps where nothing need happen any more.'),
  minimised: z.strictObject({ from: count, candidates: count, shortest: z.boolean() }).nullable(),
});

/** The compiler holds the schema to the declaration. */
export const asTrace = (checked: z.output<typeof traceSchema>): Trace => checked;
