import { answer, failure, type Service, unknownOperation } from '../request-response/service.ts';
import { type Ended, type Program, run, type Store } from './machine.ts';

/** How a server runs programs; what is left out is as it should be. */
interface RunRules {
  /** How many steps a run may take. Source: RFC 3875, 3.4: the server may end a script at any time. */
  readonly mostSteps?: number;
  /** What is kept of a run that did not return. */
  readonly keeps?: (before: Store, ended: Ended) => Store;
  /** What a run finds before it begins, besides what is stored: nothing of the runs before it. */
  readonly input?: (given: number, before: Store) => number;
}

/** What a user is told of a run. */
export type RunResult = Pick<Ended, 'how' | 'result' | 'steps'>;

/** How many steps a run may take. */
export const usualSteps = 20;

const noSuchProgram = '404 no such program';

/** A server that runs programs which are installed on it. Source: RFC 3875, 3.4: Execution. */
export const applicationServer = (programs: Readonly<Record<string, Program>>, atFirst: Store, rules: RunRules = {}): Service<Store> => {
  const { mostSteps = usualSteps, keeps = (before) => before, input = (given) => given } = rules;
  return {
    doc: 'Runs the program that is asked for with the input that is given, and returns its result.',
    start: atFirst,
    apply: (store, call) => {
      if (call.type !== 'Run') return { state: store, result: unknownOperation(call) };
      const program = programs[call['program'] as string];
      if (program === undefined) return { state: store, result: failure(noSuchProgram) };
      const ended = run(program, input(call['input'] as number, store), store, mostSteps);
      const { how, result, steps } = ended;
      return { state: how === 'returned' ? ended.store : keeps(store, ended), result: answer({ how, result, steps } satisfies RunResult) };
    },
  };
};
