/** Why a step of a log does not fit. */
export interface Refusal {
  /** What was compared: whether the event could happen, or what the step did. */
  readonly field: 'event' | 'rules' | 'effects' | 'state' | 'threw' | 'order';
  readonly says: string;
  /** What the model has there, and what the log has. */
  readonly expected: readonly string[];
  readonly found: readonly string[];
  /** No other order of the steps could mend it. */
  readonly certain: boolean;
}

/** Another order of the steps may mend it. */
export const waits = (says: string): Refusal => ({ field: 'order', says, expected: [], found: [], certain: false });

/** No other order of the steps does. */
export const certainly = (field: Refusal['field'], says: string, expected: readonly string[], found: readonly string[]): Refusal => ({
  field,
  says,
  expected,
  found,
  certain: true,
});
