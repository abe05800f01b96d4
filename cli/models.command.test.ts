import { execFile } from 'node:child_process';
import { cpSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { rolecall } from './called.ts';
import { installedOutside } from './outside.ts';

/** The models of the guide, in a folder outside of this repository that has the package and nothing else. */
const root = join(import.meta.dirname, '..');
let folder = '';
beforeAll(() => {
  folder = installedOutside();
  cpSync(join(root, 'docs', 'guide', 'models'), folder, { recursive: true });
  cpSync(join(root, 'templates', 'tsconfig.json'), join(folder, 'tsconfig.json'));
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Found {
  readonly scenario: string;
  readonly verdict: string;
  readonly distinct: number;
  readonly generated: number;
  readonly depth: number;
  readonly expected?: readonly { readonly property: string; readonly found: string }[];
}

const checked = async (protocol: string): Promise<readonly Found[]> => {
  const bin = join(folder, 'node_modules', 'rolecall', 'bin', 'rolecall.js');
  const { code, out, err } = await rolecall(['check', protocol, '--json'], () => {}, folder, bin);
  expect(code, err).toBe(0);
  return JSON.parse(out) as readonly Found[];
};

/** How many states there are, and how many steps lead from one to another, by a search as plain as can be. */
const plainly = <S>(starts: readonly S[], next: (state: S) => readonly S[]): { readonly distinct: number; readonly steps: number } => {
  const seen = new Set(starts.map((state) => JSON.stringify(state)));
  const todo = [...seen];
  let steps = 0;
  for (let at = todo.pop(); at !== undefined; at = todo.pop())
    for (const after of next(JSON.parse(at) as S).map((state) => JSON.stringify(state))) {
      steps++;
      if (seen.has(after)) continue;
      seen.add(after);
      todo.push(after);
    }
  return { distinct: seen.size, steps };
};

const replaced = <T>(list: readonly T[], at: number, value: T): T[] => list.map((each, index) => (index === at ? value : each));

/** Two processes: where each stands, which of them want to enter, and whose turn it is. */
const peterson = () =>
  plainly([{ pc: [0, 0], turn: 0 }], ({ pc, turn }) =>
    [0, 1].flatMap((who) => {
      const other = 1 - who;
      const to = (where: number, then = turn) => [{ pc: replaced(pc, who, where), turn: then }];
      if (pc[who] === 0) return to(1);
      if (pc[who] === 1) return to(2, other);
      if (pc[who] === 2) return pc[other] === 0 || turn === who ? to(3) : [];
      return to(0);
    }),
  );

/** Machines in a ring, from every state of them; each privilege is a step. */
const ring = (machines: number, values: number) => {
  const all = (count: number): number[][] =>
    count === 0 ? [[]] : all(count - 1).flatMap((rest) => Array.from({ length: values }, (_, value) => [...rest, value]));
  return plainly(all(machines), (state) =>
    state.flatMap((value, at) => {
      const left = state[(at + machines - 1) % machines] as number;
      if (at === 0) return value === left ? [replaced(state, 0, (value + 1) % values)] : [];
      return value === left ? [] : [replaced(state, at, left)];
    }),
  );
};

interface Table {
  /** thinking, waits for the first fork, for the second, eats */
  readonly philosophers: readonly number[];
  /** Who holds each fork, and who waits for it, in order. */
  readonly forks: readonly { readonly isTaken: boolean; readonly queue: readonly number[] }[];
  /** What is on its way, in canonical order. */
  readonly mail: readonly string[];
}

/** Philosophers and forks that send each other messages, in any order. */
const philosophers = (count: number, isLefty: boolean) => {
  const forksOf = (who: number): readonly [number, number] => {
    const [left, right] = [who, (who + 1) % count];
    return isLefty && who === count - 1 ? [right, left] : [left, right];
  };
  const mailed = (table: Table, without: string | null, ...more: readonly string[]): string[] => {
    const rest = [...table.mail];
    if (without !== null) rest.splice(rest.indexOf(without), 1);
    return [...rest, ...more].sort();
  };
  const at = (table: Table, who: number, state: number, without: string | null, ...more: readonly string[]): Table => ({
    ...table,
    philosophers: replaced(table.philosophers, who, state),
    mail: mailed(table, without, ...more),
  });
  const start: Table = { philosophers: Array(count).fill(0), forks: Array(count).fill({ isTaken: false, queue: [] }), mail: [] };
  return plainly([start], (table) => [
    ...table.philosophers.flatMap((state, who) => {
      const [first, second] = forksOf(who);
      if (state === 0) return [at(table, who, 1, null, `take ${who} ${first}`)];
      return state === 3 ? [at(table, who, 0, null, `put ${who} ${first}`, `put ${who} ${second}`)] : [];
    }),
    ...[...new Set(table.mail)].map((letter): Table => {
      const [what, a, b] = letter.split(' ') as [string, string, string];
      if (what === 'given') {
        const who = Number(a);
        const [, second] = forksOf(who);
        return table.philosophers[who] === 1 ? at(table, who, 2, letter, `take ${who} ${second}`) : at(table, who, 3, letter);
      }
      const [who, number] = [Number(a), Number(b)];
      const fork = table.forks[number] as Table['forks'][number];
      const left = (now: Table['forks'][number], ...more: readonly string[]): Table => ({
        ...table,
        forks: replaced(table.forks, number, now),
        mail: mailed(table, letter, ...more),
      });
      const [next, ...queue] = fork.queue;
      if (what === 'take')
        return fork.isTaken ? left({ isTaken: true, queue: [...fork.queue, who] }) : left({ isTaken: true, queue: [] }, `given ${who} ${number}`);
      return next === undefined ? left({ isTaken: false, queue: [] }) : left({ isTaken: true, queue }, `given ${next} ${number}`);
    }),
  ]);
};

/** A sender and a receiver, and two lines with room for so many messages, from which any may be lost. */
const alternatingBit = (items: number, room: number) => {
  interface Lines {
    readonly sent: number;
    readonly got: number;
    readonly there: readonly number[];
    readonly back: readonly number[];
  }
  const onto = (line: readonly number[], item: number): readonly number[] => (line.length < room ? [...line, item] : line);
  const lost = (line: readonly number[]): (readonly number[])[] =>
    [...new Set(line)].map((item) => line.filter((_, at) => at !== line.indexOf(item)));
  return plainly<Lines>([{ sent: 1, got: 0, there: [1], back: [] }], (now) => {
    const { sent, got, there, back } = now;
    const steps = [...lost(there).map((line) => ({ ...now, there: line })), ...lost(back).map((line) => ({ ...now, back: line }))];
    if (sent <= items) steps.push({ ...now, there: onto(there, sent) });
    // A bit is the item's number, but for its last binary digit.
    const [item, ack] = [there[0], back[0]];
    if (item !== undefined) steps.push({ ...now, got: item % 2 === got % 2 ? got : item, there: there.slice(1), back: onto(back, item % 2) });
    if (ack === undefined) return steps;
    const rest = { ...now, back: back.slice(1) };
    if (sent > items || ack !== sent % 2) return [...steps, rest];
    return [...steps, { ...rest, sent: sent + 1, there: sent === items ? there : onto(there, sent + 1) }];
  });
};

describe('models that are written against the public interface', () => {
  it('are what a compiler takes', async () => {
    const tsc = join(folder, 'node_modules', 'typescript', 'bin', 'tsc');
    const said = await new Promise((resolve) => execFile(process.execPath, [tsc], { cwd: folder }, (_, out) => resolve(out)));
    expect(said).toBe('');
  });

  it('have the worlds that others have counted', async () => {
    const [paxos, abd, election] = await Promise.all(['paxos', 'abd', 'chang-roberts'].map(checked));
    expect(paxos).toMatchObject([{ verdict: 'holds', distinct: 16_668, generated: 32_971 }]);
    expect(abd).toMatchObject([{ verdict: 'holds', distinct: 544 }]);
    const sum = (of: (found: Found) => number): number => (election ?? []).reduce((total, found) => total + of(found), 0);
    expect([sum(({ distinct }) => distinct), sum(({ generated }) => generated)]).toEqual([137, 227]);
    expect(Math.max(...(election ?? []).map(({ depth }) => depth))).toBe(10);
    expect((election ?? []).every(({ verdict }) => verdict === 'holds')).toBe(true);
  });

  it('have the worlds that a plain search finds', async () => {
    const [two, rings, tables] = await Promise.all(['peterson', 'token-ring', 'dining'].map(checked));
    expect(two).toMatchObject([{ verdict: 'holds', distinct: peterson().distinct, generated: 1 + peterson().steps }]);
    const sizes = [
      [3, 3],
      [4, 3],
      [4, 4],
    ] as const;
    expect((rings ?? []).map(({ distinct, generated }) => [distinct, generated])).toEqual(
      sizes.map(([machines, values]) => {
        const { distinct, steps } = ring(machines, values);
        expect(distinct).toBe(values ** machines);
        // One world before a beginning is chosen, and a step to each of them.
        return [1 + distinct, 1 + distinct + steps];
      }),
    );
    const lines = await checked('alternating-bit');
    expect(lines.map(({ verdict, distinct, generated }) => [verdict, distinct, generated])).toEqual(
      [alternatingBit(2, 1), alternatingBit(3, 2), alternatingBit(4, 3)].map(({ distinct, steps }) => ['holds', distinct, 1 + steps]),
    );
    const plain = [philosophers(2, false), philosophers(3, false), philosophers(2, true), philosophers(3, true)];
    expect((tables ?? []).map(({ distinct, generated }) => [distinct, generated])).toEqual(plain.map(({ distinct, steps }) => [distinct, 1 + steps]));
    // Where each takes the same fork first, all may wait for ever; that is looked for and found.
    expect((tables ?? []).map(({ expected }) => expected?.map(({ property, found }) => `${property} ${found}`) ?? [])).toEqual([
      ['EATS yes'],
      ['EATS yes'],
      [],
      [],
    ]);
  });
});
