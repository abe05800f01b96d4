import { measureDownload } from './download.ts';
import { measureHeaders } from './headers.ts';
import { heldOf } from './held.ts';
import type { Measured } from './measured.ts';
import { grouped, medianOf, tableOf } from './table.ts';

export const headersPart = (bytes: Uint8Array, full: boolean): Measured => {
  const rates = measureHeaders(bytes, full ? 15 : 5);
  const share = (rate: number): string => `${Math.round((100 * rate) / rates.limit)} %`;
  return {
    title: `Verifying ${grouped(rates.headers)} real headers, medians of ${rates.rounds} rounds`,
    lines: tableOf([
      ['', 'headers/s', 'of the limit'],
      ['the limit: RLP and Keccak alone', grouped(rates.limit), '100 %'],
      ['every rule', grouped(rates.verified), share(rates.verified)],
      ['every rule, through the chain', grouped(rates.throughChain), share(rates.throughChain)],
      ['whole blocks, executed', grouped(rates.imported), share(rates.imported)],
    ]).split('\n'),
    numbers: rates,
  };
};

export const downloadPart = (bytes: Uint8Array, full: boolean): Measured => {
  const held = heldOf(bytes);
  const seeds = Array.from({ length: full ? 11 : 3 }, (_, seed) => seed + 1);
  const rates = (['download', 'downloadOverDatagrams'] as const).map((scenario) => measureDownload(held, scenario, seeds));
  const rows = rates.map((each) => [
    each[0]?.scenario ?? '',
    grouped(medianOf(each.map(({ blocks }) => blocks))),
    grouped(medianOf(each.map(({ faults }) => faults.length))),
    grouped(medianOf(each.map(({ blocksPerSecond }) => blocksPerSecond))),
    grouped(medianOf(each.map(({ blocksPerProcessorSecond }) => blocksPerProcessorSecond))),
  ]);
  return {
    title: `A faulty download of the whole file, nothing remembered: medians of ${seeds.length} seeds`,
    lines: tableOf([['', 'blocks', 'faults', 'blocks/s', 'blocks/s of processor time'], ...rows]).split('\n'),
    numbers: rates,
  };
};
