/** One instruction. Numbers stand on a stack; the store has a number under each name. */
export type Instruction =
  | readonly ['push', number]
  | readonly ['input' | 'add' | 'subtract']
  | readonly ['load' | 'store', string]
  /** Takes a number from the stack, and goes on elsewhere if it is negative. */
  | readonly ['ifNegative', number]
  | readonly ['goTo', number]
  | readonly ['return' | 'fail'];

export type Program = readonly Instruction[];

/** What programs leave behind. */
export type Store = Readonly<Record<string, number>>;

/** How a run ended: with a result, by failing, or stopped because it took too long. */
export type Ended = { readonly how: 'returned' | 'failed' | 'stopped'; readonly result: number; readonly store: Store; readonly steps: number };

/** Where a run is. */
interface Running {
  readonly at: number;
  readonly stack: readonly number[];
  readonly store: Store;
}

const pop = ({ stack }: Running): readonly [top: number, rest: readonly number[]] => [stack.at(-1) ?? 0, stack.slice(0, -1)];

/** Takes one instruction that does not end the run. */
const step = (instruction: Instruction, running: Running, input: number): Running => {
  const next = { ...running, at: running.at + 1 };
  const [top, rest] = pop(running);
  switch (instruction[0]) {
    case 'push':
      return { ...next, stack: [...running.stack, instruction[1]] };
    case 'input':
      return { ...next, stack: [...running.stack, input] };
    case 'add':
      return { ...next, stack: [...rest.slice(0, -1), (rest.at(-1) ?? 0) + top] };
    case 'subtract':
      return { ...next, stack: [...rest.slice(0, -1), (rest.at(-1) ?? 0) - top] };
    case 'load':
      return { ...next, stack: [...running.stack, running.store[instruction[1]] ?? 0] };
    case 'store':
      return { ...next, stack: rest, store: { ...running.store, [instruction[1]]: top } };
    case 'ifNegative':
      return { ...next, stack: rest, at: top < 0 ? instruction[1] : next.at };
    case 'goTo':
      return { ...next, at: instruction[1] };
    default:
      return next;
  }
};

/** Runs a program for at most so many steps. A program that runs out of instructions returns what is on top. */
export const run = (program: Program, input: number, store: Store, mostSteps: number): Ended => {
  let running: Running = { at: 0, stack: [], store };
  for (let steps = 0; steps < mostSteps; steps++) {
    const instruction = program[running.at] ?? ['return'];
    if (instruction[0] === 'return') return { how: 'returned', result: pop(running)[0], store: running.store, steps };
    if (instruction[0] === 'fail') return { how: 'failed', result: 0, store: running.store, steps };
    running = step(instruction, running, input);
  }
  return { how: 'stopped', result: 0, store: running.store, steps: mostSteps };
};
