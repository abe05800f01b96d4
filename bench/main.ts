import { readFileSync, writeFileSync } from 'node:fs';
import { type Asked, askedIn, type Part } from './asked.ts';
import { downloadPart, headersPart } from './chain-part.ts';
import type { Measured } from './measured.ts';
import { everyPart } from './every-part.ts';
import { record } from './record.ts';
import { exploreByGraph, graphPart } from './graph-part.ts';
import { runsPart, runsPerSecond } from './runs-part.ts';
import { searchPart } from './search-part.ts';
import { searchAgain, searchWhole } from './searched.ts';
import { tracesPart } from './traces-part.ts';
import { compareWalks, walksPart } from './walks-part.ts';

const skipped = (title: string): Measured => ({
  title,
  lines: ['skipped: mainnet-00000-5ec1ffb8.era1 is absent; put it into ../shared/data, or give --chain FILE'],
  numbers: null,
});

const chainBytes = ({ chain }: Asked): Uint8Array | null => (chain === null ? null : new Uint8Array(readFileSync(chain)));

/** What is measured in a process of its own, by the name that `apart` gives it. */
const measuredApart: Readonly<Record<string, (...values: readonly string[]) => unknown>> = {
  walks: (peers, fires, turns) => compareWalks(Number(peers), Number(fires), Number(turns)),
  search: (protocol = '', scenario = '') => searchWhole(protocol, scenario),
  again: (protocol = '', scenario = '') => searchAgain(protocol, scenario),
  graph: (participants) => exploreByGraph(Number(participants)),
  runs: (runs) => runsPerSecond(Number(runs)),
};

const measured: { readonly [part in Part]: (asked: Asked) => Measured | Promise<Measured> } = {
  search: searchPart,
  every: everyPart,
  graph: graphPart,
  runs: runsPart,
  walks: walksPart,
  headers: (asked) => {
    const bytes = chainBytes(asked);
    return bytes === null ? skipped('headers') : headersPart(bytes, asked.full);
  },
  download: (asked) => {
    const bytes = chainBytes(asked);
    return bytes === null ? skipped('download') : downloadPart(bytes, asked.full);
  },
  traces: tracesPart,
};

const main = async (): Promise<void> => {
  const asked = askedIn(process.argv.slice(2));
  if (asked.apart !== null) {
    const [name = '', ...values] = asked.apart.split(':');
    process.stdout.write(`${JSON.stringify(await measuredApart[name]?.(...values))}\n`);
    return;
  }
  const results: { [part in Part]?: Measured } = {};
  for (const part of asked.parts) {
    const result = await measured[part](asked);
    process.stdout.write(`${result.title}\n${result.lines.map((line) => `  ${line}`).join('\n')}\n\n`);
    results[part] = result;
    // Part by part, so that a run that is stopped keeps what it measured.
    if (asked.record && result.numbers !== null) record({ [part]: result });
  }
  const numbers = Object.fromEntries(Object.entries(results).map(([part, result]) => [part, result.numbers]));
  if (asked.out !== null) writeFileSync(asked.out, `${JSON.stringify({ node: process.version, ...numbers }, null, 2)}\n`);
};

await main();
