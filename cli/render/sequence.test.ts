import { describe, expect, it } from 'vitest';
import { paintedTrace } from './fixture.ts';
import { asciiGlyphs, boxGlyphs, plain } from './paint.ts';
import { sequenceDiagram } from './sequence.ts';
import { stepLines } from './steps.ts';

const picture = (...actions: (typeof paintedTrace.steps)[number][]): string[] =>
  sequenceDiagram({ hosts: ['a', 'b'], steps: actions }, 80, boxGlyphs);

describe('a sequence diagram', () => {
  it('shows lifelines, arrivals, losses, the band of a partition, the gap of a crash and settling', () => {
    expect(`\n${sequenceDiagram(paintedTrace, 100, boxGlyphs).join('\n')}\n`).toBe(`
             peer1                 peer2                 peer3
1 ▒ ═════════════════════════ peer3 cut off ══════════════════════════
2 ▒            ● find {at: 13}       │                     ║
3 ▒            │─ NewBlock 1 (a1b2) ▶│                     ║
4 ▒            │───────────── NewBlockHashes ────────────✗ ║
5 ▒            │                     ✗ crash               ║
  ▒ ════════════════ faults end, the network settles ═════════════════
6 ▒ ════════════════════════════ repaired ════════════════════════════
7              │                     ┬ restart             │
8              │◀─────────── Status #2 (refused) ──────────│
9              │                     │                     ●            syncRetryMs
               │                     │                     │
`);
  });

  it('can do without box characters', () => {
    expect(sequenceDiagram(paintedTrace, 100, asciiGlyphs).join('')).toMatch(/^[\x20-\x7e]*$/);
  });

  it('keeps to the width, with eight hosts too', () => {
    const hosts = Array.from({ length: 8 }, (_, index) => `peer${index + 1}`);
    for (const line of sequenceDiagram({ ...paintedTrace, hosts }, 100, boxGlyphs)) expect(line.length).toBeLessThanOrEqual(100);
  });

  it('starts the lifeline of a host where it joins, and ends it where it leaves', () => {
    const [, first, second, last] = picture(
      { action: { type: 'Join', host: 'b' }, fingerprint: '', parts: {}, rules: [] },
      { action: { type: 'Leave', host: 'a' }, fingerprint: '', parts: {}, rules: [] },
    );
    expect(first).toMatch(/│ +┬ +join|│ +┬/);
    expect(second).toMatch(/┴ leave +│/);
    expect(last?.trim()).toBe('│');
  });

  it('folds a long settling', () => {
    const settle = { action: { type: 'Fire', host: 'a', role: 'peer', timer: 't' }, fingerprint: '', parts: {}, rules: [], settling: true } as const;
    const lines = picture(...Array.from({ length: 40 }, () => settle));
    expect(lines.some((line) => line.includes('28 more steps of settling'))).toBe(true);
    expect(lines.length).toBeLessThan(20);
  });
});

describe('the steps in words', () => {
  it('name hosts, messages, refusals and rules', () => {
    expect(`\n${stepLines(paintedTrace, plain).join('\n')}\n`).toBe(`
1  the network splits: peer3 | the rest
2  peer1: miner is told to find {at: 13}  MINE-1 ETH-3
3  peer2 gets NewBlock from peer1: 1 (a1b2)  ETH-7
4  NewBlockHashes from peer1 to peer3 is lost
5  peer2 crashes
   faults end, the network settles:
6  the network is repaired
7  peer2 restarts with what it has stored
8  peer1 gets Status #2 from peer3  refused
9  peer3: timer syncRetryMs of peer fires  ETH-12
`);
  });
});
