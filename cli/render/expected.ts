import type { Expected } from '../expected.ts';
import type { Paint } from './paint.ts';
import { wrapped } from './table.ts';
import { listed } from './words.ts';

/** What became of the claims that have to fail in a scenario. */
export const expectedLines = (scenario: string, expected: readonly Expected[], paint: Paint, width: number): string[] =>
  expected.flatMap(({ property, why, found, notJudged, trace }) => {
    const words = {
      yes: `${property} fails under ${scenario}, as it must: ${why}`,
      no: `${property} should fail under ${scenario} and holds in every world: ${why}`,
      unknown: `${property} should fail under ${scenario} and was not seen to: ${why}`,
      elsewhere: `${property} should fail under ${scenario}: ${why} Not judged here: ${listed(notJudged)}; \`rolecall run\` judges them`,
    }[found];
    const tone = found === 'no' || found === 'unknown' ? 'unsure' : 'dim';
    return [
      ...wrapped(words, width, '  ').map((line) => paint(tone, line)),
      ...(trace === null ? [] : [paint('dim', `  Replay it:  npx rolecall replay ${trace}`)]),
    ];
  });
