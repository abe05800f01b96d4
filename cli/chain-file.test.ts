import { mkdtemp, open, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { verifyChainFile } from '../spec/blockchain/era1/verify-chain-file.ts';
import { inChainFile, readChainBytes } from './chain-file.ts';

test('a chain file that is absent, a folder, huge, or something else is a typed error with its path', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'chain-file-'));
  try {
    await expect(readChainBytes(join(folder, 'none.era1'))).rejects.toMatchObject({ code: 'FILE_UNREADABLE', message: 'There is no such file.' });
    await expect(readChainBytes(folder)).rejects.toMatchObject({ code: 'FILE_UNREADABLE', place: folder });

    // A file with a hole: four gigabytes to the reader, nothing on the disk.
    const huge = join(folder, 'huge.era1');
    const handle = await open(huge, 'w');
    await handle.truncate(4 * 1024 ** 3);
    await handle.close();
    await expect(readChainBytes(huge)).rejects.toMatchObject({ code: 'ERA1_TOO_LARGE', place: huge });

    const other = join(folder, 'other.era1');
    await writeFile(other, 'This is a letter and not a chain.');
    const error = await verifyChainFile(await readChainBytes(other)).catch((cause: unknown) => inChainFile(other, cause));
    expect(error).toMatchObject({ kind: 'usage', place: expect.stringMatching(/other\.era1: byte 0/) });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
