import { join } from 'node:path';
import { partsForCheck } from '../../model/explore/for-check.ts';
import { killDigest } from '../../model/explore/kills/digest.ts';
import type { Kill } from '../../model/explore/kills/kill.ts';
import { faultsOfKills, unexplained } from '../../model/explore/kills/equivalents.ts';
import { killsText } from '../../model/explore/kills/record.ts';
import { killTable } from '../../model/explore/kills/table.ts';
import type { Entry } from '../catalogue.ts';
import { exitCodes } from '../exit.ts';
import { writeAtomically } from '../files.ts';
import { breathe, Interrupts } from '../interrupt.ts';
import { fromHere } from '../kept.ts';
import { keptKills } from '../kept-kills.ts';
import { meantProtocol } from '../meant.ts';
import { entriesOf } from '../names.ts';
import { project } from '../project.ts';
import { counted } from '../render/words.ts';
import { print, printJson } from '../terminal.ts';

/** What `rolecall mutants` is asked for. */
interface Asked {
  readonly role?: readonly string[];
  readonly seed: number;
  readonly runs: number;
  readonly anew?: boolean;
  readonly record?: boolean;
  readonly json?: boolean;
}

/** What became of a mutant, in a line. */
const fate = ({ mutant, by }: Kill, { equivalents = {} }: Entry): string => {
  if (by === null) return equivalents[mutant] === undefined ? 'survives' : `equivalent: ${equivalents[mutant]}`;
  const how = by.how === 'unseen' ? `never seen in ${counted(by.runs, 'run')}` : `after ${counted(by.steps, 'step')}`;
  return `${by.property}, ${by.part}; ${by.scenario}, ${how}`;
};

/**
 * Plants each mutant of a protocol; exit 1 where one is said to be equivalent and is not, or does not exist, 2 where one
 * survives and nothing is said of it.
 */
export const mutants = async (named: string | undefined, asked: Asked): Promise<number> => {
  const [entry] = (await entriesOf([await meantProtocol(named, 'mutants')])) as [Entry];
  const { protocol, properties } = entry;
  const known = asked.anew === true ? [] : ((await keptKills()).find((record) => record.protocol === protocol.id)?.kills ?? []);
  const interrupts = new Interrupts();
  const kills: Kill[] = [];
  interrupts.listen();
  try {
    for (const kill of killTable(protocol, properties, { ...asked, roles: asked.role ?? null, known })) {
      kills.push(kill);
      if (!asked.json) await print([`${kill.mutant}  ${fate(kill, entry)}`]);
      await breathe();
      if (interrupts.stopped) return exitCodes.interrupted;
    }
  } finally {
    interrupts.leave();
  }
  if (asked.json) await printJson({ protocol: protocol.id, kills });
  if (asked.record === true && asked.role === undefined) await keep(entry, kills);
  // Of some roles alone, nothing is known of what is said of the others.
  const faults = asked.role === undefined ? faultsOfKills(kills, entry.equivalents ?? {}) : [];
  const survivors = unexplained(kills, entry.equivalents ?? {});
  if (!asked.json)
    await print([
      '',
      ...faults,
      `${counted(kills.length, 'mutant')}: ${kills.filter(({ by }) => by !== null).length} killed, ${kills.filter(({ by }) => by === null).length - survivors.length} equivalent, ${survivors.length} survive without a word.`,
      'This says how sensitive the claims are to these mutants. It does not say how good they are.',
      ...(survivors.length > 0 && properties.some((property) => partsForCheck(property).length > 0)
        ? [`What comes in the end was not asked: npx rolecall check ${protocol.id} --mutant NAME judges eventually and leadsTo.`]
        : []),
    ]);
  if (faults.length > 0) return exitCodes.violated;
  return survivors.length > 0 ? exitCodes.unknown : exitCodes.passes;
};

const keep = async ({ protocol, properties }: Entry, kills: readonly Kill[]): Promise<void> => {
  const { traces } = await project();
  const folder = traces.find(({ protocols }) => protocols.includes(protocol.id))?.folder ?? 'traces';
  const file = join(folder, 'kills', `${protocol.id}.json`);
  await writeAtomically(file, killsText({ protocol: protocol.id, model: killDigest(protocol, properties), kills }));
  process.stderr.write(`${fromHere(file)}\n`);
};
