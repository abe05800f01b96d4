import { CheckpointReader } from '../../model/explore/exhaustive/checkpoint.ts';
import type { Keeping } from '../../model/explore/exhaustive/options.ts';

/** Keeps a search in memory when it ends with worlds left, and what was written then; for tests. */
export const keeping = (): { readonly keeping: Keeping; readonly bytes: () => Buffer } => {
  let bytes = Buffer.alloc(0);
  const keep = (pieces: Iterable<Uint8Array>): void => {
    bytes = Buffer.concat([...pieces]);
  };
  return { keeping: { isDue: () => false, keep }, bytes: () => bytes };
};

/** Reads what was kept. */
export const readerOf = (bytes: Buffer): CheckpointReader => {
  let at = 0;
  const read = (into: Uint8Array): number => {
    const count = bytes.copy(into, 0, at);
    at += count;
    return count;
  };
  return new CheckpointReader({ name: 'kept', size: bytes.length, read });
};
