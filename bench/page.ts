import type { Part } from './asked.ts';
import { barsPicture, recordedMark } from './bars.ts';
import type { Recorded } from './measured.ts';
import type { SearchRow } from './search-part.ts';
import type { Pair } from './walks-part.ts';

/** What a person has to know of each part, beside its table. */
const about: Readonly<Record<Part, string>> = {
  search: `![Worlds a second](search.svg)

Two-phase commit after Gray and Lamport, all of its states, in one thread. The tools take turns, each in a process of its own. The time is that of
the processor, which other work on the machine changes less; rolecall's is that of the search, with compiling and collecting garbage, SPIN's
that of the whole checker, without its making. rolecall searches breadth first, judges its claim in every world, keeps a
parent for each (so that what it finds is a shortest run), and calls XState for a step that it does not remember. SPIN 6 runs
the C that it generates from [one-process.pml](../../bench/spin/one-process.pml), depth first and exactly (\`-O2 -DNOREDUCE -DSAFETY\`): its
states and its transitions are the same, one for one, and the bench fails where they are not. As communicating processes
([processes.pml](../../bench/spin/processes.pml)) with its partial-order reduction on, SPIN stores other states: messages are taken once, and an
observer compares outcomes. That is what SPIN is made for, and there it is judged by the time for the whole protocol.

In the second table, _by the clock_ is the search itself as each tool tells it; compilers and the collector of garbage run beside the search where
a core is free, as it was not where other work shared both. _A second time_ is the search once more in the same process: SPIN's checker was compiled before its time
is taken, and there rolecall's loops are too. _From the model_ is what a person waits for, by the clock: the whole command \`rolecall check\`,
and SPIN with generating and compiling its checker.`,
  every: `The scenarios of the abstract chain that are searched whole, with all claims of safety. Their counts are recorded
([counts.ts](../../properties/blockchain/counts.ts)); the bench fails where a search finds others. A step that XState had to compute is a miss of
the memo; a plan is what one instance can do in one situation, put together once. Because rates differ between machines, and between hours
on a shared one, SPIN's rate for two-phase commit with eight participants is taken before and after.`,
  graph: `The same protocol as one machine over JSON, because \`xstate/graph\` knows one machine and no network. It keeps a snapshot for each
state and one for each transition, and tells states apart by \`JSON.stringify\`. It counts the same states.`,
  runs: `Random runs, an invariant asked after every step. rolecall's are those of \`rolecall run\`: seeds from fast-check, three strategies,
coverage and distinct worlds counted. Quint is pinned in [bench/quint](../../bench/quint/package.json) and installed there alone
(\`npm ci --prefix bench/quint\`); the rate is what its simulator tells, without its start. Its other simulator, in Rust, is not compared.`,
  walks: `![Walks a second](walks.svg)

The abstract chain: peers in a mesh, a miner that may find two blocks, a wallet that may send one transaction. The same walk
is written twice: by the engine, with its judge and its fast-check seeds, and in plain objects over XState's public
\`transition()\`. The aim was fifty times as many walks, and is not reached after 100,000 steps: a remembered step costs some 2 µs, a missed one what XState
takes and half as much again, so the ratio is little more than one over the share of misses, which falls while a run goes on.
What multiplies local states is what a peer knows of each neighbour, and with timers the strikes and time-outs. The remedy
would be relative addresses and fewer facts for each neighbour in the role, not a faster loop.`,
  headers: 'The limit is what any verification must do. Real headers of the main network, from an era1 file.',
  download: `A peer that joins downloads all blocks from three that hold them, in batches of 192 headers. Every claim is judged after
every step. Nothing is remembered from an earlier run, and the bytes of each header are a copy that nobody has read, so that
the joining peer decodes, hashes and checks each itself. The aim is 2,000 blocks a second on a core.`,
  traces: `For each planted fault of each protocol: the actions that are left with seed 1, as \`rolecall run --mutant\` leaves them, and those of the shortest
trace known: by a breadth-first search of the setting that came to its end, else the best of the seeds that were tried
([shortest-traces.json](../../bench/recorded/shortest-traces.json)). Such a further seed is one run that fails, made smaller by leaving out. The median
ratio is to be at most 1.5.`,
};

const section = (part: Part, { title, lines }: { readonly title: string; readonly lines: readonly string[] }): string =>
  [`## ${title}`, about[part], ['```text', ...lines, '```'].join('\n')].join('\n\n');

/** The page of what was recorded. */
export const pageOf = ({ node, cores, parts }: Recorded): string =>
  `${[
    `<!-- ${recordedMark}. Changes here are lost; change bench/page.ts. -->`,
    '# What is measured, against what',
    `\`\`\`sh
npm run bench                        # everything, some minutes
npm run bench -- search --full       # one part, longer
npm run bench -- traces --full --seeds 1000   # looks for shorter traces, and records them
npm run bench -- --out bench.json    # the numbers as JSON as well
npm run bench -- --record            # keeps them in bench/recorded, and writes this page
\`\`\``,
    `Parts: ${(Object.keys(about) as Part[]).map((part) => `\`${part}\``).join(', ')}.
One that needs what is not installed, or a chain file that is absent, says so and goes on. Tools take turns, so that all have the same machine;
ratios are medians over turns: compare ratios, not rates, between machines. The numbers below were recorded with Node ${node} on
${cores} cores that other work shared; earlier ones of the other parts: [benchmarks](../benchmarks.md).`,
    ...(Object.keys(about) as Part[]).flatMap((part) => {
      const recorded = parts[part];
      return recorded === undefined ? [] : [section(part, recorded)];
    }),
  ].join('\n\n')}\n`;

/** The pictures of what was recorded, by file name. */
export const picturesOf = ({ parts }: Recorded): Readonly<Record<string, string>> => {
  const search = parts.search?.numbers as { readonly rows: readonly SearchRow[] } | undefined;
  const walks = parts.walks?.numbers as readonly Pair[] | undefined;
  return {
    ...(search && {
      'search.svg': barsPicture({
        title: 'Two-phase commit, all states: distinct states by processor second',
        description: 'rolecall and SPIN on the same states, by the number of participants.',
        unit: '',
        tools: ['rolecall', 'SPIN, one process, no reduction'],
        sizes: search.rows.map(({ participants, rolecall, spin }) => ({
          label: `${participants} participants`,
          values: [rolecall.worldsPerSecond, spin === null ? null : Math.round(spin.states / Math.max(0.01, spin.processorSeconds))],
        })),
      }),
    }),
    ...(walks && {
      'walks.svg': barsPicture({
        title: 'Random walks of the abstract chain: walks a second',
        description: 'Remembered steps and XState alone, by the number of peers.',
        unit: '',
        tools: ['rolecall, steps remembered', 'transition() alone'],
        sizes: walks.map(({ peers, fires, rememberedWalksPerSecond, plainWalksPerSecond }) => ({
          label: `${peers} peers${fires === 0 ? ', no timers' : ''}`,
          values: [rememberedWalksPerSecond, plainWalksPerSecond],
        })),
      }),
    }),
  };
};
