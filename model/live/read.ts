import * as z from 'zod';
import { RolecallError } from '../kernel/errors.ts';
import type { HostName } from '../role/effect.ts';
import { decodeValue, type Json, prototypeKeys } from '../trace/encode.ts';
import type { Log, LogHead, LogLine } from './log.ts';

/** Enough for minutes of a run, and small enough to refuse before it hurts. */
const logLimits = { bytes: 64 * 1024 * 1024, lines: 100_000, lineLength: 8 * 1024 * 1024, hosts: 1_000, depth: 100 } as const;

const advice = 'A log is written by `rolecall live`; docs/guide/05-from-model-to-running-program.md says what it holds.';

/** Text of a log is printed on terminals, where a control character would be obeyed. */
const name = z
  .string()
  .min(1)
  .max(200)
  .regex(/^[^\p{Cc}\p{Cf}]*$/u, 'a control character stands here');
/** A value or an effect; that it is one is checked by {@link decodeValue}. */
const json = z.unknown().transform((given, context): Json => {
  try {
    decodeValue(given as Json, '');
    return given as Json;
  } catch (error) {
    if (!(error instanceof RolecallError)) throw error;
    context.addIssue({ code: 'custom', message: `${error.message} ${error.advice}` });
    return z.NEVER;
  }
});
const clock = z.record(name, z.int().min(0));

const headSchema = z.strictObject({
  rolecallLive: z.literal(1),
  protocol: name,
  scenario: name,
  mutant: name.nullable(),
  seed: z.int(),
  hosts: z.array(name).min(1).max(logLimits.hosts),
  links: z.array(z.tuple([name, name])),
});

const roleEvent = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('start'), how: z.literal(['start', 'join', 'restart', 'startRole', 'install']) }),
  z.strictObject({ type: z.literal('deliver'), from: name, fromRole: name, message: json }),
  z.strictObject({ type: z.literal('fire'), timer: name }),
  z.strictObject({ type: z.literal(['command', 'choose']), name, value: json }),
]);

const roleLine = z.strictObject({
  host: name,
  clock,
  role: name,
  event: roleEvent,
  effects: z.array(json),
  crashedAfter: z.int().min(0).exactOptional(),
  rules: z.array(name).exactOptional(),
  state: z
    .string()
    .regex(/^[0-9a-f]{16}$/, 'expected 16 hex digits')
    .exactOptional(),
  threw: z.string().max(500).exactOptional(),
});

const lifeEvent = z.union([
  z.strictObject({ type: z.literal(['crash', 'leave', 'pause', 'resume']) }),
  z.strictObject({ type: z.literal(['connected', 'disconnected']), with: name }),
  z.strictObject({ type: z.literal(['stopRole', 'uninstall']), role: name }),
  z.strictObject({ type: z.literal('corrupt'), role: name, key: name }),
  z.strictObject({ type: z.literal('skew'), perMille: z.int().min(1) }),
]);

const lifeLine = z.strictObject({ host: name, clock, event: lifeEvent });

const refuse = (code: string, message: string, place: string, says = advice): never => {
  throw new RolecallError({ code, message, place, advice: says });
};

/** Refuses a file by its size, before it is read. */
export const checkLogSize = (bytes: number, file: string): void => {
  if (bytes > logLimits.bytes) refuse('LOG_TOO_LARGE', `The file has ${bytes} bytes; a log has at most ${logLimits.bytes}.`, file);
};

/** A log from the text of its file; `file` names it in errors. */
export const readLog = (text: string, file: string): Log => {
  checkLogSize(text.length, file);
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  if (lines.length > logLimits.lines + 1) refuse('LOG_TOO_LONG', `The log has ${lines.length} lines; at most ${logLimits.lines} are read.`, file);
  const place = (number: number): string => `${file}:${number}`;
  const [first = '', ...rest] = lines;
  const head: LogHead = checked(headSchema, parsed(first, place(1)), place(1));
  checkHead(head, place(1));
  const read = rest.map((line, at): LogLine => lineOf(parsed(line, place(at + 2)), place(at + 2)));
  checkClocks(head, read, place);
  return { head, lines: read };
};

const lineOf = (given: unknown, place: string): LogLine =>
  given !== null && typeof given === 'object' && 'role' in given ? checked(roleLine, given, place) : checked(lifeLine, given, place);

const parsed = (line: string, place: string): unknown => {
  if (line.length > logLimits.lineLength) refuse('LOG_LINE_TOO_LONG', `The line has ${line.length} characters.`, place);
  const found = ((): unknown => {
    try {
      return JSON.parse(line) as unknown;
    } catch (cause) {
      const message = (cause instanceof Error ? cause.message : String(cause)).slice(0, 160).replace(/\s+/g, ' ');
      return refuse('LOG_JSON', `This is not JSON: ${message}.`, place);
    }
  })();
  checkDepth(found, place);
  return found;
};

/** Walks with a list of its own, so that depth cannot exhaust our stack. */
const checkDepth = (json: unknown, place: string): void => {
  const todo: { readonly value: unknown; readonly depth: number }[] = [{ value: json, depth: 0 }];
  for (let next = todo.pop(); next !== undefined; next = todo.pop()) {
    const { value, depth } = next;
    if (value === null || typeof value !== 'object') continue;
    if (depth > logLimits.depth) refuse('LOG_TOO_DEEP', `Values are nested more than ${logLimits.depth} deep.`, place);
    for (const [key, inner] of Object.entries(value)) {
      if (!Array.isArray(value) && prototypeKeys.includes(key))
        refuse('LOG_PROTOTYPE_KEY', `The key ${key} may not stand in a log.`, place, 'No log that rolecall wrote has it; do not trust this file.');
      todo.push({ value: inner, depth: depth + 1 });
    }
  }
};

const checked = <S extends z.ZodType>(schema: S, given: unknown, place: string): z.output<S> => {
  const result = schema.safeParse(given);
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  const field = z.core.toDotPath(issue?.path ?? []);
  return refuse('LOG_FIELD', `${field === '' ? 'The line' : field}: ${issue?.message ?? 'does not fit'}.`, place);
};

const checkHead = ({ hosts, links }: LogHead, place: string): void => {
  if (new Set(hosts).size < hosts.length) refuse('LOG_HOST', 'Two hosts have one name.', place);
  for (const [a, b] of links)
    if (a === b || !hosts.includes(a) || !hosts.includes(b)) refuse('LOG_HOST', `There is no link from ${a} to ${b} among the log's hosts.`, place);
};

/** Each host counts its own steps from 1, and forgets nothing that it knew. */
const checkClocks = ({ hosts }: LogHead, lines: readonly LogLine[], place: (number: number) => string): void => {
  const known = new Set(hosts);
  const last = new Map<HostName, Readonly<Record<string, number>>>();
  lines.forEach(({ host, clock, event }, at) => {
    const stranger = [host, ...Object.keys(clock), ...('with' in event ? [event.with] : [])].find((each) => !known.has(each));
    if (stranger !== undefined) refuse('LOG_HOST', `${stranger} is not among the log's hosts: ${hosts.join(', ').slice(0, 200)}.`, place(at + 2));
    const before = last.get(host) ?? {};
    const wanted = (before[host] ?? 0) + 1;
    if (clock[host] !== wanted) refuse('LOG_CLOCK', `${host} counts ${clock[host] ?? 'nothing'} where its step ${wanted} stands.`, place(at + 2));
    const forgotten = Object.keys(before).find((other) => (clock[other] ?? 0) < (before[other] as number));
    if (forgotten !== undefined) refuse('LOG_CLOCK', `${host} knew more of ${forgotten} before.`, place(at + 2));
    last.set(host, clock);
  });
};
