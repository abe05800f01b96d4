import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, type TestContext } from 'vitest';
import { sampleCatalogue, sampleEvidence } from './fixture.ts';
import { generateDocs } from './generate.ts';
import { style } from './svg/palette.ts';
import { widthOf } from './text/width.ts';

/** What a real browser makes of a picture. */
interface Seen {
  readonly path: string;
  /** Pairs of texts that cover each other. */
  readonly overlaps: readonly (readonly [string, string])[];
  /** Texts that leave the picture. */
  readonly outside: readonly string[];
  readonly width: number;
}

const probe = 'NewBlockHashes after joinRetryMs (2,000 ms) [isValidAndHeavier] / adopt, relay';

/** Runs in the browser: measures every text of every picture, and leaves what it found in the page. */
const script = `
  const [probe, stacked, fallback] = [...document.querySelectorAll('#probe text')].map((text) => text.getComputedTextLength());
  const pictures = [...document.querySelectorAll('div[data-path]')].map((holder) => {
    const svg = holder.querySelector('svg');
    const frame = svg.getBoundingClientRect();
    const texts = [...svg.querySelectorAll('text')].map((text) => ({ says: text.textContent, box: text.getBoundingClientRect() })).filter(({ says }) => says.trim() !== '');
    const overlaps = [];
    texts.forEach((a, index) => texts.slice(index + 1).forEach((b) => {
      const across = Math.min(a.box.right, b.box.right) - Math.max(a.box.left, b.box.left);
      const down = Math.min(a.box.bottom, b.box.bottom) - Math.max(a.box.top, b.box.top);
      if (across > 1 && down > 5) overlaps.push([a.says, b.says]);
    }));
    const outside = texts.filter(({ box }) => box.left < frame.left || box.right > frame.right || box.top < frame.top || box.bottom > frame.bottom).map(({ says }) => says);
    return { path: holder.dataset.path, overlaps, outside, width: frame.width };
  });
  document.body.textContent = JSON.stringify({ probe, installed: stacked !== fallback, pictures });
`;

const folder = mkdtempSync(join(tmpdir(), 'rolecall-pictures-'));
afterAll(() => rmSync(folder, { recursive: true }));

const chromium = (): string | null => {
  try {
    return execFileSync('sh', ['-c', 'command -v chromium || command -v chromium-browser || command -v google-chrome'], { encoding: 'utf8' }).trim();
  } catch {
    return null;
  }
};

const decoded = (html: string): string =>
  html
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&quot;/g, '"')
    .replace(/&nbsp;/g, '\u00a0')
    .replace(/&amp;/g, '&');

describe('pictures in a browser', () => {
  let seen: { readonly probe: number; readonly installed: boolean; readonly pictures: readonly Seen[] } | null = null;

  beforeAll(async () => {
    const browser = chromium();
    if (browser === null) return;
    const pictures = [...(await generateDocs(sampleCatalogue, sampleEvidence))].filter(([path]) => path.endsWith('.svg'));
    const probeSvg = `<svg id="probe" xmlns="http://www.w3.org/2000/svg"><style>${style}</style><text style="font-size:13px">${probe}</text>${['Helvetica, Arial, Liberation Sans, monospace', 'monospace'].map((font) => `<text style="font:13px ${font}">${probe}</text>`).join('')}</svg>`;
    const page = `<!doctype html><meta charset="utf-8"><body>${probeSvg}${pictures.map(([path, svg]) => `<div data-path="${path}">${svg}</div>`).join('')}<script>${script}</script>`;
    writeFileSync(join(folder, 'page.html'), page);
    const options = [
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      '--dump-dom',
      '--window-size=1280,2000',
      `--user-data-dir=${join(folder, 'profile')}`,
    ];
    const dom = execFileSync(browser, [...options, `file://${join(folder, 'page.html')}`], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
      timeout: 60_000,
      maxBuffer: 2 ** 26,
    });
    const found = /<body[^>]*>(\{[\s\S]*\})\s*<\/body>/.exec(dom)?.[1];
    if (found === undefined) throw new Error(`the browser left no measurements: ${dom.slice(0, 500)}`);
    seen = JSON.parse(decoded(found));
  }, 90_000);

  /** The pictures; the test is skipped where nothing can show them. */
  const shown = (context: TestContext): readonly Seen[] => {
    if (seen === null) return context.skip('no chromium here: apt-get install chromium');
    if (!seen.installed) context.skip('neither Helvetica, Arial nor Liberation Sans is installed: apt-get install fonts-liberation');
    return seen.pictures;
  };

  it('have texts as wide as their table says, which neither cover each other nor leave the picture', (context) => {
    const pictures = shown(context);
    expect(Math.abs((seen?.probe ?? 0) / widthOf(probe, 13) - 1)).toBeLessThan(0.02);
    expect(pictures.length).toBeGreaterThan(4);
    for (const { path, overlaps, outside, width } of pictures) {
      expect(overlaps, path).toEqual([]);
      expect(outside, path).toEqual([]);
      expect(width, path).toBeLessThanOrEqual(1240);
    }
  });
});
