import type { HostName } from '../../model/role/effect.ts';
import { answer, failure, type Service } from '../request-response/service.ts';
import { type FileSystem, fileSystem, noFile } from './file-system.ts';

/** A lock on a file: whose it is, its number, which no other lock ever has, and the units of the server's clock that it has left. */
export type Lock = { readonly holder: HostName; readonly stateid: number; readonly left: number };

export type LockedFiles = FileSystem & {
  /** By name of the file. */
  readonly locks: Readonly<Record<string, Lock>>;
  /** Locks that were ever granted. */
  readonly granted: number;
  /** Units until locks are granted again, after a crash in which the server forgot whose they were. */
  readonly grace: number;
};

export const denied = 'locked by another';
export const inGrace = 'grace period';
export const expired = 'no such lock any more';

/** What a server grants, and what it asks of those who use it. What is left out is as it should be. */
interface LockRules {
  /** How long a lock lasts. The unit in which it is granted counts as a whole one, so that it lasts up to one unit less. */
  readonly units: number;
  /** Whether a write is allowed by the lock on its file. */
  readonly isHeld?: (lock: Lock | undefined, stateid: number) => boolean;
  /** Whether a lock is given to whoever asks, though it is another's. */
  readonly isFree?: (lock: Lock | undefined, asks: HostName) => boolean;
  /** What is left of a lock one unit later. */
  readonly countDown?: (left: number) => number;
  /** How long no lock is granted after a crash: all that the server has forgotten run out in that time. */
  readonly graceUnits?: number;
}

const without = (locks: LockedFiles['locks'], name: string): LockedFiles['locks'] =>
  Object.fromEntries(Object.entries(locks).filter(([each]) => each !== name));

/**
 * Files with locks that are granted for a time. A write names the lock under which it is made, by a number that grows with
 * each grant, and takes effect only while that lock is held. Source: RFC 8881, 8.3 Lease Renewal, 8.2.1 stateids, 8.4.2
 * Server Failure and Recovery; 18.10 LOCK, 18.12 LOCKU, 18.32 WRITE.
 */
export const lockedFiles = (rules: LockRules): Service<LockedFiles> => {
  const { units } = rules;
  const isHeld = rules.isHeld ?? ((lock, stateid) => lock?.stateid === stateid);
  const isFree = rules.isFree ?? ((lock, asks) => lock === undefined || lock.holder === asks);
  const countDown = rules.countDown ?? ((left) => left - 1);
  return {
    doc: `${fileSystem.doc.slice(0, -1)}; and locks on them, granted for a time.`,
    start: { ...fileSystem.start, locks: {}, granted: 0, grace: 0 },
    isSafe: (call) => fileSystem.isSafe?.(call) ?? false,
    stable: (state) => ({
      ...(fileSystem.stable?.(state) as FileSystem),
      locks: {},
      granted: state.granted,
      grace: state.granted === 0 ? 0 : (rules.graceUnits ?? units),
    }),
    lasting: {
      counts: ({ locks, grace }) => grace > 0 || Object.keys(locks).length > 0,
      elapse: (state) => {
        const left = Object.entries(state.locks).map(([name, lock]) => [name, { ...lock, left: countDown(lock.left) }] as const);
        return { ...state, grace: Math.max(0, state.grace - 1), locks: Object.fromEntries(left.filter(([, lock]) => lock.left > 0)) };
      },
    },
    apply: (state, call, caller) => {
      const name = call['name'] as string;
      const stateid = call['stateid'] as number;
      const { files, locks, granted, grace } = state;
      const lock = locks[name];
      const file = files[name];
      switch (call.type) {
        case 'lock': {
          if (file === undefined) return { state, result: failure(noFile) };
          if (grace > 0) return { state, result: failure(inGrace) };
          if (!isFree(lock, caller)) return { state, result: failure(denied) };
          const own: Lock = { holder: caller, stateid: granted + 1, left: units };
          return { state: { ...state, granted: granted + 1, locks: { ...locks, [name]: own } }, result: answer(own.stateid) };
        }
        case 'renew':
          if (lock === undefined || lock.stateid !== stateid) return { state, result: failure(expired) };
          return { state: { ...state, locks: { ...locks, [name]: { ...lock, left: units } } }, result: answer(stateid) };
        case 'unlock':
          return { state: lock?.stateid === stateid ? { ...state, locks: without(locks, name) } : state, result: answer(null) };
        case 'writeUnder': {
          if (file === undefined) return { state, result: failure(noFile) };
          if (!isHeld(lock, stateid)) return { state, result: failure(expired) };
          return { state: { ...state, files: { ...files, [name]: { ...file, data: call['data'] as string } } }, result: answer(null) };
        }
        default: {
          const served = fileSystem.apply(state, call, caller);
          return 'asks' in served ? served : { ...served, state: { ...state, ...served.state } };
        }
      }
    },
  };
};
