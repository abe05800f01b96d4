import type { ShownTrace, Subject } from '../subject.ts';
import { drawStory } from '../sequence/draw.ts';
import { code, prose } from '../text/escape.ts';
import { counted } from '../text/number.ts';
import type { Files } from './files.ts';
import { image, page } from './markdown.ts';

const aboutOf = ({ trace }: ShownTrace): string => {
  const mutant = trace.mutant === null ? '' : `, with the mutant ${trace.mutant}`;
  return `${trace.property}, ${trace.part}: ${trace.verdict} under ${trace.scenario}${mutant}`;
};

const minimisedText = ({ trace }: ShownTrace): string => {
  if (trace.minimised === null) return 'Not minimised.';
  const shortest = trace.minimised.shortest ? ' A breadth-first search found no shorter run.' : '';
  // What settles is not minimised, and may be longer than all that it was minimised from.
  const settling = trace.steps.filter((step) => step.settling === true).length;
  const settled = settling === 0 ? '' : ` to ${trace.steps.length - settling}, then ${counted(settling, 'step')} of settling`;
  return `Minimised from ${counted(trace.minimised.from, 'step')}${settled}.${shortest}`;
};

const legend =
  'Time runs down, one row for each step. An arrow runs from the step that sent a message to the step that delivers it; one that ends in a cross was dropped or lost, a broken one is a second copy or still in flight. A band is a partition, darker on the hosts that are cut off; a crash is a cross and a gap, a join or restart a ring. Rule ids stand beside the steps that they decide.';

/** The sequence diagrams of a protocol's kept traces: the page, and one picture for each. */
export const sequencesPage = (subject: Subject, files: Files): ReadonlyMap<string, string> => {
  const pictures = subject.traces.map((kept): [string, string] => {
    const description = `Sequence diagram of ${counted(kept.story.steps.length, 'step')} between ${kept.trace.hosts.join(', ')}.`;
    return [
      `${files.sequences.get(kept.file) ?? ''}.svg`,
      drawStory(kept.story, { title: aboutOf(kept), description, outcome: `${kept.trace.part} ${kept.trace.verdict}` }),
    ];
  });
  const sections = subject.traces.flatMap((kept) => [
    `## ${prose((kept.file.split('/').at(-1) ?? kept.file).replace(/(\.trace)?\.json$/, ''))}`,
    `${prose(aboutOf(kept))}. ${minimisedText(kept)}${kept.stale === '' ? '' : ` **Stale**: ${prose(kept.stale)}.`} Kept as ${code(kept.file)}; see it step by step with ${code(`npx rolecall replay ${kept.file}`)}.`,
    image(`Sequence diagram of ${kept.file}`, `${files.sequences.get(kept.file) ?? ''}.svg`),
  ]);
  const markdown = page(
    `# Sequences of ${prose(subject.protocol.id)}`,
    subject.traces.length === 0
      ? 'No trace of this protocol is kept yet.'
      : `These runs really happened: each picture is drawn from a kept trace. ${legend}`,
    ...sections,
  );
  return new Map([['sequences.md', markdown], ...pictures]);
};
