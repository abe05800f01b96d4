import { sameValue } from '../../model/property/consistency/values.ts';
import type { WorldView } from '../../model/property/property.ts';
import type { Roles } from '../../model/protocol/protocol.ts';
import type { Action } from '../../model/world/action.ts';
import type { ClientContext } from '../../spec/request-response/client/asking.ts';
import { storedKey } from '../../spec/request-response/client/calling.ts';

/** The step after which whoever was told something has stored what it remembers of it: no restart takes it back. */
export const keepsWhatItIsTold =
  <R extends Roles>(role: keyof R & string) =>
  (_: WorldView<R>, action: Action, after: WorldView<R>): boolean => {
    if (action.type !== 'Deliver' || action.message !== 'Notice' || action.toRole !== role || action.crashAfter !== undefined) return true;
    const client = after.at(role, action.to);
    if (client?.running !== true) return true;
    const kept = client.stored[storedKey] as ClientContext<unknown> | undefined;
    return kept !== undefined && sameValue(kept.local as never, (client.context as ClientContext<unknown>).local as never);
  };
