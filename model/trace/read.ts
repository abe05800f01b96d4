import * as z from 'zod';
import { RolecallError } from '../kernel/errors.ts';
import { prototypeKeys } from './encode.ts';
import { asTrace, traceLimits, traceSchema } from './schema.ts';
import type { Trace } from './trace.ts';

const advice = 'A trace is written by `rolecall run`; docs/guide/03-traces.md says what it holds.';

/** Refuses a file by its size, before it is read. */
export const checkTraceSize = (bytes: number, file: string): void => {
  if (bytes <= traceLimits.bytes) return;
  throw new RolecallError({
    code: 'TRACE_TOO_LARGE',
    message: `The file has ${bytes} bytes; a trace has at most ${traceLimits.bytes}.`,
    place: file,
    advice: 'Shrunk traces have some kilobytes. Is this a trace?',
  });
};

/** A trace from the text of its file; `file` names it in errors. */
export const readTrace = (text: string, file: string): Trace => {
  checkTraceSize(text.length, file);
  const json = parsed(text, file);
  checkKeysAndDepth(json, file);
  checkVersion(json, file);
  const result = traceSchema.safeParse(json);
  if (!result.success) throw fieldError(result.error, json, file);
  const trace = asTrace(result.data);
  checkHosts(trace, file);
  checkLoop(trace, file);
  return trace;
};

const parsed = (text: string, file: string): unknown => {
  try {
    return JSON.parse(text);
  } catch (cause) {
    const message = cause instanceof Error ? cause.message : String(cause);
    throw new RolecallError({
      code: 'TRACE_JSON',
      message: `This is not JSON: ${shortened(message)}.`,
      place: `${file}${positionOf(message, text)}`,
      advice,
      cause,
    });
  }
};

/** A parser's message may quote a part of the file. */
const shortened = (message: string): string => (message.length > 160 ? `${message.slice(0, 160)}…` : message).replace(/\s+/g, ' ');

/** Line and column, where the parser tells the position. */
const positionOf = (message: string, text: string): string => {
  const told = /position (\d+)/.exec(message)?.[1];
  const position = told === undefined ? (/end of JSON input/.test(message) ? text.length : undefined) : Number(told);
  if (position === undefined) return '';
  const before = text.slice(0, position).split('\n');
  return `:${before.length}:${(before.at(-1) ?? '').length + 1}`;
};

/** Walks with a list of its own, so that depth cannot exhaust our stack. */
const checkKeysAndDepth = (json: unknown, file: string): void => {
  const todo: { readonly value: unknown; readonly path: string; readonly depth: number }[] = [{ value: json, path: '', depth: 0 }];
  for (let next = todo.pop(); next !== undefined; next = todo.pop()) {
    const { value, path, depth } = next;
    if (value === null || typeof value !== 'object') continue;
    if (depth > traceLimits.depth)
      throw new RolecallError({
        code: 'TRACE_TOO_DEEP',
        message: `Values are nested more than ${traceLimits.depth} deep.`,
        place: `${file}: ${path.slice(0, 80)}`,
        advice,
      });
    for (const key of Object.keys(value)) {
      const inner = Array.isArray(value) ? `${path}[${key}]` : path === '' ? key : `${path}.${key}`;
      if (!Array.isArray(value) && prototypeKeys.includes(key))
        throw new RolecallError({
          code: 'TRACE_PROTOTYPE_KEY',
          message: `The key ${key} may not stand in a trace.`,
          place: `${file}: ${inner}`,
          advice: 'No trace that rolecall wrote has it; do not trust this file.',
        });
      todo.push({ value: (value as Record<string, unknown>)[key], path: inner, depth: depth + 1 });
    }
  }
};

const checkVersion = (json: unknown, file: string): void => {
  const version = json !== null && typeof json === 'object' && 'rolecall' in json ? json.rolecall : undefined;
  if (version === undefined)
    throw new RolecallError({
      code: 'TRACE_FIELD',
      message: 'This is JSON, but no trace of rolecall: it has no field `rolecall`.',
      place: `${file}: rolecall`,
      advice,
    });
  if (version === 1) return;
  throw new RolecallError({
    code: 'TRACE_VERSION',
    message: `The trace has format version ${String(JSON.stringify(version)).slice(0, 40)}; this rolecall reads version 1.`,
    place: `${file}: rolecall`,
    advice: 'Replay it with the rolecall that wrote it, or update rolecall.',
  });
};

/** The first thing that is wrong, where it stands. */
const fieldError = (error: z.ZodError, json: unknown, file: string): RolecallError => {
  const issue = deepest(error.issues[0]);
  // A key too many is not in the path of its issue, which ends at the object that holds it.
  const surplus = issue?.code === 'unrecognized_keys' ? issue.keys.slice(0, 1) : [];
  const path = z.core.toDotPath([...(issue?.path ?? []), ...surplus]);
  const found = issue === undefined ? undefined : at(json, [...issue.path, ...surplus]);
  const shown = found === undefined ? '' : ` Found: ${String(JSON.stringify(found)).slice(0, 80)}`;
  return new RolecallError({ code: 'TRACE_FIELD', message: `${issue?.message ?? 'A field is wrong'}.${shown}`, place: `${file}: ${path}`, advice });
};

const deepest = (issue: z.core.$ZodIssue | undefined): z.core.$ZodIssue | undefined => {
  if (issue?.code !== 'invalid_union') return issue;
  const inner = deepest(issue.errors[0]?.[0]);
  return inner === undefined ? issue : { ...inner, path: [...issue.path, ...inner.path] };
};

const at = (json: unknown, path: readonly PropertyKey[]): unknown =>
  path.reduce<unknown>(
    (value, key) => (value !== null && typeof value === 'object' ? (value as Record<PropertyKey, unknown>)[key] : undefined),
    json,
  );

const checkLoop = ({ loop, steps }: Trace, file: string): void => {
  if (loop === undefined || (loop <= steps.length && steps.every(({ settling }) => settling !== true))) return;
  throw new RolecallError({
    code: 'TRACE_LOOP',
    message: `A loop begins at index ${loop} of ${steps.length} steps${loop <= steps.length ? ', some of which settle' : ''}.`,
    place: `${file}: loop`,
    advice,
  });
};

/** Every host that a step names is a host of the run. */
const checkHosts = (trace: Trace, file: string): void => {
  const known = new Set(trace.hosts);
  const unknown = (named: readonly string[], place: string): void => {
    const stranger = named.find((host) => !known.has(host));
    if (stranger === undefined) return;
    throw new RolecallError({
      code: 'TRACE_HOST',
      message: `${stranger} is not among the trace's hosts: ${trace.hosts.join(', ').slice(0, 200)}.`,
      place: `${file}: ${place}`,
      advice,
    });
  };
  trace.links.forEach((link, index) => {
    unknown(link, `links[${index}]`);
  });
  trace.steps.forEach(({ action }, index) => {
    const named = [
      ...('host' in action ? [action.host] : []),
      ...('from' in action ? [action.from, action.to] : []),
      ...('side' in action ? action.side : []),
      ...('between' in action ? action.between : []),
      ...('picks' in action ? (action.picks ?? []).flat() : []),
    ];
    unknown(named, `steps[${index}].action`);
  });
};
