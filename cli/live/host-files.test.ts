import { appendFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { RoleLine } from '../../model/live/log.ts';
import { HostFiles } from './host-files.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rolecall-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const line = (count: number): RoleLine => ({ host: 'ann', role: 'peer', clock: { ann: count }, event: { type: 'fire', timer: 't' }, effects: [] });
const stored = { peer: { total: 2n ** 70n } };

describe('the files of a live host', () => {
  it('give back what was stored and done', () => {
    new HostFiles(folder, 'ann').keep([line(1)], stored);
    const again = new HostFiles(folder, 'ann');
    expect(again.values()).toEqual(stored);
    expect(again.lines()).toEqual([line(1)]);
    expect(new HostFiles(folder, 'ben').values()).toBeNull();
  });

  it('lose half a line, which nobody has heard of', async () => {
    const files = new HostFiles(folder, 'ann');
    files.keep([line(1)], null);
    await appendFile(join(folder, 'ann.jsonl'), '{"host":"ann","ro');
    files.mend();
    expect(files.lines()).toEqual([line(1)]);
  });

  it('give a damaged value back as null, and the others as they are', async () => {
    const files = new HostFiles(folder, 'ann');
    const two = { peer: { total: 2n ** 70n, head: 'abc' } };
    files.keep([line(1)], two);
    files.damage(line(2), two, 'peer', 'total');
    expect(files.values()).toEqual({ peer: { total: null, head: 'abc' } });
    expect(files.lines()).toEqual([line(1), line(2)]);
    const text = await readFile(join(folder, 'ann.store.json'), 'utf8');
    await writeFile(join(folder, 'ann.store.json'), text.replace('abc', 'abd'));
    expect(files.values()).toEqual({ peer: { total: null, head: null } });
  });

  it('write down a step that was stored, and not yet written when the process was killed', async () => {
    const files = new HostFiles(folder, 'ann');
    files.keep([line(1)], null);
    const before = await readFile(join(folder, 'ann.jsonl'), 'utf8');
    files.keep([line(2)], stored);
    await writeFile(join(folder, 'ann.jsonl'), `${before}{"host":`);
    files.mend();
    expect(files.lines()).toEqual([line(1), line(2)]);
    files.mend();
    expect(files.lines()).toHaveLength(2);
  });
});
