import { existsSync } from 'node:fs';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type Era1Block, readEra1 } from '../spec/blockchain/era1/read.ts';
import { writeEra1 } from '../spec/blockchain/era1/write.ts';
import { realData } from '../vitest.data.ts';
import { rolecall } from './called.ts';

const data = 'mainnet-00000-5ec1ffb8.era1';

test('a chain file is verified, and a peer that joins downloads it under faults', async (context) => {
  const bytes = writeEra1(readEra1(realData(context, data)).blocks.slice(0, 600));
  const folder = await mkdtemp(join(tmpdir(), 'chain-run-'));
  try {
    const file = join(folder, 'first.era1');
    await writeFile(file, bytes);
    const { code, out } = await rolecall(['run', 'blockchain', '--chain', file, '--runs', '2', '--seed', '3', '--trace-dir', join(folder, 'traces')]);
    expect(code, out).toBe(0);
    expect(out).toContain('599 difficulties by rule');
    expect(out).toMatch(/JOIN-GETS-ALL +4 +✓ passes/);
    expect(out).toContain('downloaded in each of 4 runs: 599 blocks over the genesis');
    expect(existsSync(join(folder, 'traces'))).toBe(false);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});

test('a chain file that is cut or was changed is a typed error with the block, and nothing is written', async (context) => {
  const bytes = realData(context, data);
  const { blocks } = readEra1(bytes);
  const folder = await mkdtemp(join(tmpdir(), 'chain-run-'));
  try {
    const { offset } = blocks[4_096] as Era1Block;
    const flipped = bytes.slice();
    flipped[offset + 60] = (flipped[offset + 60] as number) ^ 1;
    for (const [name, content, said] of [
      ['flipped.era1', flipped, /block 4096/],
      ['cut.era1', bytes.slice(0, offset + 60), /ERA1_CUT.*block 4096|block 4096.*ERA1_CUT/s],
      ['empty.era1', new Uint8Array(), /ERA1_/],
    ] as const) {
      const file = join(folder, name);
      await writeFile(file, content);
      const { code, out, err } = await rolecall(['run', 'blockchain', '--chain', file, '--trace-dir', join(folder, 'traces')]);
      expect([name, code, out]).toEqual([name, 64, '']);
      expect(err).toMatch(said);
      expect(err).toContain(name);
      await rm(file);
    }
    expect(await readdir(folder)).toEqual([]);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
