import type { Value } from '../../model/kernel/value.ts';
import { sameValue } from '../../model/property/consistency/values.ts';
import type { WorldView } from '../../model/property/property.ts';
import type { Roles } from '../../model/protocol/protocol.ts';
import type { Message } from '../../model/role/effect.ts';
import type { Action } from '../../model/world/action.ts';

/** The message that a step delivers: the one of which fewer are in flight after it. None where the step is another, or where deliveries empty nothing. */
export const delivered = <R extends Roles>(before: WorldView<R>, action: Action, after: WorldView<R>): Message | null => {
  if (action.type !== 'Deliver') return null;
  const of = { from: action.from, to: action.to, type: action.message };
  const left = [...after.inFlight(of)];
  for (const { message } of before.inFlight(of)) {
    const at = left.findIndex((each) => sameValue(each.message as unknown as Value, message as unknown as Value));
    if (at < 0) return message;
    left.splice(at, 1);
  }
  return null;
};
