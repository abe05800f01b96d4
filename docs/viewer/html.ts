import { createHash } from 'node:crypto';
import { el, type Markup, text } from '../generator/svg/element.ts';
import { drawRun } from './picture.ts';
import { pageStyle } from './style.ts';
import type { Moving, View, ViewLink } from './view.ts';

/** An element that is closed by a tag of its own, whatever it holds: HTML knows no `<div/>`. */
const tag = (name: string, attributes: Readonly<Record<string, string | undefined>>, ...children: readonly (Markup | string)[]): Markup =>
  el(name, attributes, text(''), ...children.map((child) => (typeof child === 'string' ? text(child) : child)));

const finished = (markup: string): Markup => ({ markup });

/** JSON that no HTML parser takes for an end of the script that holds it. */
const jsonText = (value: unknown): string => JSON.stringify(value).replace(/</g, '\\u003c');

const hashOf = (content: string): string => `'sha256-${createHash('sha256').update(content).digest('base64')}'`;

/** Nothing is loaded, sent or run but the style and the script that stand in the page. */
const policyOf = (style: string, script: string): string =>
  `default-src 'none'; style-src ${hashOf(style)}; script-src ${hashOf(script)}; base-uri 'none'; form-action 'none'`;

/** Names with what they stand for, one group beside the other. */
const pairs = (className: string, items: readonly (readonly [string, Markup])[]): Markup =>
  tag('dl', { class: className }, ...items.map(([name, value]) => tag('div', {}, tag('dt', {}, name), tag('dd', {}, value))));

/** The values that the claim speaks of, host by host. */
const valueTable = (values: View['values']): Markup =>
  tag(
    'table',
    {},
    tag('caption', {}, 'Host by host, when the run ends'),
    tag(
      'tbody',
      {},
      ...values.map(({ host, role, shows, life }) =>
        tag(
          'tr',
          {},
          tag('th', { scope: 'row' }, host),
          tag('td', { class: 'muted' }, role),
          tag('td', {}, ...(life === 'up' ? [] : [tag('b', { class: 'bad' }, life), ', ']), shows),
        ),
      ),
    ),
  );

const header = ({ heading, tone, claim, outcome, facts, commands, values }: View): Markup =>
  tag(
    'header',
    {},
    tag('h1', { class: tone }, heading),
    tag('p', { class: 'claim' }, claim),
    ...outcome.map((line) => tag('p', {}, line)),
    ...(values.length === 0 ? [] : [valueTable(values)]),
    pairs(
      'facts',
      facts.map(([name, value]) => [name, text(value)]),
    ),
    pairs(
      'commands',
      commands.map(([does, command]) => [does, tag('code', {}, command)]),
    ),
  );

const button = (id: string, sign: string, label: string): Markup => tag('button', { id, type: 'button', 'aria-label': label, title: label }, sign);

const controls = ({ steps }: View): Markup =>
  tag(
    'nav',
    { 'aria-label': 'Steps' },
    button('first', '«', 'Before the first step (Home)'),
    button('back', '‹', 'One step back (left arrow)'),
    el('input', { id: 'slider', type: 'range', min: 0, max: steps.length, value: steps.length, step: 1, 'aria-label': 'Step' }),
    button('on', '›', 'One step on (right arrow)'),
    button('last', '»', 'The last step (End)'),
    tag('output', { id: 'where', for: 'slider' }),
  );

/** What the script fills. Without a script, picture and steps still tell the run. */
const panel: Markup = tag(
  'section',
  { id: 'panel' },
  tag('h2', { id: 'words', 'aria-live': 'polite' }),
  tag('p', { id: 'end' }),
  tag('p', { id: 'rules' }),
  tag('ul', { id: 'effects' }),
  tag('div', { id: 'changes' }),
  tag('h2', { id: 'world-words' }),
  tag('div', { id: 'world' }),
  tag('noscript', {}, 'The steps stand in the list below; moving through them needs scripts.'),
);

const linkItem = ({ step, words, why }: ViewLink): Markup =>
  tag(
    'li',
    { 'data-step': String(step) },
    tag('a', { href: `#step=${step}` }, tag('b', {}, String(step)), ` ${words}`),
    ...(why === '' ? [] : [tag('div', { class: 'muted' }, 'because ', ...linked(why))]),
  );

/** Where a step is named, the page goes there. */
const linked = (why: string): readonly (Markup | string)[] =>
  why.split(/(step \d+)/).map((piece) => (piece.startsWith('step ') ? tag('a', { href: `#step=${piece.slice(5)}` }, piece) : piece));

/** From the end back to what it rests on. */
const because = ({ because: { links, left, missing } }: View): Markup =>
  tag(
    'section',
    { class: 'because' },
    tag('h2', {}, 'Because'),
    tag('ul', {}, ...links.map(linkItem)),
    ...(left === 0 ? [] : [tag('p', { class: 'muted' }, `and ${left} earlier steps that these rest on`)]),
    ...(missing.length === 0 ? [] : [tag('ul', {}, ...missing.map(linkItem))]),
  );

const stepList = ({ steps, loop, left }: View): Markup =>
  tag(
    'section',
    { class: 'steps' },
    tag('h2', {}, 'All steps'),
    tag(
      'ol',
      {},
      ...steps.map(({ words, rules, fault, settling }, index) =>
        tag(
          'li',
          { 'data-step': String(index + 1) },
          tag('a', { href: `#step=${index + 1}`, class: fault ? 'bad' : undefined }, words),
          ...(rules.length === 0 ? [] : [text(' '), tag('span', { class: 'rule' }, rules.join(' '))]),
          ...(settling ? [text(' '), tag('span', { class: 'muted' }, '(settling)')] : []),
        ),
      ),
    ),
    ...(loop === null ? [] : [tag('p', { class: 'bad' }, loop.words)]),
    ...(left === 0 ? [] : [tag('p', { class: 'muted' }, `${left} more steps are in the trace.`)]),
  );

/**
 * The whole page, in one file that needs nothing else. `script` is the compiled `page.ts`. What a trace says becomes text
 * in exactly two ways: escaped here, or as JSON that the script inserts as text.
 */
export const viewerPage = (view: View, script: string): string => {
  if (/<\/script|<!--/i.test(script)) throw new Error('the script of the page would end before its end');
  const moving: Moving = { hosts: view.hosts, start: view.start, steps: view.steps, end: view.end };
  const loop = view.loop === null ? '' : `; ${view.loop.words}`;
  const picture = drawRun(
    view.story,
    `${view.steps.length} steps between ${view.hosts.join(', ')}${loop}; the list below tells them in words.`,
    view.loop,
  );
  const style = pageStyle;
  return [
    '<!doctype html>',
    '<html lang="en">',
    '<head>',
    '<meta charset="utf-8">',
    el('meta', { 'http-equiv': 'Content-Security-Policy', content: policyOf(style, script) }).markup,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    '<meta name="color-scheme" content="light dark">',
    tag('title', {}, view.heading).markup,
    `<style>${style}</style>`,
    '</head>',
    '<body>',
    header(view).markup,
    controls(view).markup,
    tag(
      'main',
      {},
      tag(
        'div',
        { id: 'left' },
        tag('div', { id: 'picture', tabindex: '0', role: 'group', 'aria-label': 'The picture of the run' }, finished(picture)),
        ...(view.because.links.length === 0 ? [] : [because(view)]),
      ),
      panel,
    ).markup,
    stepList(view).markup,
    `<script type="application/json" id="run">${jsonText(moving)}</script>`,
    `<script type="module">${script}</script>`,
    '</body>',
    '</html>',
    '',
  ].join('\n');
};
