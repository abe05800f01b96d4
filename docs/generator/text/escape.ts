/** The five characters that mean something in XML; control characters, which XML forbids, become a space. */
export const escapeXml = (text: string): string =>
  text
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters that XML 1.0 forbids.
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, ' ')
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/"/g, '&quot;')
    .replace(/'/g, '&#39;');

const plainProse = (text: string): string =>
  text
    .replace(/[\\`*[\]|~]/g, '\\$&')
    // An underscore inside a word is no emphasis, on GitHub or in typedoc; escaped ones read badly in the source.
    .replace(/(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])/g, '\\_')
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    // typedoc reads {@link} and @tags in documents.
    .replace(/@/g, '&#64;')
    .replace(/^([#+-]|\d+[.)])(?=\s)/, '\\$1');

/**
 * Prose for Markdown: what a model says is never read as markup, a link or a tag, and stays on one line. Only what it puts
 * between two backticks is code, as the reader expects.
 */
export const prose = (text: string): string =>
  text
    .replace(/\s+/g, ' ')
    .trim()
    .split(/`([^`]+)`/)
    .map((part, index) => (index % 2 === 1 ? code(part) : plainProse(part)))
    .join('');

/** A name as code. The fence is longer than any run of backticks inside; a table escapes the bars of its cells itself. */
export const code = (text: string): string => {
  const plain = text.replace(/\s+/g, ' ').trim();
  if (plain === '') return '';
  const runs = plain.match(/`+/g) ?? [];
  const fence = '`'.repeat(runs.reduce((longest, run) => Math.max(longest, run.length), 0) + 1);
  const pad = plain.startsWith('`') || plain.endsWith('`') ? ' ' : '';
  return `${fence}${pad}${plain}${pad}${fence}`;
};

/** A name as part of a file's name: letters, digits, dots and hyphens. Different names may share one; see `distinctSlugs`. */
export const slug = (name: string): string => {
  const plain = name
    .replace(/([a-z0-9])([A-Z])/g, '$1-$2')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '');
  return plain === '' ? 'unnamed' : plain;
};

/** A file's name for each of several names: equal slugs are numbered. */
export const distinctSlugs = (names: readonly string[], reserved: readonly string[] = []): ReadonlyMap<string, string> => {
  const taken = new Set(reserved);
  const slugs = new Map<string, string>();
  for (const name of names) {
    if (slugs.has(name)) continue;
    let candidate = slug(name);
    for (let number = 2; taken.has(candidate); number += 1) candidate = `${slug(name)}-${number}`;
    taken.add(candidate);
    slugs.set(name, candidate);
  }
  return slugs;
};
