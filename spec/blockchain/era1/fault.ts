import { RolecallError } from '../../../model/kernel/errors.ts';

const advice = {
  ERA1_CUT: 'The file ends too early; download it anew and compare its length.',
  ERA1_FORMAT: 'This is not an era1 file, or it was changed; give a file made by `geth export-history` or from an era1 archive.',
  ERA1_CHECKSUM: 'The bytes were changed after they were written; download the file anew.',
  ERA1_TOO_LARGE: 'No block is this large; the file was changed, or is meant to exhaust memory.',
  ERA1_RLP: 'The record is not what its type says; download the file anew.',
  ERA1_NUMBER: 'The blocks must follow one another; the file was put together wrongly.',
  ERA1_PARENT: 'The block, or the one before it, was changed; download the file anew.',
  ERA1_DIFFICULTY: 'The file states a total difficulty that is not the sum of the difficulties; download it anew.',
  ERA1_RULE: 'The block breaks a rule of the chain; it, or the one before it, was changed.',
  ERA1_BODY: 'The body is not the one that the header commits to; download the file anew.',
  ERA1_OMMERS: 'The block breaks a rule of ommers; the file was changed.',
  ERA1_STATE: 'The header commits to another state; the file was changed, or does not begin at the genesis of Ethereum.',
  ERA1_ACCUMULATOR: 'The blocks are not the ones that the file was made of; download it anew.',
  ERA1_INDEX: 'The index at the end does not fit the records; download the file anew.',
  ERA1_TRANSACTIONS:
    'Blocks with transactions need a machine for contracts, which this release has not; give the first file of the chain, whose blocks have none.',
  ERA1_START: 'Balances follow from the genesis allocation alone; give the file that begins at block 0.',
} as const;

export type Era1Code = keyof typeof advice;

/** A place in a chain file: the byte, and the block as soon as its number is known. */
export type Place = { readonly offset?: number; readonly block?: number | 'first' };

/** What is wrong with a chain file, and where. */
export const era1Error = (code: Era1Code, message: string, { offset, block }: Place, cause?: unknown): RolecallError => {
  const name = block === 'first' ? 'first block' : `block ${block}`;
  return new RolecallError({
    code,
    message: block === undefined ? message : `${name}: ${message}`,
    place: [...(offset === undefined ? [] : [`byte ${offset}`]), ...(block === undefined ? [] : [name])].join(', '),
    advice: advice[code],
    cause,
  });
};
