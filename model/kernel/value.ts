/**
 * What a context, an event or an effect may hold. Everything else (functions, class instances, undefined, fractions)
 * is refused with a typed error when it is interned, because it could not be compared, hashed or written to a trace.
 */
export type Value =
  | null
  | boolean
  /** A safe integer. Probabilities and other ratios are pairs of integers. */
  | number
  | bigint
  | string
  | Uint8Array
  | readonly Value[]
  | ReadonlyMap<Value, Value>
  | ReadonlySet<Value>
  | ValueRecord;

export interface ValueRecord {
  readonly [key: string]: Value;
}
