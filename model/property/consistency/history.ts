import type { Value } from '../../kernel/value.ts';
import type { Monitor } from '../property.ts';
import type { Operation } from './operation.ts';
import { happeningIn, type Reading } from './reading.ts';
import type { Call, Ending } from './specification.ts';

/** An operation as the history keeps it: it began after these had ended. */
interface Kept {
  /** For each client that has ended some: how many. */
  readonly after: Readonly<Record<string, number>>;
  readonly call: Call;
  /** Null while it is open. */
  readonly ending: Ending | null;
}

interface Client {
  readonly ended: readonly Kept[];
  readonly open: Readonly<Record<string, Kept>>;
}

type Clients = Readonly<Record<string, Client>>;

const fresh: Client = { ended: [], open: {} };

/**
 * A monitor that keeps the whole history of operations, for checkers that need all of it: {@link operationsOf} gives it to
 * them. It remembers what ended before what began, and not the order of events beyond that, so that histories that no
 * client can tell apart are one. It grows with each operation: bound the commands of the scenario.
 *
 * ```ts
 * monitors: { history: history() },
 * always: { isSequential: (world) => checkSequential(register, operationsOf(world.monitor('history'))).verdict !== 'violated' },
 * ```
 */
export const history = (reading: Reading = {}): Monitor => ({
  initial: {},
  next: (before, heard) => {
    const clients = before as unknown as Clients;
    const happening = happeningIn(reading, heard);
    if (happening === null) return before;
    const { client: name, operation } = happening;
    const client = clients[name] ?? fresh;
    const now = (changed: Client): Value => ({ ...clients, [name]: changed }) as unknown as Value;
    const { [operation]: open, ...others } = client.open;
    if (happening.type === 'ends')
      return open === undefined ? before : now({ ended: [...client.ended, { ...open, ending: happening.endingOf(open.call) }], open: others });
    const after = Object.entries(clients).flatMap(([each, { ended }]) => (ended.length === 0 ? [] : [[each, ended.length]]));
    // An id that is used again, after a crash: nobody will tell how the first call ended.
    const ended = open === undefined ? client.ended : [...client.ended, { ...open, ending: { type: 'indefinite' } as const }];
    return now({ ended, open: { ...others, [operation]: { after: Object.fromEntries(after), call: happening.call, ending: null } } });
  },
});

/** The operations that a {@link history} keeps, with positions that say what ended before what began. */
export const operationsOf = (state: Value): readonly Operation[] => {
  const clients = Object.entries(state as unknown as Clients);
  const all = clients.flatMap(([client, { ended, open }]) => [
    ...ended.map((kept, index) => ({ client, kept, index })),
    ...Object.values(open).map((kept) => ({ client, kept, index: Number.POSITIVE_INFINITY })),
  ]);
  // Of two operations, the one that began later has seen all endings that the other has: their number is an order.
  const seenBy = ({ after }: Kept): number => Object.values(after).reduce((sum, count) => sum + count, 0);
  const numbers = [...new Set(all.map(({ kept }) => seenBy(kept)))].sort((a, b) => a - b);
  const begins = (kept: Kept): number => 2 * numbers.indexOf(seenBy(kept));
  return all
    .map(({ client, kept, index }): Operation => {
      const { call, ending } = kept;
      const follow = all.filter((other) => (other.kept.after[client] ?? 0) > index).map((other) => begins(other.kept));
      const isOpen = ending === null || ending.type === 'indefinite';
      const ends = isOpen ? Number.POSITIVE_INFINITY : follow.length === 0 ? 2 * numbers.length : Math.min(...follow) - 1;
      return { client, call, ending: ending ?? { type: 'indefinite' }, begins: begins(kept), ends };
    })
    .sort((a, b) => a.begins - b.begins);
};
