import type { RunReport } from '../../model/explore/report.ts';
import type { ChainStatistics } from '../../spec/blockchain/era1/statistics.ts';
import type { VerifiedChainFile } from '../../spec/blockchain/era1/verify-chain-file.ts';
import { counted, listed, number } from './words.ts';

/** A ratio of integers with two decimals, rounded. */
const hundredths = (part: number, whole: number): string => {
  const scaled = whole === 0 ? 0 : Math.floor((part * 200 + whole) / (2 * whole));
  return `${Math.floor(scaled / 100)}.${String(scaled % 100).padStart(2, '0')}`;
};

const contents = ({ blocks, ommers, blocksWithOmmers, ommersAtDepth, transactions, interval, totalDifficulty }: ChainStatistics): string[] => [
  `${counted(blocks, 'block')}, ${counted(transactions, 'transaction')}, ${counted(ommers, 'ommer')} in ${counted(blocksWithOmmers, 'block')}`,
  `ommers by depth: ${listed([...ommersAtDepth].map(([depth, count]) => `${depth}: ${number(count)}`))}`,
  `mean interval ${hundredths(interval.seconds, interval.blocks)} s, total difficulty ${totalDifficulty}`,
];

/** What of a chain file was compared, and was as it must be. */
export const verifiedLines = ({ counts, statistics }: Pick<VerifiedChainFile, 'counts' | 'statistics'>): string[] => [
  ...contents(statistics).map((line) => `  ${line}`),
  `  verified: ${listed([
    counted(counts.parentLinks, 'parent link'),
    counted(counts.totalDifficulties, 'total difficulty', 'total difficulties'),
    counted(counts.difficulties, 'difficulty by rule', 'difficulties by rule'),
    counted(counts.ommerHashes, 'ommer hash', 'ommer hashes'),
    counted(counts.stateRoots, 'state root'),
  ])}`,
];

/** What was downloaded, and how fast; nothing where a download was not complete. Later runs remember steps of earlier ones. */
export const downloadLines = ({ claims, timings }: RunReport, blocks: number): string[] => {
  const whole = claims.find(({ id, verdict }) => id === 'JOIN-GETS-ALL' && verdict === 'passes');
  if (whole === undefined) return [];
  const speed = timings.seconds > 0 ? `, ${number((whole.runs * (blocks - 1)) / timings.seconds)} blocks/s` : '';
  return [
    `downloaded in each of ${counted(whole.runs, 'run')}: ${number(blocks - 1)} blocks over the genesis, each header decoded, hashed and checked by the peer that joined${speed}`,
  ];
};
