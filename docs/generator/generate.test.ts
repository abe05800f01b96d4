import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { role } from '../../model/role/role.ts';
import { sampleCatalogue, sampleEvidence, sampleMachine } from './fixture.ts';
import { checkDocs, writeDocs } from './folder.ts';
import { generateDocs } from './generate.ts';
import { generatedMark } from './mark.ts';

let files: ReadonlyMap<string, string>;
beforeAll(async () => {
  files = await generateDocs(sampleCatalogue, sampleEvidence);
}, 60_000);

/** A page without what stands in code, where nothing is markup. */
const outsideCode = (markdown: string): string => markdown.replace(/(`+)(?!`)[^\n]*?(?<!`)\1(?!`)/g, 'code');

const page = (path: string): string => files.get(path) ?? '';

describe('generated documents', () => {
  it('are the same bytes again', async () => {
    expect([...(await generateDocs(sampleCatalogue, sampleEvidence))]).toEqual([...files]);
  });

  it('do not depend on the order in which traces are found', async () => {
    const reversed = { traces: [...sampleEvidence.traces].reverse() };
    expect([...(await generateDocs(sampleCatalogue, reversed))]).toEqual([...files]);
  });

  it('are marked as generated, and hold no tag that a name brought along', () => {
    for (const [path, contents] of files) {
      expect(contents.slice(0, 300)).toContain(generatedMark);
      const markup = path.endsWith('.md') ? outsideCode(contents) : contents.replace(/<style>.*?<\/style>/s, '');
      expect(markup, path).not.toMatch(/<script|<b>|<i>/);
    }
  });

  it('link only to files that exist', () => {
    for (const [path, contents] of files) {
      if (!path.endsWith('.md')) continue;
      const folder = path.includes('/') ? `${path.split('/')[0]}/` : '';
      for (const [, target] of outsideCode(contents).matchAll(/(?<!\\)\]\(([^)#]+)(?:#[^)]*)?\)/g))
        expect(files.has(`${folder}${target}`), `${path} links to ${target}`).toBe(true);
    }
  });

  it('have tables whose rows have as many cells as their head', () => {
    for (const [path, contents] of files) {
      const cells = (line: string): number => line.match(/(?<!\\)\|/g)?.length ?? 0;
      const lines = contents.split('\n');
      lines.forEach((line, index) => {
        if (line.startsWith('|') && lines[index - 1]?.startsWith('|') === true)
          expect(cells(line), `${path}: ${line}`).toBe(cells(lines[index - 1] ?? ''));
      });
    }
  });

  it('show messages with fields, senders and those who accept them', () => {
    expect(page('sample/messages.md')).toContain('| `ask` | A question. | no fields | [peer](peer.md) | [peer](peer.md) | Sample, 1 |');
    expect(page('sample/messages.md')).toContain(
      '`hash`: `string` (of the block)<br>`to`: `host`<br>`work`: `bigint`<br>`path`: `{ number: integer, kind: "full" \\| "light" }[]`<br>`extra`: `string \\| null`, optional<br>`raw`: `value`',
    );
  });

  it('show the evidence of each claim', () => {
    expect(page('sample/properties.md')).toContain(
      '| `sometimes.someoneLate` | must be seen in some run | [`traces/witnesses/late.json`](sequence-late.svg) (14 steps) |',
    );
    expect(page('claims.md')).toContain('**fails where listed**');
    expect(page('claims.md')).toContain("150 steps, 64 messages in flight to a role, 8 fires for each role's timers, 60 rounds of settling");
  });

  it('count what was minimised, and what settles apart from it', () => {
    expect(page('sample/sequences.md')).toContain('Minimised from 120 steps to 13, then 1 step of settling. A breadth-first search found no');
  });

  it('show budgets by scenario', () => {
    expect(page('sample/scenarios.md')).toContain('| Scenario | Hosts | Network | Faults | Commands |');
    expect(page('sample/scenarios.md')).toContain(
      '| [`cut \\| <b>`](#cut--b) | 3 to 5 | connections, first in first out; mesh or line | crash 2<br>partition 1 |',
    );
  });
});

describe('the folder of documents', () => {
  const folders: string[] = [];
  const fresh = async (): Promise<string> => {
    const folder = await mkdtemp(join(tmpdir(), 'rolecall-docs-'));
    folders.push(folder);
    return folder;
  };
  afterEach(async () => {
    for (const folder of folders.splice(0)) await rm(folder, { recursive: true });
  });

  it('is the same twice, in two folders', async () => {
    const [a, b] = [await fresh(), await fresh()];
    await writeDocs(a, files);
    await writeDocs(b, await generateDocs(sampleCatalogue, sampleEvidence));
    for (const path of files.keys()) expect(await readFile(join(a, path))).toEqual(await readFile(join(b, path)));
    expect(await checkDocs(a, files)).toEqual([]);
  });

  it('is told apart from the model: what is missing, differs or is stale', async () => {
    const folder = await fresh();
    await writeDocs(folder, files);
    await rm(join(folder, 'claims.md'));
    await writeFile(join(folder, 'README.md'), 'changed');
    await writeFile(join(folder, 'sample', 'gone.md'), `<!-- ${generatedMark} -->`);
    expect(await checkDocs(folder, files)).toEqual([
      { path: 'README.md', kind: 'differs' },
      { path: 'claims.md', kind: 'missing' },
      { path: 'sample/gone.md', kind: 'stale' },
    ]);
    await writeDocs(folder, files);
    expect(await checkDocs(folder, files)).toEqual([]);
    expect(await readdir(join(folder, 'sample'))).not.toContain('gone.md');
  });

  it('differs as soon as a role does', async () => {
    const folder = await fresh();
    await writeDocs(folder, files);
    const changed = sampleCatalogue.map(({ protocol, properties }) => ({
      properties,
      protocol: {
        ...protocol,
        rolesOver: () => ({
          ...protocol.rolesOver({}),
          peer: role(sampleMachine.provide({ delays: { retryMs: 3_000 } }), { doc: 'Serves and fetches.' }),
        }),
      },
    }));
    const differences = await checkDocs(folder, await generateDocs(changed, sampleEvidence));
    expect(differences).toEqual([
      { path: 'sample/peer.md', kind: 'differs' },
      { path: 'sample/peer.svg', kind: 'differs' },
    ]);
  });

  it('keeps what others put there', async () => {
    const folder = await fresh();
    await writeFile(join(folder, 'mine.md'), 'mine');
    await writeDocs(folder, files);
    expect(await readFile(join(folder, 'mine.md'), 'utf8')).toBe('mine');
    expect(await checkDocs(folder, files)).toEqual([]);
  });

  it('is left as it was when a page cannot be written', async () => {
    const folder = await fresh();
    await writeFile(join(folder, 'sample'), 'a file where a folder should be');
    await expect(writeDocs(folder, files)).rejects.toMatchObject({ code: 'DOCS_FOLDER', kind: 'usage' });
    expect(await readdir(folder)).toEqual(['sample']);
  });
});
