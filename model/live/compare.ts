import type { Interner } from '../kernel/intern.ts';
import type { Step } from '../role/remember.ts';
import { decodeValue, encodeValue, type Json } from '../trace/encode.ts';
import type { Instance } from '../world/system.ts';
import type { Variant } from '../world/variant.ts';
import { effectJson, type RoleLine } from './log.ts';
import { certainly, type Refusal } from './refusal.ts';
import { shown } from './words.ts';

/** Compares what a step did under the model with what the log says that it did; null where they agree. */
export const compared = (interner: Interner, line: RoleLine, { role }: Instance, step: Step, variant: Variant): Refusal | null =>
  threw(line, step) ?? rules(line, step) ?? effects(interner, line, step, variant) ?? state(interner, line, step, role.memory);

const threw = (line: RoleLine, step: Step): Refusal | null => {
  if ((line.threw ?? null) === (step.threw?.slice(0, 500) ?? null)) return null;
  const says = step.threw === null ? 'the role threw' : 'the role of the model throws';
  return certainly('threw', says, [step.threw ?? 'no error'], [line.threw ?? 'no error']);
};

const rules = (line: RoleLine, step: Step): Refusal | null =>
  line.rules === undefined || line.rules.join() === step.rules.join()
    ? null
    : certainly('rules', ruleWords(step.rules, line.rules), step.rules, line.rules);

const ruleWords = (expected: readonly string[], found: readonly string[]): string => {
  const missing = expected.filter((rule) => !found.includes(rule));
  const more = found.filter((rule) => !expected.includes(rule));
  if (missing.length === 0 && more.length === 0) return 'the rules fire in another order, or not as often';
  return [
    ...(missing.length === 0 ? [] : [`${missing.join(', ')} of the model did not fire`]),
    ...(more.length === 0 ? [] : [`${more.join(', ')} fired, and does not under the model`]),
  ].join('; ');
};

const effects = (interner: Interner, line: RoleLine, step: Step, variant: Variant): Refusal | null => {
  const modelled = variant.heard.map((effect) => effectJson(interner, effect));
  const count = Math.max(modelled.length, line.effects.length);
  for (let at = 0; at < count; at++) {
    const [expected, found] = [modelled[at] ?? null, line.effects[at] ?? null];
    if (canonical(expected) === canonical(found)) continue;
    const whose = step.rules.length === 0 ? '' : ` of ${step.rules.join(', ')}`;
    const where = placeOfDifference(expected, found);
    return certainly('effects', `effect ${at + 1}${whose} differs${where === '' ? '' : `: ${where}`}`, [shown(expected)], [shown(found)]);
  }
  return null;
};

/** The order of fields does not matter, so a log of another program may write them as it likes. */
const canonical = (json: Json): string => JSON.stringify(encodeValue(decodeValue(json)));

/** Where two values differ first, and how: `message.totalDifficulty is 0, and 131072 under the model`. */
const placeOfDifference = (expected: Json, found: Json, place = ''): string => {
  const isRecord = (json: Json): json is { readonly [key: string]: Json } => json !== null && typeof json === 'object';
  if (!isRecord(expected) || !isRecord(found)) return place === '' ? '' : `${place} is ${shown(found)}, and ${shown(expected)} under the model`;
  const key = [...new Set([...Object.keys(expected), ...Object.keys(found)])].find(
    (name) => JSON.stringify(expected[name]) !== JSON.stringify(found[name]),
  );
  return key === undefined ? '' : placeOfDifference(expected[key] ?? null, found[key] ?? null, place === '' ? key : `${place}.${key}`);
};

const state = (interner: Interner, line: RoleLine, step: Step, memory: Instance['role']['memory']): Refusal | null => {
  const fingerprint = interner.fingerprint(memory.locals.id(step.next));
  if (line.state === undefined || line.state === fingerprint) return null;
  const after = step.rules.length === 0 ? 'the step' : step.rules.join(', ');
  const expected = `${fingerprint} ${shown(memory.snapshot(step.next).value)}`;
  return certainly('state', `the local state after ${after} differs`, [expected], [line.state]);
};
