import type { Story } from '../generator/story.ts';

/** Whether something is as it should be. */
export type Tone = 'good' | 'bad' | 'unsure';

/** A part of the world with its fields, one line each; no lines where the part is gone. `ann`, `peer/context.head`. */
export interface ViewPart {
  readonly host: string;
  readonly part: string;
  readonly lines: readonly (readonly [field: string, value: string])[];
}

/** One place in which a step changed the world; null where there was nothing, or is nothing any more. */
export interface ViewChange {
  readonly host: string;
  readonly field: string;
  readonly before: string | null;
  readonly after: string | null;
}

export interface ViewStep {
  readonly words: string;
  readonly fault: boolean;
  readonly settling: boolean;
  readonly rules: readonly string[];
  /** What was sent, lost and stored. */
  readonly effects: readonly { readonly words: string; readonly lost: boolean }[];
  readonly changes: readonly ViewChange[];
  /** The parts that the step changed, as they are after it. */
  readonly parts: readonly ViewPart[];
}

/** A step with the earlier steps that it rests on, in words. */
export interface ViewLink {
  readonly step: number;
  readonly words: string;
  readonly why: string;
}

/** What moves on the page. It travels as JSON, and the page's script puts it in place as text. */
export interface Moving {
  readonly hosts: readonly string[];
  /** The world before the first step. */
  readonly start: readonly ViewPart[];
  readonly steps: readonly ViewStep[];
  /** What the last step comes to: a claim violated, a witness seen. */
  readonly end: { readonly words: string; readonly tone: Tone };
}

/** What the page shows. The words are chosen by the command; the page only places them. */
export interface View extends Moving {
  readonly heading: string;
  readonly tone: Tone;
  readonly claim: string;
  /** How the run ended, and what a reader should know of it. */
  readonly outcome: readonly string[];
  readonly facts: readonly (readonly [name: string, value: string])[];
  readonly commands: readonly (readonly [does: string, command: string])[];
  /** What the claim speaks of, at the end of the run. */
  readonly values: readonly { readonly host: string; readonly role: string; readonly shows: string; readonly life: string }[];
  /** What the end of the run rests on, from the end back; then faults that count by what did not happen. */
  readonly because: { readonly links: readonly ViewLink[]; readonly left: number; readonly missing: readonly ViewLink[] };
  readonly story: Story;
  /** Where the run goes round for ever. `from` counts steps from 1; null where nothing need happen any more. */
  readonly loop: { readonly from: number | null; readonly words: string } | null;
  /** Steps that are not shown, because the run is too long for a page. */
  readonly left: number;
}
