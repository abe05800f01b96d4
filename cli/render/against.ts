import type { AgainstReport, Reach } from '../../model/explore/against.ts';
import type { Paint } from './paint.ts';
import { table } from './table.ts';
import { counted, listed, number } from './words.ts';

/** `23.4 %`, cut and never rounded up: 100 % is all of it. */
const share = (part: number, all: number): string => {
  if (all === 0) return '-';
  const tenths = Math.floor((1_000 * part) / all);
  return `${Math.floor(tenths / 10)}.${tenths % 10} %`;
};

const kinds = ['states', 'transitions', 'rules'] as const satisfies readonly (keyof Reach)[];

/** How much of all that there is to reach random runs reached, scenario by scenario. */
export const againstLines = (protocol: string, seed: number, reports: readonly AgainstReport[], paint: Paint): readonly string[] => {
  const rows = reports.flatMap(({ scenario, all, random }) => {
    if (all === null) return [];
    return [
      [paint('bold', scenario), 'all', '', ...kinds.map((kind) => number(all[kind]))],
      ...random.map((one) => ['', one.strategy, number(one.runs), ...kinds.map((kind) => `${number(one[kind])} (${share(one[kind], all[kind])})`)]),
    ];
  });
  const missed = reports.flatMap(({ scenario, random }) =>
    random
      .filter(({ missedRules }) => missedRules.length > 0)
      .map(({ strategy, missedRules }) => `${scenario}, ${strategy}: missed ${listed(missedRules)}`),
  );
  return [
    `${paint('bold', protocol)}: random runs against an exhaustive search, ${counted(reports.length, 'scenario')}, seed ${seed}`,
    '',
    ...table([['scenario', 'by', 'runs', ...kinds].map((title) => paint('dim', title)), ...rows]),
    '',
    ...reports.flatMap(({ scenario, unknown }) => (unknown === null ? [] : [paint('unsure', `? ${scenario} is unknown: ${unknown}`)])),
    ...missed,
    paint('dim', 'A transition is a pair of a world and another that one step leads to. Runs are looked at up to where they would settle.'),
  ];
};
