import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { documentsOf, recorded } from './record.ts';

it('the page and the pictures of the measurements are those of what was recorded', () => {
  const all = recorded();
  if (all === null) throw new Error('nothing is recorded: npm run bench -- --record');
  const documents = Object.entries(documentsOf(all));
  expect(documents.length).toBeGreaterThan(0);
  for (const [path, content] of documents) {
    expect(readFileSync(path, 'utf8')).toBe(content);
    // What is drawn is XML, in which a comment holds no two hyphens.
    for (const [, comment] of content.matchAll(/<!--(.*?)-->/gs)) expect(comment).not.toContain('--');
  }
});
