import { RolecallError } from '../../model/kernel/errors.ts';
import { nearest } from '../../model/kernel/nearest.ts';
import type { Occurrence } from '../../model/property/consistency/effects.ts';
import { type SessionGuarantee, sessionGuarantees } from '../../model/property/consistency/sessions.ts';
import type { Isolation, TransactionObject } from '../../model/property/consistency/transactions/check.ts';
import { type Consistency, consistencies } from './consistencies.ts';
import type { ObjectModel } from './dialects.ts';
import type { Asked, Judged } from './judged.ts';
import { judgeObjects } from './objects.ts';
import { judgeCloseToOpen, judgeEffects, judgeSessions } from './promises.ts';
import { judgeTransactions } from './transactions.ts';

/** How a history is judged, of a model that fits. */
type Judge = (model: string, asked: Asked) => Generator<void, Judged>;

const ordered =
  (order: 'linearizable' | 'sequential'): Judge =>
  (model, asked) =>
    judgeObjects(model as ObjectModel, order, asked);

const isolated =
  (isolation: Isolation): Judge =>
  (model, asked) =>
    judgeTransactions(model as TransactionObject, isolation, asked);

const session =
  (...guarantees: readonly SessionGuarantee[]): Judge =>
  (model, asked) =>
    judgeSessions(model as ObjectModel, guarantees, asked);

const occurring =
  (promise: Occurrence): Judge =>
  (model, asked) =>
    judgeEffects(model as ObjectModel, promise, asked);

/** How each promise is judged. */
export const judges: Readonly<Record<Consistency, Judge>> = {
  linearizable: ordered('linearizable'),
  sequential: ordered('sequential'),
  serializable: isolated('serializable'),
  'strict-serializable': isolated('strict-serializable'),
  'snapshot-isolation': isolated('snapshot-isolation'),
  'read-committed': isolated('read-committed'),
  'read-uncommitted': isolated('read-uncommitted'),
  session: session(...sessionGuarantees),
  'read-your-writes': session('read-your-writes'),
  'monotonic-reads': session('monotonic-reads'),
  'monotonic-writes': session('monotonic-writes'),
  'writes-follow-reads': session('writes-follow-reads'),
  'at-most-once': occurring('at-most-once'),
  'at-least-once': occurring('at-least-once'),
  'exactly-once': occurring('exactly-once'),
  'close-to-open': (_, asked) => judgeCloseToOpen(asked),
};

/** The error for a name that is not known, or does not fit. */
const unfit = (what: string, given: string, known: readonly string[]): RolecallError => {
  const near = nearest(given, known);
  return new RolecallError({
    code: `UNKNOWN_${what.toUpperCase()}`,
    message: `There is no ${what} ${JSON.stringify(given.slice(0, 80))} here.${near === null ? '' : ` Did you mean ${near}?`}`,
    advice: `Known: ${known.join(', ')}. See \`rolecall history --help\`.`,
  });
};

/** What is asked of a model: what was named, or the first that is made for it. */
export const consistencyOf = (model: string, asked: string | undefined): Consistency => {
  const names = Object.keys(consistencies) as Consistency[];
  const models = [...new Set<string>(names.flatMap((name) => consistencies[name].models))];
  if (!models.includes(model)) throw unfit('model', model, models);
  const fitting = names.filter((name) => (consistencies[name].models as readonly string[]).includes(model));
  if (asked === undefined) return fitting[0] as Consistency;
  const found = fitting.find((name) => name === asked);
  if (found === undefined) throw unfit('consistency', asked, fitting);
  return found;
};
