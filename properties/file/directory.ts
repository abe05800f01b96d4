import type { Answer, Call, Ending, Specification } from '../../model/property/consistency/specification.ts';
import type { ValueRecord } from '../../model/kernel/value.ts';
import type { Outcome } from '../../model/role/effect.ts';
import type { Result } from '../../spec/request-response/messages.ts';

/** Names, each with the number of its file; how many files were made. */
type Names = { readonly made: number; readonly names: Readonly<Record<string, number>>; readonly verifiers: Readonly<Record<string, string>> };

const exists = { error: 'file exists' };
const noFile = { error: 'no such file' };

const without = <T>(record: Readonly<Record<string, T>>, name: string): Readonly<Record<string, T>> =>
  Object.fromEntries(Object.entries(record).filter(([each]) => each !== name));

const directoryAfter = (state: Names, { operation, input }: Call): Answer => {
  const { name, to, verifier = '' } = input as { readonly name: string; readonly to: string; readonly verifier?: string };
  const { made, names, verifiers } = state;
  const file = names[name];
  if (operation === 'create') {
    if (file !== undefined) return { state, output: verifier !== '' && verifiers[name] === verifier ? file : exists };
    return { state: { made: made + 1, names: { ...names, [name]: made + 1 }, verifiers: { ...verifiers, [name]: verifier } }, output: made + 1 };
  }
  if (file === undefined) return { state, output: noFile };
  if (operation === 'remove') return { state: { ...state, names: without(names, name), verifiers: without(verifiers, name) }, output: null };
  if (operation !== 'rename') return { state, output: file };
  const [moved, known] = [without(names, name), without(verifiers, name)];
  return { state: { made, names: { ...moved, [to]: file }, verifiers: { ...known, [to]: verifiers[name] ?? '' } }, output: null };
};

/** A directory whose operations come one after the other. */
export const directory: Specification = {
  name: 'directory',
  start: { made: 0, names: {}, verifiers: {} },
  step: (state, call) => directoryAfter(state as unknown as Names, call),
  readOnly: ({ operation }) => operation === 'lookup',
};

/** What users are told: a name that is there or is not is an answer, and no failure. */
export const endingOf = (_: unknown, outcome: Outcome): Ending => {
  if (!outcome.definite) return { type: 'indefinite' };
  const result = outcome.value as Result;
  if (result.ok) return { type: 'returned', output: result.value };
  const output: ValueRecord = { error: result.error };
  return result.error === exists.error || result.error === noFile.error ? { type: 'returned', output } : { type: 'failed' };
};
