import { type AgainstReport, runAgainst } from '../../model/explore/against.ts';
import type { Entry } from '../catalogue.ts';
import { exitCodes } from '../exit.ts';
import { breathe, Interrupts } from '../interrupt.ts';
import { againstLines } from '../render/against.ts';
import { LineDisplay } from '../render/progress.ts';
import type { RunOptions } from '../exploring/run-options.ts';
import { print, printJson, screen } from '../terminal.ts';

/** Says how much of each scenario random runs reach. It judges no claim; what cannot be listed is unknown. */
export const runAgainstExhaustive = async (entries: readonly Entry[], options: RunOptions): Promise<number> => {
  const { paint, width } = screen();
  const interrupts = new Interrupts();
  const display = new LineDisplay({
    write: (text) => process.stderr.write(text),
    terminal: process.stderr.isTTY === true,
    width,
    now: () => performance.now(),
  });
  const reports: { readonly protocol: string; readonly seed: number; readonly scenarios: readonly AgainstReport[] }[] = [];
  interrupts.listen();
  try {
    for (const entry of entries) {
      if (interrupts.stopped) break;
      const scenarios = await compared(entry, options, interrupts, display);
      reports.push({ protocol: entry.protocol.id, seed: options.seed, scenarios });
      if (!options.json) await print(['', ...againstLines(entry.protocol.id, options.seed, scenarios, paint)]);
    }
  } finally {
    display.clear();
    interrupts.leave();
  }
  if (options.json) await printJson({ interrupted: interrupts.stopped, reports });
  if (interrupts.stopped) return exitCodes.interrupted;
  return reports.every(({ scenarios }) => scenarios.every(({ unknown }) => unknown === null)) ? exitCodes.passes : exitCodes.unknown;
};

const compared = async ({ protocol, properties }: Entry, options: RunOptions, interrupts: Interrupts, display: LineDisplay) => {
  const comparing = runAgainst({
    protocol,
    properties,
    seed: options.seed,
    runs: options.runs ?? null,
    maxStates: options.maxStates ?? 300_000,
    hosts: options.hosts ?? null,
    maxSteps: options.maxSteps ?? null,
    shouldStop: () => interrupts.stopped,
  });
  for (;;) {
    const next = comparing.next();
    if (next.done) {
      display.clear();
      return next.value;
    }
    display.show(() => next.value);
    await breathe();
  }
};
