import { Command, Option } from 'commander';
import { consistencyLines } from './history/consistencies.ts';
import * as parse from './options.ts';

/** Called with what a command returns: the exit code. */
type Done = (code: number) => void;

const examples = (...lines: readonly (readonly [string, string])[]): string => {
  const width = Math.max(...lines.map(([command]) => command.length));
  return `\nExamples:\n${lines.map(([command, says]) => `  $ ${command.padEnd(width)}  ${says}`).join('\n')}`;
};

/** What is meant where no protocol is named. */
const onlyOne = "without a name the only one of the project's configuration";

/** The commands and their options. Each command is loaded when it is called. */
export const program = (version: string, done: Done): Command => {
  const root = new Command('rolecall')
    .description('Executable specifications of how computers on a network share work.')
    .version(version, '-V, --version', 'print the version')
    .showSuggestionAfterError()
    .showHelpAfterError('(add --help for the options)')
    .addHelpText(
      'after',
      `${examples(
        ['npx rolecall init', 'begin a protocol of your own'],
        ['npx rolecall run', 'check every claim of every protocol'],
        ['npx rolecall run blockchain --mutant NAME', 'plant a fault and see which claim finds it'],
        ['npx rolecall check two-phase-commit --scenario five', 'explore every world of a scenario'],
        ['npx rolecall replay TRACE', 'repeat a failure step by step'],
        ['npx rolecall live blockchain --scenario join', 'the same machines as processes, with sockets'],
        ['npx rolecall docs -o docs/generated', 'write the documents of every protocol'],
      )}\n\nExit codes: 0 holds or passes, 1 violated, 2 unknown, 3 a replay diverged, 64 usage, 70 a defect of rolecall, 130 interrupted.`,
    );

  root
    .command('init')
    .description('begin a project of your own: two roles, a claim, and a bug to find')
    .argument('[dir]', 'where; made if it is not there', '.')
    .action(async (folder: string) => done(await (await import('./commands/init.ts')).init(folder)));

  root
    .command('list')
    .description('protocols, roles, properties, scenarios and mutants')
    .option('--json', 'for machines')
    .action(async (options) => done(await (await import('./commands/list.ts')).list(options)));

  root
    .command('run')
    .description('look for runs that break a claim')
    .argument('[protocol...]', 'protocols to check; all of them without a name')
    .option('-p, --property <id>', 'only this claim; may be given several times', parse.several)
    .addOption(new Option('-s, --seed <n>', 'decides every run').argParser(parse.integer(-0x80000000, 0x7fffffff)).default(1))
    .option('-r, --runs <n>', 'random runs for each scenario', parse.integer(1, 100_000_000))
    .option('-t, --time <time>', 'stop after this time: 90, 90s, 2m', parse.time)
    .option('--max-steps <n>', 'actions in a run before it settles', parse.integer(1, 100_000))
    .option('--faults <names>', 'faults that may strike, with commas; all or none', parse.faults)
    .option('--hosts <n>', 'how many hosts, where a scenario leaves it open', parse.integer(1, 1000))
    .option('-m, --mutant <name>', 'plant this fault, and see which claim kills it')
    .option('--workers <n>', 'threads; as many as there are processors, four at most, where there is enough to do', parse.integer(1, 64))
    .option('--chain <file>', 'run over the real chain of an era1 file')
    .option('--trace-dir <dir>', 'where failing traces are written', '.rolecall/traces')
    .option('--against-exhaustive', 'instead: how much of all that there is to reach do random runs reach, by strategy')
    .addOption(new Option('--max-states <n>', 'with it: distinct worlds of a scenario').argParser(parse.integer(1, 10_000_000)).default(300_000))
    .option('--json', 'the report, for machines')
    .option('-w, --watch', 'build and run again when a source changes')
    .addHelpText(
      'after',
      examples(
        ['npx rolecall run --seed 7', 'the same runs every time'],
        ['npx rolecall run blockchain -p REPLICATED --time 60s', 'one claim, for a minute'],
        ['npx rolecall run blockchain --faults drop,crash', 'only these faults'],
        ['npx rolecall run blockchain --mutant NAME', 'is the planted fault found? `rolecall list` names them'],
        ['npx rolecall run two-phase-commit --against-exhaustive', 'what do random runs miss?'],
      ),
    )
    .action(async (protocols: string[], options) => done(await (await import('./commands/run.ts')).run(protocols, options)));

  root
    .command('check')
    .description('explore every world of a scenario, faults included')
    .argument('[protocol]', `the protocol; ${onlyOne}`)
    .option('--scenario <name>', 'the scenario; all of the protocol without a name')
    .option('-p, --property <id>', 'only this claim; may be given several times', parse.several)
    .addOption(new Option('--order <order>', 'breadth first finds a shortest failure').choices(['breadth', 'depth']).default(parse.usualSearch.order))
    .addOption(new Option('--max-states <n>', 'distinct worlds').argParser(parse.integer(1, parse.mostStates)).default(parse.usualSearch.maxStates))
    .addOption(new Option('--max-depth <n>', 'worlds on a path').argParser(parse.integer(1, 1_000_000)).default(parse.usualSearch.maxDepth))
    .addOption(
      new Option('--memory <mb>', 'megabytes that the process may take')
        .argParser(parse.integer(64, parse.mostMemory))
        .default(parse.usualSearch.memory),
    )
    .option('--hosts <n>', 'how many hosts, where a scenario leaves it open', parse.integer(1, 1000))
    .option('-m, --mutant <name>', 'plant this fault, and see which claim kills it')
    .option('--reduction', 'leave out what shows nothing new; so without it, but for protocols whose counts are published')
    .option('--no-reduction', 'leave out nothing')
    .option('--checkpoint <file>', 'keep the search in this file, so that it can go on after a kill')
    .option('--every <time>', 'between two checkpoints: 90, 90s, 2m; a minute without it', parse.time)
    .option('--resume <file>', 'carry on the search that this checkpoint holds, and keep it there')
    .option('--trace-dir <dir>', 'where failing traces are written', '.rolecall/traces')
    .option('--json', 'the report, for machines')
    .addHelpText(
      'after',
      examples(
        ['npx rolecall check two-phase-commit --scenario five', 'all 8,832 worlds'],
        ['npx rolecall check two-phase-commit --scenario five --reduction', 'one world for all that differ in names'],
        ['npx rolecall check two-phase-commit --scenario three --mutant commitsEarly', 'a shortest failure'],
        ['npx rolecall check two-phase-commit --scenario nine --checkpoint FILE', 'a long search, kept each minute'],
        ['npx rolecall check two-phase-commit --resume FILE', 'go on with it after a kill'],
        ['npx rolecall check blockchain --scenario tie --max-states 1000000', 'a bound; reaching it is unknown, exit 2'],
      ),
    )
    .action(async (protocol: string | undefined, options, command: Command) =>
      done(await (await import('./commands/check.ts')).check(protocol, options, (name) => command.getOptionValueSource(name) === 'cli')),
    );

  root
    .command('replay')
    .description('repeat a trace step by step: each step, its rules, the differences of state, the verdict')
    .argument('[trace]', 'a file that `rolecall run` wrote; without one the only one in .rolecall/traces')
    .option('--from <n>', 'show from this step on', parse.integer(1, 1_000_000))
    .option('--to <n>', 'show up to this step', parse.integer(1, 1_000_000))
    .option('--lenient', 'under a model that has changed: skip what is no longer possible, and say so')
    .option('--chain <file>', 'the era1 file, where the trace is of a run with --chain')
    .option('--json', 'for machines')
    .addHelpText(
      'after',
      examples(['npx rolecall replay traces/regressions/FILE', 'the whole run'], ['npx rolecall replay FILE --from 3 --to 5', 'three steps of it']),
    )
    .action(async (file: string | undefined, options) => done(await (await import('./commands/replay.ts')).replay(file, options)));

  root
    .command('show')
    .description('a failure on one screen: claim, values, what it takes, picture, differences of state')
    .argument('[trace]', 'a file that `rolecall run` wrote; without one the only one in .rolecall/traces')
    .option('--html <file>', 'write it as one web page, to go through step by step in a browser')
    .option('--chain <file>', 'the era1 file, where the trace is of a run with --chain')
    .action(async (file: string | undefined, options) => done(await (await import('./commands/show.ts')).show(file, options)));

  root
    .command('live')
    .description('run the same machines as processes on this computer, with sockets and timers, and log what they do')
    .argument('[protocol]', `the protocol to run; ${onlyOne}`)
    .option('--scenario <name>', 'which hosts there are, which commands are given and which faults strike; the only one without a name')
    .option('-m, --mutant <name>', 'plant this fault in the running machines')
    .addOption(
      new Option('-s, --seed <n>', 'decides which commands and faults there are').argParser(parse.integer(-0x80000000, 0x7fffffff)).default(1),
    )
    .addOption(new Option('-t, --time <time>', 'run so long: 3s, 1500ms').argParser(parse.time).default(3_000, '3s'))
    .addOption(new Option('--speed <n>', 'timers fire so many times faster than they say').argParser(parse.integer(1, 1000)).default(20))
    .option('--log <file>', 'where the log is written')
    .option('--json', 'for machines')
    .addHelpText(
      'after',
      examples(
        ['npx rolecall live blockchain --scenario join', 'a peer joins late and downloads the chain'],
        ['npx rolecall live blockchain --scenario crash --seed 3', 'a peer is killed, and restarts from its file'],
        ['npx rolecall live request-response --scenario crash --mutant NAME', 'a planted fault, live; `rolecall validate` finds it'],
      ),
    )
    .action(async (protocol: string | undefined, options) => done(await (await import('./commands/live.ts')).live(protocol, options)));

  root
    .command('validate')
    .description('decide whether the model allows what a live run did')
    .argument('[log]', 'a file that `rolecall live` wrote; without one the only one in .rolecall/live')
    .addOption(
      new Option('--tries <n>', 'steps that are tried before the answer is unknown').argParser(parse.integer(1, 100_000_000)).default(400_000),
    )
    .option('--json', 'for machines')
    .addHelpText(
      'after',
      `${examples(['npx rolecall validate .rolecall/live/FILE', 'allowed, or the first step that is not'])}\n\nExit codes: 0 allowed, 1 not allowed, 2 unknown, 64 no log.`,
    )
    .action(async (file: string | undefined, options) => done(await (await import('./commands/validate.ts')).validate(file, options)));

  root
    .command('history')
    .description('check a recorded history of what clients called and were told')
    .argument('<file>', "in Jepsen's log format, as its history.txt, or in EDN")
    .requiredOption(
      '-m, --model <name>',
      'what the operations are on: register, cas-register, key-value, queue, unordered-queue, set, counter, mutex, list-append, rw-register, file',
    )
    .option('-c, --consistency <name>', 'what is promised; the first of those below that fits the model')
    .option('-i, --initial <value>', 'what a register holds at first; nil without it')
    .addOption(
      new Option('--max-configurations <n>', 'ways to have got so far that are remembered')
        .argParser(parse.integer(1, parse.mostConfigurations))
        .default(2_000_000),
    )
    .option('--json', 'for machines')
    .addHelpText(
      'after',
      `${examples(
        ['npx rolecall history FILE --model register', 'linearizable, or the read that cannot be'],
        ['npx rolecall history FILE --model list-append -c snapshot-isolation', 'transactions'],
        ['npx rolecall history FILE --model key-value -c session', 'what each client is promised'],
        ['npx rolecall history FILE --model cas-register --json', 'for a program'],
      )}\n\nConsistency, and the models that it can be asked of:\n${consistencyLines().join('\n')}\n\nExit codes: 0 it is, 1 it is not, 2 unknown (a limit, or Ctrl-C), 64 no history.`,
    )
    .action(async (file: string, options) => done(await (await import('./commands/history.ts')).history(file, options)));

  root
    .command('docs')
    .description('write the documents of every protocol, made from its machines and from traces that really ran')
    .option('-o, --output <dir>', 'where to write them; docs/generated, or where the configuration says')
    .option('--no-api', "leave out typedoc's pages of the engine's interface")
    .option('--check', 'write nothing; exit 1 where the documents there differ')
    .action(async (options) => done(await (await import('./commands/docs.ts')).docs(options)));

  root
    .command('mutants')
    .description('plant a fault in each guard, action, target and stored value, and see which claim finds it')
    .argument('[protocol]', `the protocol; ${onlyOne}`)
    .option('--role <name>', 'only the faults of this role; may be given several times', parse.several)
    .addOption(new Option('-s, --seed <n>', 'decides every run').argParser(parse.integer(-0x80000000, 0x7fffffff)).default(1))
    .addOption(new Option('-r, --runs <n>', 'random runs for each fault and scenario').argParser(parse.integer(1, 100_000)).default(100))
    .option('--anew', 'do not try first what found it the last time')
    .option('--record', 'keep what was found in traces/kills; `rolecall docs` makes the table of it')
    .option('--json', 'for machines')
    .action(async (protocol: string | undefined, options) => done(await (await import('./commands/mutants.ts')).mutants(protocol, options)));

  root
    .command('evidence')
    .description('find the smallest runs again that witness the claims, and keep them')
    .argument('[protocol...]', 'of which protocols; of all without a name')
    .option('-o, --output <dir>', 'the folder with witnesses/ and regressions/', 'traces')
    .addOption(new Option('-s, --seed <n>', 'where the search begins').argParser(parse.integer(-0x80000000, 0x7fffffff)).default(1))
    .action(async (protocols: string[], options) => done(await (await import('./commands/evidence.ts')).evidence(protocols, options)));

  return root;
};
