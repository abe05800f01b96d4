import type { Value } from '../../kernel/value.ts';
import type { Operation } from './operation.ts';
import { answersTo, type Call, type Specification } from './specification.ts';
import { textOf } from './values.ts';

/** Which order of a history must be kept: of operations where one ended before the other began. */
export type Kept =
  /** Of all operations: linearizability, strict serializability. */
  | 'all'
  /** Of each client's own: sequential consistency. */
  | 'own'
  /** None: serializability. */
  | 'none';

/** What a search may take. */
export interface Limits {
  /** So many ways to have got so far are remembered. */
  readonly configurations: number;
  /** Asked between two pieces; true ends the search. */
  readonly shouldStop?: () => boolean;
}

/** What a search for an order found. */
export interface Ordering {
  /** Whether there is an order that the specification explains; null where something ran out first. */
  readonly found: boolean | null;
  readonly ranOut: 'configurations' | 'interrupted' | null;
  /** The order, or as much of one as could be made: the operations that took effect. */
  readonly order: readonly Operation[];
  /** The ending that came earliest among those that no order reached; infinite where one was found. */
  readonly stuckAt: number;
}

/** A specification with its states, calls and answers as small integers; each answer is computed once. */
class Table {
  private readonly values: Value[] = [];
  /** Scalars by themselves, and what is put together by its text: states may be long texts, which nobody needs a hash of. */
  private readonly ofScalar = new Map<Value, number>();
  private readonly ofText = new Map<string, number>();
  private readonly known = new Map<number, Map<number, readonly (readonly [state: number, output: number])[]>>();
  private readonly specification: Specification;

  constructor(specification: Specification) {
    this.specification = specification;
  }

  id(value: Value): number {
    const isWhole = typeof value === 'object' && value !== null;
    const text = isWhole ? textOf(value) : '';
    const known = isWhole ? this.ofText.get(text) : this.ofScalar.get(value);
    if (known !== undefined) return known;
    const id = this.values.push(value) - 1;
    if (isWhole) this.ofText.set(text, id);
    else this.ofScalar.set(value, id);
    return id;
  }

  idOfCall({ operation, input }: Call): number {
    return this.id([operation, input]);
  }

  answers(state: number, call: Call, callId: number): readonly (readonly [state: number, output: number])[] {
    let ofCall = this.known.get(callId);
    if (ofCall === undefined) {
      ofCall = new Map();
      this.known.set(callId, ofCall);
    }
    let answers = ofCall.get(state);
    if (answers === undefined) {
      answers = answersTo(this.specification, this.values[state] as Value, call).map((answer) => [this.id(answer.state), this.id(answer.output)]);
      ofCall.set(state, answers);
    }
    return answers;
  }
}

/** An operation that must have its place in the order. */
interface Required {
  readonly operation: Operation;
  readonly callId: number;
  /** What it returned; −1 where that is of no interest. */
  readonly output: number;
  readonly readOnly: boolean;
}

/** Operations with one and the same call that may have their place: who took effect is all the same, so the first one did. */
interface Spare {
  readonly operations: readonly Operation[];
  readonly callId: number;
}

/** One way to go on: a required operation, or a spare one, and the state after it. */
interface Move {
  readonly chain: number;
  readonly spare: number;
  readonly state: number;
}

/** Required operations of which each ended before the next began, and which of them is next. */
interface Chain {
  readonly client: string;
  readonly operations: readonly Required[];
  next: number;
}

interface Frame {
  readonly moves: readonly Move[];
  at: number;
  /** How this frame was reached; null for the first. */
  readonly by: Move | null;
  readonly state: number;
}

/** Between two looks at whether it should stop. */
const piece = 4096;

/**
 * Looks for an order of operations that a specification explains: Wing and Gong's search (1993) with the memory of Lowe
 * (2017): a configuration that failed, or one with fewer spare operations used, is not tried again. Operations that
 * failed are left out; those without a certain outcome are spare.
 */
class Search {
  private readonly table: Table;
  private readonly kept: Kept;
  private readonly chains: Chain[];
  private readonly spares: readonly Spare[];
  private readonly used: number[];
  private readonly failed = new Map<string, (readonly number[])[]>();
  private size = 0;
  private left: number;
  private readonly done: Operation[] = [];

  private readonly specification: Specification;

  constructor(specification: Specification, operations: readonly Operation[], kept: Kept) {
    this.specification = specification;
    this.kept = kept;
    const table = new Table(specification);
    this.table = table;
    const sorted = operations.filter(({ ending }) => ending.type !== 'failed').sort((a, b) => a.begins - b.begins);
    const required = sorted
      .filter(({ ending }) => ending.type !== 'indefinite')
      .map(
        (operation): Required => ({
          operation,
          callId: table.idOfCall(operation.call),
          output: operation.ending.type === 'returned' ? table.id(operation.ending.output) : -1,
          readOnly: specification.readOnly?.(operation.call) ?? false,
        }),
      );
    this.left = required.length;
    this.chains = chainsOf(required, kept);
    const spares = new Map<string, Operation[]>();
    for (const operation of sorted) {
      if (operation.ending.type !== 'indefinite' || specification.readOnly?.(operation.call)) continue;
      const key = `${table.idOfCall(operation.call)} ${kept === 'own' ? operation.client : ''}`;
      const known = spares.get(key);
      if (known === undefined) spares.set(key, [operation]);
      else known.push(operation);
    }
    this.spares = [...spares.values()].map((all) => ({ operations: all, callId: table.idOfCall((all[0] as Operation).call) }));
    this.used = this.spares.map(() => 0);
  }

  *run({ configurations, shouldStop }: Limits): Generator<void, Ordering> {
    const start = this.table.id(this.specification.start);
    const frames: Frame[] = [{ moves: this.moves(start), at: 0, by: null, state: start }];
    let furthest = this.firstEnd(null);
    let best: readonly Operation[] = [];
    let tried = 0;
    const ended = (found: boolean | null, ranOut: Ordering['ranOut']): Ordering => ({
      found,
      ranOut,
      order: found === true ? [...this.done] : best,
      stuckAt: found === true ? Number.POSITIVE_INFINITY : furthest,
    });
    if (this.left === 0) return ended(true, null);
    for (let frame = frames.at(-1); frame !== undefined; frame = frames.at(-1)) {
      if (++tried % piece === 0) {
        yield;
        if (shouldStop?.()) return ended(null, 'interrupted');
      }
      const move = frame.moves[frame.at++];
      if (move === undefined) {
        frames.pop();
        if (frame.by !== null) this.undo(frame.by);
        continue;
      }
      this.make(move);
      if (this.left === 0) return ended(true, null);
      const end = this.firstEnd(null);
      if (end > furthest) {
        furthest = end;
        best = [...this.done];
      }
      if (this.remember(move.state)) frames.push({ moves: this.moves(move.state), at: 0, by: move, state: move.state });
      else this.undo(move);
      if (this.size > configurations) return ended(null, 'configurations');
    }
    return ended(false, null);
  }

  /** The earliest ending of an operation that has no place yet, of one client or of all. */
  private firstEnd(client: string | null): number {
    let first = Number.POSITIVE_INFINITY;
    for (const chain of this.chains) {
      if (client !== null && chain.client !== client) continue;
      const next = chain.operations[chain.next];
      if (next !== undefined && next.operation.ends < first) first = next.operation.ends;
    }
    return first;
  }

  /** An operation may be next if none that has no place yet ended before it began. */
  private moves(state: number): readonly Move[] {
    const { table, kept, chains, spares } = this;
    const everyone = kept === 'all' ? this.firstEnd(null) : Number.POSITIVE_INFINITY;
    const endFor = (client: string): number => (kept === 'own' ? this.firstEnd(client) : everyone);
    const moves: (Move & { readonly ends: number })[] = [];
    for (let chain = 0; chain < chains.length; chain++) {
      const { operations, next, client } = chains[chain] as Chain;
      const required = operations[next];
      if (required === undefined || required.operation.begins > endFor(client)) continue;
      for (const [after, output] of table.answers(state, required.operation.call, required.callId)) {
        if (required.output >= 0 && required.output !== output) continue;
        const move = { chain, spare: -1, state: after, ends: required.operation.ends };
        // What was seen and changes nothing can be out of the way at once.
        if (required.readOnly) return [move];
        moves.push(move);
      }
    }
    moves.sort((a, b) => a.ends - b.ends);
    for (let spare = 0; spare < spares.length; spare++) {
      const { operations, callId } = spares[spare] as Spare;
      const operation = operations[this.used[spare] as number];
      if (operation === undefined || operation.begins > endFor(operation.client)) continue;
      for (const [after] of table.answers(state, operation.call, callId))
        if (after !== state) moves.push({ chain: -1, spare, state: after, ends: Number.POSITIVE_INFINITY });
    }
    return moves;
  }

  private make({ chain, spare }: Move): void {
    if (chain >= 0) {
      const { operations, next } = this.chains[chain] as Chain;
      this.done.push((operations[next] as Required).operation);
      (this.chains[chain] as Chain).next++;
      this.left--;
    } else {
      const used = this.used[spare] as number;
      this.done.push((this.spares[spare] as Spare).operations[used] as Operation);
      this.used[spare] = used + 1;
    }
  }

  private undo({ chain, spare }: Move): void {
    this.done.pop();
    if (chain >= 0) {
      (this.chains[chain] as Chain).next--;
      this.left++;
    } else this.used[spare] = (this.used[spare] as number) - 1;
  }

  /** Whether this configuration is worth trying: none like it, with as many spare operations left or more, was met before. */
  private remember(state: number): boolean {
    const key = keyOf(state, this.chains);
    const known = this.failed.get(key);
    if (known === undefined) {
      this.failed.set(key, this.used.length === 0 ? noneUsed : [[...this.used]]);
      this.size++;
      return true;
    }
    if (known.some((used) => used.every((count, at) => count <= (this.used[at] as number)))) return false;
    known.push([...this.used]);
    this.size++;
    return true;
  }
}

/** Of a history without spare operations, all configurations have this in common. */
const noneUsed: (readonly number[])[] = [[]];

/** A text for the numbers; one character for each that is small. */
const keyOf = (state: number, chains: readonly Chain[]): string => {
  let key = `${state} `;
  for (const { next } of chains) key += next < 0xfff0 ? String.fromCharCode(next) : `\uffff${next} `;
  return key;
};

/** Each client's operations, in as few chains as its overlapping ones need; without an order, each is alone. */
const chainsOf = (required: readonly Required[], kept: Kept): Chain[] => {
  if (kept === 'none') return required.map((each) => ({ client: each.operation.client, operations: [each], next: 0 }));
  const chains: { readonly client: string; readonly operations: Required[]; next: number }[] = [];
  const byClient = new Map<string, { readonly client: string; readonly operations: Required[]; next: number }[]>();
  for (const each of required) {
    const { client, begins } = each.operation;
    const own = byClient.get(client) ?? [];
    byClient.set(client, own);
    const free = own.find(({ operations }) => (operations.at(-1) as Required).operation.ends < begins);
    if (free !== undefined) free.operations.push(each);
    else {
      const chain = { client, operations: [each], next: 0 };
      own.push(chain);
      chains.push(chain);
    }
  }
  return chains;
};

/** Looks for an order of the operations in which each did what the specification says; in pieces, so that a program can look after its user. */
export const findOrder = (specification: Specification, operations: readonly Operation[], kept: Kept, limits: Limits): Generator<void, Ordering> =>
  new Search(specification, operations, kept).run(limits);

/** Runs what is done in pieces to its end. */
export const finished = <Result>(pieces: Generator<void, Result>): Result => {
  for (;;) {
    const { done, value } = pieces.next();
    if (done === true) return value;
  }
};
