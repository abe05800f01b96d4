import { readFile, stat } from 'node:fs/promises';
import { RolecallError } from '../../model/kernel/errors.ts';
import { exitCodes } from '../exit.ts';
import { reasonOf } from '../files.ts';
import type { Value } from '../../model/kernel/value.ts';
import { type Consistency, consistencies } from '../history/consistencies.ts';
import { registers } from '../history/dialects.ts';
import { EdnReader } from '../history/edn.ts';
import { readEvents } from '../history/events.ts';
import type { Judged } from '../history/judged.ts';
import { consistencyOf, judges } from '../history/checks.ts';
import { breathe, Interrupts } from '../interrupt.ts';
import { historyJson, historyLines } from '../render/history.ts';
import { print, printJson, screen } from '../terminal.ts';

interface Options {
  readonly model: string;
  readonly consistency?: string;
  readonly initial?: string;
  readonly maxConfigurations: number;
  readonly json?: boolean;
}

/** What registers hold at first, from what was typed. */
const initialOf = ({ model, initial }: Options, consistency: Consistency): Value => {
  if (initial === undefined) return null;
  const wrong = (message: string, advice: string): RolecallError => new RolecallError({ code: 'INITIAL_VALUE', message, place: '--initial', advice });
  if (!registers.includes(model) || !['linearizable', 'sequential'].includes(consistency))
    throw wrong('Only registers hold something at first.', `Leave it out, or ask whether a history is linearizable on: ${registers.join(', ')}.`);
  const reader = new EdnReader(initial, '--initial');
  const form = reader.next();
  if (form === null || reader.next() !== null) throw wrong('It is not one value.', 'Give a value as it stands in the history: 0, nil, "a text".');
  return form.value;
};

/** Nobody should have to guess whether it still works. */
const patienceMs = 2_000;

/** A history of a million events has some 60 megabytes. */
const mostBytes = 256 * 1024 * 1024;

/** Reads a history; its size is looked at first, so that a huge file costs nothing. */
const readHistory = async (file: string): Promise<string> => {
  const unreadable = (message: string, cause?: unknown): RolecallError =>
    new RolecallError({
      code: 'FILE_UNREADABLE',
      message,
      place: file,
      advice: 'Give the path of a history in the log format of Jepsen, or in EDN.',
      cause,
    });
  const found = await stat(file).catch((cause: unknown) => {
    throw unreadable(reasonOf(cause), cause);
  });
  if (!found.isFile()) throw unreadable('It is a folder or a device, and no file.');
  if (found.size > mostBytes)
    throw new RolecallError({
      kind: 'limit',
      code: 'HISTORY_TOO_LARGE',
      message: `It has ${found.size} bytes; at most ${mostBytes} are read.`,
      place: file,
      advice: 'Give a part of the history, or the operations of one key.',
    });
  return readFile(file, 'utf8').catch((cause: unknown) => {
    throw unreadable(reasonOf(cause), cause);
  });
};

const codes: Readonly<Record<Judged['verdict'], number>> = { consistent: exitCodes.passes, violated: exitCodes.violated, unknown: exitCodes.unknown };

/** Checks a recorded history of what clients called and were told. */
export const history = async (file: string, options: Options): Promise<number> => {
  const { model, json } = options;
  const consistency = consistencyOf(model, options.consistency);
  const initial = initialOf(options, consistency);
  const { events } = readEvents(await readHistory(file), file);
  const interrupts = new Interrupts();
  interrupts.listen();
  const limits = { configurations: options.maxConfigurations, shouldStop: () => interrupts.stopped };
  const judging = judges[consistency](model, { file, events, limits, initial });
  let next = judging.next();
  const start = performance.now();
  let told = false;
  for (; next.done !== true; next = judging.next()) {
    await breathe();
    if (told || performance.now() - start < patienceMs) continue;
    told = true;
    process.stderr.write('Still looking for an order; Ctrl-C ends it with what is known.\n');
  }
  interrupts.leave();
  const judged = next.value;
  if (json) await printJson(historyJson(file, model, consistency, judged, codes[judged.verdict]));
  else await print(historyLines(file, consistencies[consistency].promise, judged, screen()));
  return codes[judged.verdict];
};
