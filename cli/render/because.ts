import type { NoReturn } from '../../model/explore/no-return.ts';
import type { Because, Cause, Link } from '../../model/trace/because.ts';
import type { ReplayedStep } from '../../model/trace/replay.ts';
import type { Paint } from './paint.ts';
import { wrapped } from './table.ts';
import { actionWords, counted, listed } from './words.ts';

/** A long run rests on nearly all of itself; the last links are told. */
const MOST_LINKS = 24;

/** A link of the chain as a person reads it. */
export interface LinkWords {
  /** The step, counted from 1. */
  readonly step: number;
  readonly words: string;
  /** `step 3 sent it, and step 5 left cas so`; empty where nothing led to it but its own time. */
  readonly why: string;
}

const who = ({ action }: ReplayedStep): string => (action.type === 'Deliver' ? action.to : 'host' in action ? action.host : 'the network');

const causeWords = (step: ReplayedStep, { step: cause, what }: Cause): string => {
  const by = cause === 0 ? 'the start' : `step ${cause}`;
  switch (what) {
    case 'sent it':
      return `${by} sent it`;
    case 'made way':
      return `${by} took what stood before it`;
    case 'set the timer':
      return `${by} set the timer`;
    case 'brought time so far':
      return `${by} brought time so far`;
    case 'left it so':
      return `${by} left ${who(step)} as it was then`;
    case 'did it':
      return step.action.type === 'Repair' ? `${by} had cut it` : `${by} had changed its life`;
  }
};

const linkWords = ({ step, causes }: Link): LinkWords => ({
  step: step.number,
  words: `${actionWords(step.action)}${step.label === '' || actionWords(step.action).includes(step.label) ? '' : `: ${step.label}`}`,
  why: listed(causes.map((cause) => causeWords(step, cause))),
});

/** The chain from the end back, and what it comes to. */
export interface BecauseWords {
  readonly links: readonly LinkWords[];
  /** Of how many earlier steps nothing is said. */
  readonly left: number;
  /** What faults kept from happening. */
  readonly missing: readonly LinkWords[];
}

export const becauseWords = ({ chain, missing }: Because): BecauseWords => ({
  links: chain.slice(0, MOST_LINKS).map(linkWords),
  left: Math.max(0, chain.length - MOST_LINKS),
  missing: missing.map((step) => ({ ...linkWords({ step, causes: [] }), why: 'what it took away was missing later' })),
});

/** From where on the violation could not be avoided, in a sentence; empty where that was not asked. */
export const noReturnWords = (found: NoReturn | null, steps: number): string => {
  if (found === null) return '';
  const { after, exact, worlds } = found;
  const condition = 'without a further fault or command';
  if (after === 0) return `It could not be avoided at all: ${condition}, every way from the start leads to it.`;
  if (after < steps)
    return exact
      ? `Point of no return: after step ${after}, ${condition}, every way to go on leads to it; before that, another way was open.`
      : `Point of no return: after step ${after} at the latest: ${condition}, every way to go on leads to it. Whether step ${after - 1} left a way open is unknown (${counted(worlds, 'world')} looked at).`;
  return exact
    ? `It could be avoided up to the last step: ${condition}, the run could still have ended well after step ${steps - 1}.`
    : `Whether it could still be avoided before the last step is unknown: ways go round or are cut off by a bound (${counted(worlds, 'world')} looked at).`;
};

/** The chain of causes, a line or two for each link. */
export const becauseLines = ({ links, left, missing }: BecauseWords, width: number, paint: Paint): string[] => {
  const digits = String(links[0]?.step ?? 0).length;
  const indent = ' '.repeat(digits + 4);
  const lines = ({ step, words, why }: LinkWords): string[] => [
    ...wrapped(`${String(step).padStart(digits)}  ${words}`, width, indent),
    ...(why === '' ? [] : wrapped(`${indent}because ${why}`, width, indent).map((line) => paint('dim', line))),
  ];
  return [...links.flatMap(lines), ...(left === 0 ? [] : [`and ${counted(left, 'earlier step')} that these rest on`]), ...missing.flatMap(lines)];
};
