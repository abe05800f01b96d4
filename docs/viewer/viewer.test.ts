import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import ts from 'typescript';
import { afterAll, describe, expect, it } from 'vitest';
import { viewerPage } from './html.ts';
import type { View } from './view.ts';

const script = ts.transpileModule(readFileSync(join(import.meta.dirname, 'page.ts'), 'utf8'), {
  compilerOptions: { target: ts.ScriptTarget.ES2023, module: ts.ModuleKind.ESNext, verbatimModuleSyntax: true },
}).outputText;

/** What somebody may put into a trace to have a reader's browser run it. */
const hostile = `</script></title></style></noscript>--><img src=x onerror="document.title='taken'"><svg onload=alert(1)>'"&`;

/** A run of three steps in which every text is `said`. */
const viewSaying = (said: string): View => ({
  heading: `${said} is violated`,
  tone: 'bad',
  claim: said,
  outcome: [said],
  facts: [[said, said]],
  commands: [[said, said]],
  values: [{ host: said, role: said, shows: said, life: said }],
  hosts: [said, 'ben'],
  because: {
    links: [{ step: 3, words: said, why: `step 1 sent it, and step 2 left ${said} as it was then` }],
    left: 2,
    missing: [{ step: 2, words: said, why: said }],
  },
  start: [
    { host: said, part: `${said}/context.head`, lines: [[said, `first ${said}`]] },
    { host: '', part: 'links', lines: [['links', said]] },
  ],
  steps: [1, 2, 3].map((number) => ({
    words: `words ${number} ${said}`,
    fault: number === 2,
    settling: number === 3,
    rules: [said],
    effects: [{ words: said, lost: true }],
    changes: [{ host: said, field: said, before: number === 1 ? null : said, after: `after ${number} ${said}` }],
    parts: [{ host: said, part: `${said}/context.head`, lines: [[said, `now ${number} ${said}`]] }],
  })),
  end: { words: `the end ${said}`, tone: 'bad' },
  story: {
    hosts: [
      { name: said, roles: [said], off: false },
      { name: 'ben', roles: ['peer'], off: true },
    ],
    complete: true,
    steps: [
      {
        action: { type: 'Command', host: said, role: said, command: said, value: { said } },
        rules: [said],
        sent: [{ from: said, fromRole: said, to: 'ben', toRole: 'peer', message: said, ordinal: 1, label: said }],
        lost: [],
      },
      { action: { type: 'Partition', side: [said], oneWay: false }, rules: [], sent: [], lost: [] },
      {
        action: { type: 'Deliver', from: said, fromRole: said, to: 'ben', toRole: 'peer', message: said, ordinal: 1 },
        rules: [said],
        sent: [],
        lost: [],
        settling: true,
      },
    ],
  },
  loop: null,
  left: 0,
});

/** The start tags of a page as a parser meets them; what scripts and styles hold is text. */
const elementsOf = (page: string): string[] =>
  [...page.replace(/(<(script|style)\b[^>]*>)[\s\S]*?<\/\2>/g, '$1').matchAll(/<([a-z][a-z0-9]*)(?:\s+[^\s=>/]+(?:="[^"]*")?)*\s*\/?>/gi)].map(
    ([, name]) => String(name).toLowerCase(),
  );

const counted = (names: readonly string[]): Record<string, number> =>
  names.reduce<Record<string, number>>((count, name) => Object.assign(count, { [name]: (count[name] ?? 0) + 1 }), {});

const contentOf = (page: string, pattern: RegExp): string => pattern.exec(page)?.[1] ?? '';

const folder = mkdtempSync(join(tmpdir(), 'rolecall-viewer-'));
afterAll(() => rmSync(folder, { recursive: true }));

const chromium = (): string => {
  try {
    return execFileSync('sh', ['-c', 'command -v chromium || command -v chromium-browser || command -v google-chrome'], { encoding: 'utf8' }).trim();
  } catch {
    return '';
  }
};

/** The page as a browser has it after its script ran. */
const opened = (browser: string, name: string, page: string, hash: string): string => {
  writeFileSync(join(folder, name), page);
  const options = ['--headless', '--no-sandbox', '--disable-gpu', '--dump-dom', `--user-data-dir=${join(folder, 'profile')}`];
  return execFileSync(browser, [...options, `file://${join(folder, name)}${hash}`], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
    timeout: 60_000,
    maxBuffer: 2 ** 26,
  });
};

describe('the page of a run', () => {
  const page = viewerPage(viewSaying(hostile), script);

  it('shows where a run goes round, or that nothing more need happen', () => {
    const round = viewerPage({ ...viewSaying('head'), loop: { from: 2, words: 'from step 2 on it repeats' } }, script);
    const ended = viewerPage({ ...viewSaying('head'), loop: { from: null, words: 'then nothing need happen any more' } }, script);
    const lineOf = (from: string): string => /<path class="loop" d="([^"]*)"/.exec(from)?.[1] ?? '';
    expect(lineOf(round)).toMatch(/^M\S+ \S+H\S+V\S+H/);
    expect(lineOf(ended)).not.toBe(lineOf(round));
    expect(round).toContain('<p class="bad">from step 2 on it repeats</p>');
    expect(ended).toContain('<p class="bad">then nothing need happen any more</p>');
    expect(page).not.toContain('class="loop"');
  });

  it('has the same elements whatever a trace says', () => {
    expect(counted(elementsOf(page))).toEqual(counted(elementsOf(viewerPage(viewSaying('head'), script))));
    expect(page.match(/<\/script/gi)).toHaveLength(2);
    expect(page).not.toMatch(/<img/i);
  });

  it('carries what a trace says as it was said', () => {
    const json = contentOf(page, /<script type="application\/json" id="run">(.*)<\/script>/);
    const { hosts, start, steps, end } = viewSaying(hostile);
    expect(JSON.parse(json)).toEqual({ hosts, start, steps, end });
  });

  it('allows its own style and script by their hashes, and nothing else', () => {
    const hash = (text: string): string => `&#39;sha256-${createHash('sha256').update(text).digest('base64')}&#39;`;
    const policy = contentOf(page, /http-equiv="Content-Security-Policy" content="([^"]*)"/);
    expect(policy.split('; ')).toEqual([
      'default-src &#39;none&#39;',
      `style-src ${hash(contentOf(page, /<style>([\s\S]*?)<\/style>/))}`,
      `script-src ${hash(contentOf(page, /<script type="module">([\s\S]*?)<\/script>/))}`,
      'base-uri &#39;none&#39;',
      'form-action &#39;none&#39;',
    ]);
    expect(viewerPage(viewSaying('head'), script)).not.toMatch(/https?:|\bstyle="|\bon\w+="/);
  });

  it('is the same bytes for the same run', () => {
    expect(viewerPage(viewSaying(hostile), script)).toBe(page);
  });

  it('has no script that puts text in place as markup', () => {
    expect(script).not.toMatch(/innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\b|Function\(|import\s*[({"']/);
  });
});

describe('in a browser', { timeout: 90_000 }, () => {
  const browser = chromium();

  it('the page shows a step, its differences and the world after it', (context) => {
    if (browser === '') context.skip('no chromium here: apt-get install chromium');
    const page = viewerPage(viewSaying('head'), script);
    const second = opened(browser, 'plain.html', page, '#step=2');
    for (const text of ['step 2 of 3', '2. words 2 head', 'after 2 head', 'now 2 head', 'The world after step 2']) expect(second).toContain(text);
    expect(second.match(/class="flight sent"/g) ?? []).toHaveLength(0);
    expect(second).toMatch(/class="row now" data-step="2"/);
    const first = opened(browser, 'plain.html', page, '#step=0');
    for (const text of ['before step 1 of 3', 'Before the first step', 'first head']) expect(first).toContain(text);
    const end = opened(browser, 'plain.html', page, '');
    for (const text of ['step 3 of 3', 'the end head', 'class="flight now"']) expect(end).toContain(text);
  });

  it('the page follows keys, buttons, slider and clicks', (context) => {
    if (browser === '') context.skip('no chromium here: apt-get install chromium');
    // The policy of the page would not let this script in.
    const acts = `
      const said = [];
      const act = (name, does) => { does(); said.push(name + ': ' + document.getElementById('where').textContent + ' ' + location.hash); };
      const press = (key) => () => document.body.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }));
      act('home', press('Home'));
      act('right', press('ArrowRight'));
      act('end', press('End'));
      act('right at the end', press('ArrowRight'));
      act('left', press('ArrowLeft'));
      act('button', () => document.getElementById('back').click());
      act('row', () => document.querySelector('rect[data-step="3"]').dispatchEvent(new MouseEvent('click', { bubbles: true })));
      const slider = document.getElementById('slider');
      act('slider', () => { slider.value = '2'; slider.dispatchEvent(new Event('input')); });
      document.body.textContent = said.join('\\n');`;
    const page = viewerPage(viewSaying('head'), script)
      .replace(/<meta http-equiv[^>]*>/, '')
      .replace('</body>', () => `<script type="module">${acts}</script></body>`);
    expect(
      contentOf(opened(browser, 'acts.html', page, ''), /<body>([\s\S]*?)<\/body>/)
        .trim()
        .split('\n'),
    ).toEqual([
      'home: before step 1 of 3 #step=0',
      'right: step 1 of 3 #step=1',
      'end: step 3 of 3 #step=3',
      'right at the end: step 3 of 3 #step=3',
      'left: step 2 of 3 #step=2',
      'button: step 1 of 3 #step=1',
      'row: step 3 of 3 #step=3',
      'slider: step 2 of 3 #step=2',
    ]);
  });

  it('no element arises from what a trace says', (context) => {
    if (browser === '') context.skip('no chromium here: apt-get install chromium');
    const [plain, tampered] = ['head', hostile].map((said, index) =>
      opened(browser, `said${index}.html`, viewerPage(viewSaying(said), script), '#step=1'),
    ) as [string, string];
    // Long paths may be broken, so there are more places to break them.
    const names = (dom: string): Record<string, number> => counted(elementsOf(dom).filter((name) => name !== 'wbr'));
    expect(tampered).toContain('1. words 1 &lt;/script&gt;');
    expect(names(tampered)).toEqual(names(plain));
    expect(names(tampered)['img']).toBeUndefined();
    expect(tampered).not.toContain('<title>taken');
  });
});
