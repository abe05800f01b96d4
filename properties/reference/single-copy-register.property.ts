import type { Value } from '../../model/kernel/value.ts';
import { defineProperty } from '../../model/property/property.ts';
import { nothing } from '../../model/protocol/protocol.ts';
import type { Effect, HostName } from '../../model/role/effect.ts';
import { blank, singleCopyRegister } from '../../spec/reference/single-copy-register.ts';

/** An operation as Stateright's tester of linearizability remembers it: it began after these of the other clients had ended. */
interface Operation {
  /** For each other client that has ended one: the number of its last one. */
  readonly after: Readonly<Record<string, number>>;
  readonly kind: 'write' | 'read';
  /** What was written, or what was read; null until then. */
  readonly value: string | null;
}

interface Thread {
  readonly ended: readonly Operation[];
  readonly inFlight: Operation | null;
}

type History = Readonly<Record<string, Thread>>;

const fresh: Thread = { ended: [], inFlight: null };

/** The history after one effect of a client. */
const next = (state: Value, { host, effect }: { readonly host: HostName; readonly effect: Effect }): Value => {
  const history = state as unknown as History;
  const thread = history[host] ?? fresh;
  const now = (changed: Thread): Value => ({ ...history, [host]: changed }) as unknown as Value;
  if (effect.type === 'invoke') {
    const after = Object.entries(history).flatMap(([other, { ended }]) => (other === host || ended.length === 0 ? [] : [[other, ended.length - 1]]));
    const value = effect.operation === 'write' ? (effect.input as string) : null;
    return now({ ...thread, inFlight: { after: Object.fromEntries(after), kind: effect.operation as 'write' | 'read', value } });
  }
  if (effect.type !== 'return' || thread.inFlight === null) return state;
  const { kind, value } = thread.inFlight;
  const read = effect.outcome.definite ? (effect.outcome.value as string) : null;
  return now({ ended: [...thread.ended, { ...thread.inFlight, value: kind === 'read' ? read : value }], inFlight: null });
};

/** Whether the operations that ended, and some of those in flight, have an order that a register explains. */
const isLinearizable = (history: History): boolean => {
  const threads = Object.entries(history);
  const follows = (done: Readonly<Record<string, number>>, held: string): boolean => {
    if (threads.every(([client, { ended }]) => (done[client] ?? 0) >= ended.length)) return true;
    return threads.some(([client, { ended, inFlight }]) => {
      const at = done[client] ?? 0;
      const operation = ended[at] ?? (at === ended.length ? inFlight : null);
      if (operation === null || Object.entries(operation.after).some(([other, last]) => (done[other] ?? 0) <= last)) return false;
      // What a read in flight will see is open; taking it changes nothing.
      if (operation.kind === 'read' && at < ended.length && operation.value !== held) return false;
      return follows({ ...done, [client]: at + 1 }, operation.kind === 'write' ? (operation.value as string) : held);
    });
  };
  return follows({}, blank);
};

export const linearizable = defineProperty(singleCopyRegister, {
  id: 'REGISTER-LINEARIZABLE',
  claim: 'Reads and writes seem to happen one after the other, each between its call and its answer.',
  source: 'Herlihy and Wing 1990; Stateright, single-copy-register: linearizable',
  holdsUnder: ['oneServer'],
  failsUnder: { twoServers: 'Two copies that nobody keeps equal: a client reads from the other copy what was never written there.' },
  monitors: { history: { initial: {}, next } },
  always: { isLinearizable: (world) => isLinearizable(world.monitor('history') as unknown as History) },
  sometimes: {
    aWriteIsRead: (world) =>
      world.inFlight().some(({ message }) => message.type === 'GetOk' && (message as { readonly value?: string }).value !== blank),
  },
  shows: { server: ({ context: { value } }) => (value === blank ? 'blank' : value) },
  mutants: {
    forgetsWrites: {
      doc: 'A server confirms what it does not keep.',
      roles: { server: { actions: { keep: nothing } } },
    },
  },
});

export const singleCopyRegisterProperties = [linearizable];
