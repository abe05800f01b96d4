import { keccak_256 } from '@noble/hashes/sha3.js';
import type { Body, Fault } from '../chain.ts';
import type { DifficultyRule } from '../rules/difficulty.ts';
import { sameBytes } from './bytes.ts';
import { ommersHash, emptyListHash, transactionsCommitment } from './commitments.ts';
import { type HeaderFields, sealSubject } from './exact-header.ts';

/** A transfer of value costs this much gas. Source: yellow paper, appendix G, G_transaction. */
export const transferGas = 21_000;
export const minGasLimit = 5_000;
const gasLimitDivisor = 1_024;
const maxExtraData = 32;

/** The difficulty of a child of a header that comes at this time. */
export const difficultyOver = (rule: DifficultyRule, parent: HeaderFields, timestamp: number): bigint =>
  rule({
    number: BigInt(parent.number + 1),
    seconds: BigInt(timestamp - parent.timestamp),
    parentDifficulty: parent.difficulty,
    parentHasOmmers: !sameBytes(parent.ommersHash, emptyListHash),
  });

/** The first rule that a header breaks against its parent. Source: yellow paper, section 4.3.4, equations 50 to 59. */
export const ruleFault = (rule: DifficultyRule, header: HeaderFields, parent: HeaderFields, parentHash: Uint8Array): Fault | null => {
  if (!sameBytes(header.parentHash, parentHash)) return 'parentHash';
  if (header.number !== parent.number + 1) return 'number';
  if (header.timestamp <= parent.timestamp) return 'timestamp';
  if (header.difficulty !== difficultyOver(rule, parent, header.timestamp)) return 'difficulty';
  if (header.gasLimit < minGasLimit || Math.abs(header.gasLimit - parent.gasLimit) >= Math.floor(parent.gasLimit / gasLimitDivisor))
    return 'gasLimit';
  if (header.gasUsed > header.gasLimit) return 'gasUsed';
  return header.extraData.length > maxExtraData ? 'extraData' : null;
};

/** Whether the header commits to the body, the gas that its transfers cost included. */
export const commitsTo = (header: HeaderFields, body: Body): boolean => {
  const ommers = ommersHash(body.ommers);
  return (
    ommers !== null &&
    sameBytes(header.ommersHash, ommers) &&
    sameBytes(header.transactionsRoot, transactionsCommitment(body.transactions)) &&
    header.gasUsed === transferGas * body.transactions.length
  );
};

/**
 * How the proof of work is checked. Ethash itself is not: it needs a data set of a gigabyte. `model` puts the digest of the
 * header without its seal where ethash puts its own, so that a lying peer's bad seal can be told from a good one; `unchecked`
 * accepts every seal, and is for headers whose work was done in the world.
 */
export type SealMode = 'model' | 'unchecked';

export const sealed = (fields: HeaderFields): HeaderFields => ({ ...fields, mixHash: sealSubject(fields), nonce: new Uint8Array(8) });

export const sealFault = (mode: SealMode, fields: HeaderFields): Fault | null =>
  mode === 'unchecked' || sameBytes(fields.mixHash, sealSubject(fields)) ? null : 'seal';

/** The last twenty bytes of the digest of a name: no key stands behind the address. */
export const addressBytes = (name: string): Uint8Array => keccak_256(new TextEncoder().encode(name)).slice(-20);
