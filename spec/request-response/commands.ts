import type { ValueRecord } from '../../model/kernel/value.ts';

/** A client may call when it waits for no answer. */
export const whenIdle =
  (...values: readonly ValueRecord[]) =>
  ({ value }: { readonly value: unknown }): readonly ValueRecord[] =>
    value === 'idle' ? values : [];

/** A client may take back what it waits for. */
export const whenWaiting = ({ value }: { readonly value: unknown }): readonly ValueRecord[] => (value === 'waiting' ? [{}] : []);
