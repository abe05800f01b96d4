/// <reference lib="dom" />
import type { Moving, ViewChange, ViewPart } from './view.ts';

/*
 * The script of the page: it moves through the steps. It is compiled like everything else and stands in the page as it is,
 * so it imports nothing but types. What a trace says is only ever put in place as text.
 */

const byId = (id: string): HTMLElement => {
  const found = document.getElementById(id);
  if (found === null) throw new Error(`the page has no ${id}`);
  return found;
};

const { hosts, start, steps, end } = JSON.parse(byId('run').textContent ?? '') as Moving;
const slider = byId('slider') as HTMLInputElement;
const last = steps.length;

/** A new element with text, or with others in it. */
const made = (name: string, className: string, ...children: readonly (string | Node)[]): HTMLElement => {
  const element = document.createElement(name);
  if (className !== '') element.className = className;
  element.append(...children);
  return element;
};

/** A value may be long: it is clipped, and shown whole to a pointer that rests on it or a key that reaches it. */
const value = (text: string, className = ''): HTMLElement => {
  const clip = made('div', 'clip', text);
  if (text.length > 90) clip.tabIndex = 0;
  return made('td', className, clip);
};

/** A path may be broken before its dots, brackets and slashes. */
const breakable = (path: string): (string | Node)[] =>
  path.split(/(?=[.[/])/).flatMap((piece, index) => (index === 0 ? [piece] : [made('wbr', ''), piece]));

const headCell = (text: string, scope: 'row' | 'col'): HTMLElement => {
  const cell = made('th', '', ...breakable(text));
  cell.setAttribute('scope', scope);
  return cell;
};

type World = ReadonlyMap<string, ViewPart>;

const keyOf = ({ host, part }: ViewPart): string => JSON.stringify([host, part]);

/** The world after a step; the one before the first is that after step 0. Each step says what it changed. */
const worldAfter = (step: number): World =>
  new Map([...start, ...steps.slice(0, step).flatMap(({ parts }) => parts)].map((part) => [keyOf(part), part]));

/** The differences that a step made: host, field, before, after. */
const changeTable = (changes: readonly ViewChange[]): HTMLElement => {
  if (changes.length === 0) return made('p', 'muted', 'Nothing that a host holds changes.');
  const head = made('tr', '', ...['host', 'field', 'before', 'after'].map((title) => headCell(title, 'col')));
  let above = '';
  const rows = changes.map(({ host, field, before, after }) => {
    const first = host === above ? '' : host;
    above = host;
    return made(
      'tr',
      '',
      headCell(first, 'row'),
      made('td', 'muted', ...breakable(field)),
      before === null ? made('td', 'muted', '–') : value(before, 'gone'),
      after === null ? made('td', 'muted', '–') : value(after, 'come'),
    );
  });
  return made('table', '', made('thead', '', head), made('tbody', '', ...rows));
};

/** The lines of one part; those that the step changed are marked. */
const partRows = (part: ViewPart, before: ViewPart | undefined): readonly HTMLElement[] => {
  const was = new Map(before?.lines);
  // Most of what a role holds is empty most of the time; the eye should find the rest.
  const isEmpty = (text: string): boolean => ['null', '{}', '[]', 'false', '0'].includes(text);
  return part.lines.map(([field, text]) =>
    made('tr', part !== before && was.get(field) !== text ? 'now' : '', headCell(field, 'row'), value(text, isEmpty(text) ? 'muted' : '')),
  );
};

/** `peer/context.head` belongs to the role `peer`. */
const roomOf = ({ part }: ViewPart): string => part.slice(0, Math.max(0, part.indexOf('/')));

const hostCard = (host: string, world: World, before: World): HTMLElement | null => {
  const parts = [...world.values()].filter((part) => part.host === host && part.lines.length > 0);
  if (parts.length === 0) return null;
  const rooms = [...new Set(parts.map(roomOf))].flatMap((room) => {
    const rows = parts.filter((part) => roomOf(part) === room).flatMap((part) => partRows(part, before.get(keyOf(part))));
    return [...(room === '' ? [] : [made('h4', '', room)]), made('table', '', made('tbody', '', ...rows))];
  });
  const card = made('article', '', made('h3', '', host === '' ? 'the network' : host), ...rooms);
  card.classList.toggle('now', card.querySelector('tr.now') !== null);
  return card;
};

/** A page with hundreds of hosts shows those that a step touches. */
const MANY_HOSTS = 30;

/** The world after a step, host by host, and the network last. */
const worldCards = (step: number): readonly HTMLElement[] => {
  const world = worldAfter(step);
  const before = step === 0 ? world : worldAfter(step - 1);
  const touched = new Set(steps[step - 1]?.parts.map(({ host }) => host));
  const shown = hosts.length <= MANY_HOSTS ? hosts : hosts.filter((host) => touched.has(host));
  const left = hosts.length - shown.length;
  return [
    ...[...shown, ''].flatMap((host) => hostCard(host, world, before) ?? []),
    ...(left === 0 ? [] : [made('p', 'muted', `${left} hosts that this step leaves as they are are not shown.`)]),
  ];
};

/** Marks what belongs to a step in the picture and in the list. */
const mark = (step: number): void => {
  const is = (element: Element, name: string): boolean => element.getAttribute(name) === String(step);
  for (const element of document.querySelectorAll('[data-step]')) element.classList.toggle('now', is(element, 'data-step'));
  for (const flight of document.querySelectorAll('.flight')) {
    flight.classList.toggle('now', is(flight, 'data-ends'));
    flight.classList.toggle('sent', is(flight, 'data-sent') && !is(flight, 'data-ends'));
  }
  // What has not happened yet is dimmed.
  const next = document.querySelector(`rect[data-step="${step + 1}"]`);
  byId('future').setAttribute('y', next?.getAttribute('y') ?? '1e6');
};

let current = -1;

const show = (asked: number): void => {
  const step = Math.min(last, Math.max(0, asked));
  if (step === current) return;
  current = step;
  const told = steps[step - 1];
  slider.value = String(step);
  byId('where').textContent = step === 0 ? `before step 1 of ${last}` : `step ${step} of ${last}`;
  slider.setAttribute('aria-valuetext', told === undefined ? 'before the first step' : `step ${step}: ${told.words}`);
  for (const [id, edge] of [
    ['first', 0],
    ['back', 0],
    ['on', last],
    ['last', last],
  ] as const)
    (byId(id) as HTMLButtonElement).disabled = step === edge;
  byId('words').textContent = told === undefined ? 'Before the first step' : `${step}. ${told.words}`;
  byId('end').textContent = step === last ? end.words : '';
  byId('end').className = end.tone;
  byId('words').className = told?.fault === true ? 'bad' : '';
  byId('rules').replaceChildren(
    made('span', 'rule', (told?.rules ?? []).join(' ')),
    ...(told?.settling === true ? [made('span', 'muted', ' chosen by the engine: the network settles')] : []),
  );
  byId('effects').replaceChildren(...(told?.effects ?? []).map(({ words, lost }) => made('li', lost ? 'bad' : '', words)));
  byId('changes').replaceChildren(...(told === undefined ? [] : [changeTable(told.changes)]));
  byId('world-words').textContent = step === 0 ? 'The world before the first step' : `The world after step ${step}`;
  byId('world').replaceChildren(...worldCards(step));
  byId('panel').scrollTop = 0;
  mark(step);
};

/** A step is part of the address, so that it can be sent to somebody. */
const go = (step: number): void => {
  show(step);
  history.replaceState(null, '', `#step=${current}`);
  bringIntoSight();
};

/** A long picture moves with the steps. */
const bringIntoSight = (): void => document.querySelector('.row.now')?.scrollIntoView({ block: 'nearest' });

const fromAddress = (): void => {
  const asked = /^#step=(\d{1,9})$/.exec(location.hash)?.[1];
  show(asked === undefined ? last : Number(asked));
  if (asked !== undefined) bringIntoSight();
};

const keys: Readonly<Record<string, () => number>> = {
  ArrowLeft: () => current - 1,
  ArrowRight: () => current + 1,
  Home: () => 0,
  End: () => last,
};

document.addEventListener('keydown', (event) => {
  const target = keys[event.key];
  if (target === undefined || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  go(target());
});
slider.addEventListener('input', () => go(Number(slider.value)));
byId('first').addEventListener('click', () => go(0));
byId('back').addEventListener('click', () => go(current - 1));
byId('on').addEventListener('click', () => go(current + 1));
byId('last').addEventListener('click', () => go(last));
byId('picture').addEventListener('click', ({ target }) => {
  const step = target instanceof Element ? target.getAttribute('data-step') : null;
  if (step !== null) go(Number(step));
});
window.addEventListener('hashchange', fromAddress);
fromAddress();
