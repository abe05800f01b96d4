import { check as explored } from '../../model/explore/exhaustive/check.ts';
import type { CheckOptions, Keeping } from '../../model/explore/exhaustive/options.ts';
import type { CheckReport } from '../../model/explore/exhaustive/report.ts';
import type { CheckpointReader } from '../../model/explore/exhaustive/checkpoint.ts';
import type { Order } from '../../model/explore/exhaustive/standing.ts';
import { RolecallError } from '../../model/kernel/errors.ts';
import { scenarioOf } from '../../model/property/arena.ts';
import type { Protocol } from '../../model/protocol/protocol.ts';
import type { Entry } from '../catalogue.ts';
import { openCheckpoint, writeCheckpoint } from '../checkpoint-file.ts';
import { exitCodes } from '../exit.ts';
import { mostMemory, mostStates } from '../options.ts';
import { keepTrace } from '../files.ts';
import { type Expected, expectedOf, failingIn, isOpen } from '../expected.ts';
import { breathe, Interrupts } from '../interrupt.ts';
import { fromHere } from '../kept.ts';
import { meantProtocol } from '../meant.ts';
import { entriesOf, narrowed } from '../names.ts';
import { checkLines, checkProgressLine } from '../render/check.ts';
import { expectedLines } from '../render/expected.ts';
import { LineDisplay } from '../render/progress.ts';
import { violationLines } from '../render/violation.ts';
import { print, printJson, screen } from '../terminal.ts';

/** Between two checkpoints, where nothing else is asked for. */
const usualEveryMs = 60_000;

/** What `rolecall check` is asked for on the command line. */
interface Asked {
  readonly scenario?: string;
  readonly property?: readonly string[];
  readonly order: Order;
  readonly maxStates: number;
  readonly maxDepth: number;
  readonly memory: number;
  readonly hosts?: number;
  readonly mutant?: string;
  /** Undefined where neither `--reduction` nor `--no-reduction` was given. */
  readonly reduction?: boolean;
  readonly checkpoint?: string;
  /** Milliseconds between two checkpoints. */
  readonly every?: number;
  readonly resume?: string;
  readonly traceDir: string;
  readonly json?: boolean;
}

/** Explores every world of a scenario, or of each scenario of a protocol. */
export const check = async (named: string | undefined, given: Asked, isGiven: (option: string) => boolean): Promise<number> => {
  const checkpoint = given.resume === undefined ? null : openCheckpoint(given.resume);
  try {
    // A checkpoint says itself what it is of.
    const protocol = await meantProtocol(named ?? checkpoint?.reader.header.subject.protocol, 'check');
    const asked = checkpoint === null ? given : carriedOn(protocol, given, isGiven, checkpoint.reader);
    return await checked(protocol, asked, isGiven, checkpoint?.reader ?? null);
  } finally {
    checkpoint?.close();
  }
};

const checked = async (protocol: string, asked: Asked, isGiven: (option: string) => boolean, resumed: CheckpointReader | null): Promise<number> => {
  const [entry] = narrowed(await entriesOf([protocol]), asked) as [Entry];
  if (asked.scenario !== undefined) scenarioOf(entry.protocol, asked.scenario);
  const scenarios = withHosts(entry, asked.scenario === undefined ? toCheck(entry) : [asked.scenario], asked.hosts);
  const file = asked.checkpoint;
  if (file !== undefined && scenarios.length > 1) throw manyScenarios(file, scenarios);
  const interrupts = new Interrupts();
  const display = new LineDisplay({
    write: (text) => process.stderr.write(text),
    terminal: process.stderr.isTTY === true,
    width: screen().width,
    now: () => performance.now(),
  });
  const reports: CheckReport[] = [];
  const failures: (readonly Expected[])[] = [];
  interrupts.listen();
  try {
    for (const scenario of scenarios) {
      if (interrupts.stopped) break;
      const report = await searched({ ...optionsOf(entry, scenario, asked, interrupts), keeping: keepingOf(asked), resumed }, display);
      reports.push(report);
      const trace = await traceOf(report, asked);
      const isOfAll = asked.property === undefined && asked.mutant === undefined && resumed === null;
      const expected = isOfAll ? await failuresIn(entry, scenario, asked, interrupts, display) : [];
      failures.push(expected);
      if (!asked.json) await tell(report, trace, asked.reduction === undefined && !reduces(entry.protocol, asked), expected);
      if (file !== undefined && report.violation === null && report.ranOut !== null && report.ranOut !== 'depth')
        tellHowToGoOn(protocol, file, report, asked, isGiven);
    }
  } finally {
    display.clear();
    interrupts.leave();
  }
  const told = reports.map((report, index) => (failures[index]?.length ? { ...report, expected: failures[index] } : report));
  if (asked.json) await printJson(asked.scenario === undefined ? told : told[0]);
  if (interrupts.stopped) return exitCodes.interrupted;
  if (reports.some(({ verdict }) => verdict === 'violated')) return exitCodes.violated;
  const isKnown = reports.every(({ verdict }) => verdict === 'holds') && !failures.flat().some(isOpen);
  return isKnown ? exitCodes.passes : exitCodes.unknown;
};

/** Keeps the trace of what failed, and says where. */
const traceOf = async ({ violation }: CheckReport, { traceDir }: Asked): Promise<string | null> =>
  violation === null ? null : fromHere(await keepTrace(traceDir, violation.trace, violation.seed));

/** Searches for each failure that a scenario must show: by itself, because a search ends with the first that it finds. */
const failuresIn = async (
  entry: Entry,
  scenario: string,
  asked: Asked,
  interrupts: Interrupts,
  display: LineDisplay,
): Promise<readonly Expected[]> => {
  const failures: Expected[] = [];
  for (const property of failingIn(entry, scenario)) {
    if (interrupts.stopped) break;
    const report = await searched(optionsOf(entry, scenario, { ...asked, property: [property.type.id] }, interrupts), display);
    failures.push(expectedOf(property, report, await traceOf(report, asked)));
  }
  return failures;
};

/** The search that a checkpoint holds decides what it is of; what was given too has to agree, which the search looks at. */
const carriedOn = (protocol: string, given: Asked, isGiven: (option: string) => boolean, { name, header }: CheckpointReader): Asked => {
  const { subject } = header;
  if (subject.protocol !== protocol)
    throw new RolecallError({
      code: 'CHECKPOINT_OTHER',
      message: `It is of another search: of ${subject.protocol}, and not of ${protocol}.`,
      place: name,
      advice: `Type: npx rolecall check ${subject.protocol} --resume ${name}`,
    });
  const { scenario, properties: property, order, maxDepth } = subject;
  const kept = {
    reduction: subject.reductions !== null,
    scenario,
    property,
    order,
    maxDepth,
    ...(subject.mutant === null ? {} : { mutant: subject.mutant }),
    ...(subject.size === null ? {} : { hosts: subject.size }),
  };
  const said = Object.fromEntries(Object.entries(given).filter(([option]) => isGiven(option)));
  return { ...given, ...kept, checkpoint: name, ...said };
};

const manyScenarios = (file: string, scenarios: readonly string[]): RolecallError =>
  new RolecallError({
    code: 'CHECKPOINT_SCENARIO',
    message: 'A checkpoint holds the search of one scenario.',
    place: file,
    advice: `Name one with --scenario: ${scenarios.join(', ')}.`,
  });

const keepingOf = ({ checkpoint, every = usualEveryMs }: Asked): Keeping | null => {
  if (checkpoint === undefined) return null;
  let last = performance.now();
  return {
    isDue: () => performance.now() - last >= every,
    keep: (pieces) => {
      writeCheckpoint(checkpoint, pieces);
      // From its end on, so that a large one leaves time to search.
      last = performance.now();
    },
  };
};

/** The command that carries a search on. What ran out is doubled. */
const tellHowToGoOn = (protocol: string, file: string, { ranOut }: CheckReport, asked: Asked, isGiven: (option: string) => boolean): void => {
  const limit = (option: string, name: string, value: number, most: number, isOut: boolean): string[] =>
    isOut ? [`--${option} ${Math.min(most, value * 2)}`] : isGiven(name) ? [`--${option} ${value}`] : [];
  const words = [
    `npx rolecall check ${protocol} --resume ${quoted(fromHere(file))}`,
    ...limit('max-states', 'maxStates', asked.maxStates, mostStates, ranOut === 'states'),
    ...limit('memory', 'memory', asked.memory, mostMemory, ranOut === 'memory'),
    ...(asked.json ? ['--json'] : []),
  ];
  process.stderr.write(`The search is kept. Go on with it:\n  ${words.join(' ')}\n`);
};

const quoted = (file: string): string => (/^[\w./+-]+$/.test(file) ? file : `'${file.replaceAll("'", "'\\''")}'`);

/** The scenarios that are made to be explored whole, or all where there are none; none that takes as long as the large ones do. */
const toCheck = ({ protocol }: Entry): readonly string[] => {
  const names = Object.keys(protocol.scenarios).filter((name) => protocol.scenarios[name]?.large !== true);
  const small = names.filter((name) => protocol.scenarios[name]?.exhaustive === true);
  return small.length === 0 ? names : small;
};

/** Those of the scenarios that can have so many hosts; one that leaves it not open has those that it names. */
const withHosts = ({ protocol }: Entry, scenarios: readonly string[], hosts: number | undefined): readonly string[] => {
  if (hosts === undefined) return scenarios;
  const sizes = scenarios.map((name) => ({ name, size: protocol.scenarios[name]?.size }));
  const fitting = sizes.filter(({ size }) => size !== undefined && size.least <= hosts && hosts <= size.most);
  if (fitting.length > 0) return fitting.map(({ name }) => name);
  const told = sizes.map(({ name, size }) => (size === undefined ? `${name} names its hosts` : `${name} has ${size.least} to ${size.most}`));
  throw new RolecallError({
    code: 'HOSTS',
    message: `No scenario can have ${hosts} hosts: ${told.join(', ')}.`,
    place: '--hosts',
    advice: 'Choose another number, or leave --hosts out.',
  });
};

const optionsOf = ({ protocol, properties }: Entry, scenario: string, asked: Asked, interrupts: Interrupts): CheckOptions => {
  return {
    protocol,
    properties,
    scenario,
    selected: asked.property ?? null,
    mutant: asked.mutant ?? null,
    hosts: asked.hosts ?? null,
    order: asked.order,
    maxStates: asked.maxStates,
    maxDepth: asked.maxDepth,
    reduce: reduces(protocol, asked),
    maxBytes: asked.memory * 1e6,
    interrupted: () => interrupts.stopped,
    usedBytes: () => process.memoryUsage.rss(),
    clock: () => performance.now(),
  };
};

/** Published counts are of all worlds, so those protocols are searched as they were counted. */
const reduces = (protocol: Protocol, { reduction }: Asked): boolean => reduction ?? protocol.counted !== true;

const searched = async (options: CheckOptions, display: LineDisplay): Promise<CheckReport> => {
  const searching = explored(options);
  for (;;) {
    const next = searching.next();
    if (next.done) {
      display.clear();
      return next.value;
    }
    display.show((seconds) => checkProgressLine(next.value, seconds, process.memoryUsage.rss()));
    await breathe();
  }
};

const tell = async (report: CheckReport, file: string | null, isCounted: boolean, expected: readonly Expected[]): Promise<void> => {
  const { paint, glyphs, width } = screen();
  const { violation } = report;
  await print([
    ...(violation === null ? [] : ['', ...violationLines(violation, file, violation.seed, { paint, glyphs, width })]),
    '',
    ...checkLines(report, isCounted, paint, width),
    ...expectedLines(report.scenario, expected, paint, width),
    '',
  ]);
};
