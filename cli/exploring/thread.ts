import { parentPort, workerData } from 'node:worker_threads';
import { type Planned, planned } from '../../model/explore/plan.ts';
import type { Progress } from '../../model/explore/report.ts';
import type { Tally } from '../../model/explore/tally.ts';
import { type ErrorKind, RolecallError } from '../../model/kernel/errors.ts';
import type { Entry } from '../catalogue.ts';
import { entriesOf } from '../names.ts';
import { Board } from './board.ts';
import { askedOf } from './job.ts';
import type { RunOptions } from './run-options.ts';
import { type Work, work } from './work.ts';

/** The entry of a thread that explores beside the main one. It loads the protocols itself: machines are not sent to threads. */

/** What a thread is given. */
export interface Orders {
  readonly work: Work;
  readonly options: RunOptions;
  readonly memory: SharedArrayBuffer;
}

/** What a thread says. An error of ours is sent by its parts, for its class does not survive. */
export type Said =
  | { readonly said: 'progress'; readonly job: number; readonly progress: Progress }
  | { readonly said: 'done'; readonly job: number; readonly tally: Tally | null }
  /** It has nothing left to do. */
  | { readonly said: 'through' }
  | { readonly said: 'failed'; readonly fault: { kind: ErrorKind; code: string; message: string; place: string; advice: string } };

const say = (what: Said): void => parentPort?.postMessage(what);

const { work: given, options, memory } = workerData as Orders;
const board = new Board(memory);
const plans = new Map<string, Promise<Planned>>();

const planOf = (protocol: string): Promise<Planned> => {
  let plan = plans.get(protocol);
  if (plan === undefined) {
    plan = entriesOf([protocol]).then(([entry]) => planned(askedOf(entry as Entry, options, () => board.isStopped)));
    plans.set(protocol, plan);
  }
  return plan;
};

try {
  await work(given, board, planOf, {
    progress: (job, progress) => say({ said: 'progress', job, progress }),
    done: (job, tally) => say({ said: 'done', job, tally }),
  });
  say({ said: 'through' });
} catch (error) {
  if (!(error instanceof RolecallError)) throw error;
  const { kind, code, message, place, advice } = error;
  say({ said: 'failed', fault: { kind, code, message, place, advice } });
}
