import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Interner } from '../kernel/intern.ts';
import { Random } from '../kernel/random.ts';
import { full, Inboxes, type InboxRules, spilt } from './inbox.ts';
import { LinkStates } from './links.ts';
import { given, line, mesh, randomRegular, star } from './topology.ts';

const note = (n: number): { type: string; n: number } => ({ type: 'Note', n });
const inboxes = (rules: Partial<InboxRules> = {}): Inboxes =>
  new Inboxes(new Interner(), { keepsDelivered: false, buffer: 100, bound: 100, ...rules });

describe('an inbox', () => {
  const entries = fc.array(fc.tuple(fc.nat(2), fc.nat(3)), { maxLength: 10 });

  it('without order is one multiset, however it was filled', () => {
    fc.assert(
      fc.property(entries, fc.infiniteStream(fc.nat(100)), (list, draws) => {
        const all = inboxes();
        const fill = (of: typeof list): number => of.reduce((inbox, [from, n]) => all.add(inbox, all.entryOf(from, false, note(n))), all.empty);
        const mixed = list.map((each) => [draws.next().value as number, each] as const).sort(([a], [b]) => a - b);
        expect(fill(mixed.map(([, each]) => each))).toBe(fill(list));
        expect(all.list(fill(list))).toHaveLength(list.length);
        expect(new Set(all.deliverable(fill(list))).size).toBe(new Set(list.map(String)).size);
      }),
    );
  });

  it('with order keeps that of each sender, whatever comes between, and hands out the first of each', () => {
    fc.assert(
      fc.property(entries, (list) => {
        const all = inboxes();
        let inbox = list.reduce((before, [from, n]) => all.add(before, all.entryOf(from, true, note(n))), all.empty);
        const waiting = new Map<number, number[]>();
        for (const [from, n] of list) waiting.set(from, [...(waiting.get(from) ?? []), n]);
        while (all.list(inbox).length > 0) {
          const heads = all.deliverable(inbox).map((id) => all.entry(id));
          expect(heads.map(({ from, message }) => [from, message]).sort()).toEqual(
            [...waiting].map(([from, [n]]) => [from, note(n as number)]).sort(),
          );
          const { from } = heads[0] as (typeof heads)[number];
          inbox = all.remove(inbox, all.deliverable(inbox)[0] as number);
          const left = (waiting.get(from) as number[]).slice(1);
          if (left.length > 0) waiting.set(from, left);
          else waiting.delete(from);
        }
        expect(inbox).toBe(all.empty);
        expect(waiting.size).toBe(0);
      }),
    );
  });

  it('that keeps what it delivers is a set', () => {
    const all = inboxes({ keepsDelivered: true });
    const entry = all.entryOf(0, false, note(1));
    const once = all.add(all.empty, entry);
    expect([all.add(once, entry), all.afterDelivery(once, entry)]).toEqual([once, once]);
    expect(all.remove(once, entry)).toBe(all.empty);
  });

  it.each([
    ['than its bound', { bound: 2 }, full],
    ['than the network holds', { buffer: 2 }, spilt],
    ['than the network holds, where its bound is no less', { bound: 2, buffer: 2 }, spilt],
  ])('takes no more %s', (_, rules, refusal) => {
    const all = inboxes(rules);
    const [a, b] = [all.entryOf(0, false, note(1)), all.entryOf(1, false, note(1))];
    const two = all.add(all.add(all.empty, a), b);
    expect([all.room, all.add(two, a)]).toEqual([2, refusal]);
    expect(all.add(all.remove(two, b), a)).toBeGreaterThan(all.empty);
  });

  it('loses all from one sender, and knows whose connection it has not yet heard the end of', () => {
    const all = inboxes();
    const fill = [
      [0, 'Note'],
      [1, 'Note'],
      [0, 'disconnected'],
    ].reduce((inbox, [from, type]) => all.add(inbox, all.entryOf(from as number, true, { type: type as string })), all.empty);
    expect([all.isStale(fill, 0), all.isStale(fill, 1)]).toEqual([true, false]);
    const without = all.without(fill, [0]);
    expect(all.list(without).map((id) => all.entry(id).from)).toEqual([1]);
    expect(all.isStale(without, 0)).toBe(false);
  });
});

describe('the links', () => {
  const links = new LinkStates(new Interner(), 3, [
    [0, 1],
    [1, 2],
  ]);

  it('are calm at first, and one state for one content', () => {
    expect(links.state(0)).toEqual({ cut: [], down: [], held: [] });
    const cut = links.with(0, { cut: [links.code(1, 2), links.code(0, 1), links.code(0, 1)] });
    expect(links.with(0, { cut: [links.code(0, 1), links.code(1, 2)] })).toBe(cut);
    expect(links.with(cut, { cut: [] })).toBe(0);
  });

  it('are cut, held and down in one direction at a time', () => {
    const state = links.with(links.with(0, { cut: [links.code(0, 1)] }), { held: [links.code(1, 2)], down: [links.code(2, 1)] });
    expect([
      links.isCut(state, 0, 1),
      links.isCut(state, 1, 0),
      links.isBlocked(state, 0, 1),
      links.isBlocked(state, 1, 2),
      links.isBlocked(state, 2, 1),
    ]).toEqual([true, false, true, true, false]);
    expect([links.isDown(state, 2, 1), links.isDown(state, 1, 2), links.isCut(state, 1, 2)]).toEqual([true, false, false]);
    expect([links.linked(0, 1), links.linked(1, 0), links.linked(0, 2)]).toEqual([true, true, false]);
  });
});

describe('a topology', () => {
  const names = ['a', 'b', 'c', 'd'];

  it('links whom it says', () => {
    const random = new Random(1);
    expect(mesh().edges(names, random)).toEqual([
      [0, 1],
      [0, 2],
      [0, 3],
      [1, 2],
      [1, 3],
      [2, 3],
    ]);
    expect(line().edges(names, random)).toEqual([
      [0, 1],
      [1, 2],
      [2, 3],
    ]);
    expect(star('b').edges(names, random)).toEqual([
      [0, 2],
      [0, 3],
      [2, 3],
    ]);
    expect(given(['d', 'a'], ['a', 'b'], ['a', 'zoe'], ['c', 'c']).edges(names, random)).toEqual([
      [0, 1],
      [0, 3],
    ]);
  });

  it('drawn at random is connected, has the degrees that were asked for or one more, and is the same for the same seed', () => {
    fc.assert(
      fc.property(fc.integer({ min: 4, max: 30 }), fc.integer({ min: 2, max: 4 }), fc.nat(), (n, degree, seed) => {
        const hosts = Array.from({ length: n }, (_, host) => `h${host}`);
        const edges = randomRegular(degree).edges(hosts, new Random(seed));
        expect(randomRegular(degree).edges(hosts, new Random(seed))).toEqual(edges);
        const degrees = hosts.map((_, host) => edges.filter((edge) => edge.includes(host)).length);
        expect(Math.max(...degrees)).toBeLessThanOrEqual(degree + 1);
        const reached = new Set([0]);
        for (const at of reached) for (const [a, b] of edges) if (a === at || b === at) reached.add(a === at ? b : a);
        expect(reached.size).toBe(n);
      }),
    );
  });
});
