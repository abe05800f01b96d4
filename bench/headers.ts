import { RLP } from '@ethereumjs/rlp';
import { keccak_256 } from '@noble/hashes/sha3.js';
import { hexOf } from '../spec/blockchain/chains/bytes.ts';
import { decodeHeader, type HeaderFields } from '../spec/blockchain/chains/exact-header.ts';
import { ruleFault } from '../spec/blockchain/chains/exact-rules.ts';
import { realChain } from '../spec/blockchain/chains/ethereum.ts';
import { readEra1 } from '../spec/blockchain/era1/read.ts';
import { importBlocks } from '../spec/blockchain/rules/import.ts';
import { classicDifficulty, difficultyBy } from '../spec/blockchain/rules/difficulty.ts';

/** Headers a second, medians of several rounds that take turns in one process. */
export type HeaderRates = {
  readonly headers: number;
  readonly rounds: number;
  /** Decoding the RLP and hashing alone: what any verification must do. */
  readonly limit: number;
  /** Every rule of a header against its parent, nothing remembered. */
  readonly verified: number;
  /** The same through the chain's own functions, over bytes that were not seen before, as a joining node does. */
  readonly throughChain: number;
  /** Whole blocks through `importBlocks`: header, body, ommers, execution; nothing remembered. */
  readonly imported: number;
  /** `verified` over `limit`, and `throughChain` over `limit`. */
  readonly shareOfLimit: number;
  readonly shareOfLimitThroughChain: number;
};

const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[values.length >> 1] as number;

const hashOf = (header: Uint8Array): string => hexOf(keccak_256(header));

const rule = difficultyBy(classicDifficulty);

const decodeAndHash = (headers: readonly Uint8Array[]): number => {
  let sum = 0;
  for (const header of headers) sum += RLP.decode(header).length + (keccak_256(header)[0] as number);
  return sum;
};

const verify = (headers: readonly Uint8Array[]): number => {
  let parent: HeaderFields | null = null;
  let parentHash: Uint8Array | null = null;
  for (const header of headers) {
    const fields = decodeHeader(header);
    if (fields === null) throw new Error('a header cannot be read');
    const hash = keccak_256(header);
    const fault = parent === null || parentHash === null ? null : ruleFault(rule, fields, parent, parentHash);
    if (fault !== null) throw new Error(`block ${fields.number}: ${fault}`);
    [parent, parentHash] = [fields, hash];
  }
  return headers.length;
};

/** Measures the headers of a chain file. The clock is read here only: nothing in spec/ does. */
export const measureHeaders = (chainFile: Uint8Array, rounds = 7): HeaderRates => {
  const { blocks } = readEra1(chainFile);
  const headers = blocks.map(({ header }) => header);
  const genesis = headers[0] as Uint8Array;
  const chain = realChain(genesis, new Map(blocks.map((block) => [hashOf(block.header), null])));
  const rates: { [name in 'limit' | 'verified' | 'throughChain' | 'imported']: number[] } = {
    limit: [],
    verified: [],
    throughChain: [],
    imported: [],
  };
  const timed = (into: number[], act: () => void): void => {
    const from = performance.now();
    act();
    into.push((1000 * headers.length) / (performance.now() - from));
  };
  for (let round = 0; round < rounds; round++) {
    timed(rates.limit, () => decodeAndHash(headers));
    timed(rates.verified, () => verify(headers));
    // What is remembered is remembered for an array of bytes; copies were not seen before.
    const fresh = headers.map((header) => header.slice());
    timed(rates.throughChain, () => {
      for (let at = 1; at < fresh.length; at++) {
        const fault = chain.headerFault(fresh[at] as Uint8Array, fresh[at - 1] as Uint8Array);
        if (fault !== null) throw new Error(`block ${at}: ${fault}`);
      }
    });
    const unseen = blocks.slice(1).map(({ header, body }) => ({
      header: header.slice(),
      body: { transactions: [], ommers: body.ommers.map((ommer) => (ommer as Uint8Array).slice()) },
    }));
    timed(rates.imported, () => {
      const { fault } = importBlocks(chain, chain.genesis, new Map(), unseen);
      if (fault !== null) throw new Error(fault);
    });
  }
  const [limit, verified, throughChain, imported] = [rates.limit, rates.verified, rates.throughChain, rates.imported].map(median) as [
    number,
    number,
    number,
    number,
  ];
  return {
    headers: headers.length,
    rounds,
    limit,
    verified,
    throughChain,
    imported,
    shareOfLimit: verified / limit,
    shareOfLimitThroughChain: throughChain / limit,
  };
};
