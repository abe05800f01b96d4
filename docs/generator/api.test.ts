import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeApi } from './api.ts';

const root = join(import.meta.dirname, '..', '..');
const input = { name: 'sample', entryPoints: [join(root, 'model/role/rule.ts')], tsconfig: join(root, 'tsconfig.json') };

/** Every file below a folder, with its contents. */
const contentsOf = async (folder: string): Promise<ReadonlyMap<string, string>> => {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return new Map(
    await Promise.all(files.sort().map(async (file): Promise<[string, string]> => [file.slice(folder.length), await readFile(file, 'utf8')])),
  );
};

describe('the pages of the interface', () => {
  let folder = '';
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'rolecall-api-'));
    await writeFile(join(folder, 'page.md'), '# A page\n');
    for (const name of ['one', 'two']) await writeApi(join(folder, name), { ...input, documents: [join(folder, 'page.md')] });
  }, 120_000);
  afterAll(() => rm(folder, { recursive: true }));

  it('are the same twice, in two folders, and name no place of this machine', async () => {
    const [one, two] = [await contentsOf(join(folder, 'one')), await contentsOf(join(folder, 'two'))];
    expect([...one.keys()]).toContain('/interfaces/rule.Rule.html');
    expect([...one.keys()]).toContain('/documents/page.html');
    expect([...one]).toEqual([...two]);
    for (const [path, contents] of one) expect(contents.includes(root) || contents.includes(folder), path).toBe(false);
    expect((await readdir(folder)).sort()).toEqual(['one', 'page.md', 'two']);
  });

  it('never replace a folder of somebody else', async () => {
    await mkdir(join(folder, 'mine'));
    await writeFile(join(folder, 'mine', 'note.txt'), 'mine');
    await expect(writeApi(join(folder, 'mine'), input)).rejects.toMatchObject({ code: 'API_DOCS', kind: 'usage' });
    expect(await readFile(join(folder, 'mine', 'note.txt'), 'utf8')).toBe('mine');
    await rm(join(folder, 'mine'), { recursive: true });
  });
});
