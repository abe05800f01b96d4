import { join } from 'node:path';
import { lineText, logText } from '../../model/live/log.ts';
import { exitCodes } from '../exit.ts';
import { writeAtomically } from '../files.ts';
import { Interrupts } from '../interrupt.ts';
import { runLive } from '../live/driver.ts';
import { meantProtocol, meantScenario } from '../meant.ts';
import { entriesOf, narrowed } from '../names.ts';
import { counted } from '../render/words.ts';
import type { Entry } from '../catalogue.ts';
import { print, printJson, screen } from '../terminal.ts';

interface Options {
  readonly scenario?: string;
  readonly mutant?: string;
  readonly seed: number;
  readonly time: number;
  readonly speed: number;
  readonly log?: string;
  readonly json?: boolean;
}

/** Runs the machines of a protocol as processes on this computer, and writes down what they did. */
export const live = async (named: string | undefined, options: Options): Promise<number> => {
  const { mutant, seed, json } = options;
  const id = await meantProtocol(named, 'live');
  const [entry] = narrowed(await entriesOf([id]), mutant === undefined ? {} : { mutant }) as [Entry];
  const { protocol } = entry;
  const scenario = meantScenario(entry, options.scenario, 'live');
  const { paint } = screen();
  const file =
    options.log ?? join('.rolecall', 'live', `${[id, scenario, ...(mutant === undefined ? [] : [mutant]), `seed${seed}`].join('.')}.jsonl`);
  if (!json) await print([`${paint('bold', `${id}, ${scenario}`)}, live: a process for each host, sockets on loopback; seed ${seed}`]);
  const interrupts = new Interrupts();
  interrupts.listen();
  const hear = (words: string): void => {
    if (!json) process.stdout.write(`  ${words}\n`);
  };
  const run = await runLive(
    protocol,
    { scenario, mutant: mutant ?? null, seed, timeMs: options.time, speed: options.speed },
    hear,
    () => interrupts.stopped,
  ).finally(() => interrupts.leave());
  const { log, faults, commands, threw, interrupted, died, leftOut } = run;
  await writeAtomically(file, logText(log), 'Give another file with --log.');
  const code = interrupted ? exitCodes.interrupted : threw !== null ? exitCodes.violated : died === null ? exitCodes.passes : exitCodes.unknown;
  if (json) {
    await printJson({ ...log.head, log: file, steps: log.lines.length, commands, faults, threw, interrupted, died, leftOut, exitCode: code });
    return code;
  }
  await print([
    `${counted(log.lines.length, 'step')} of ${counted(log.head.hosts.length, 'host')}, ${counted(commands, 'command')}, ${counted(faults.length, 'fault')}${
      interrupted ? '; interrupted' : ''
    }`,
    ...(threw === null ? [] : [paint('bad', `A role threw: ${threw}`), `  ${lineText(log.lines.at(-1) ?? log.head).slice(0, 400)}`]),
    ...(died === null ? [] : [paint('bad', `The process of ${died}, and nobody ended it. What all hosts did until then is in the log.`)]),
    ...leftOut.map((sentence) => `Not as in the model: ${sentence}`),
    `The log:                    ${file}`,
    `Does the model allow it?    ${paint('name', `npx rolecall validate ${file}`)}`,
  ]);
  return code;
};
