import { readdirSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { fileURLToPath } from 'node:url';

/** A file of this repository, as the architecture tests read it. */
export interface Source {
  /** From the root, with `/`. */
  readonly path: string;
  /** Without comments and string contents, so that a word in a sentence is no finding. */
  readonly code: string;
  /** The files it imports, from the root; packages by their name. */
  readonly imports: readonly string[];
}

export const root = fileURLToPath(new URL('../../', import.meta.url));

const skip = new Set(['node_modules', 'dist', 'generated', '.git', '.rolecall', 'coverage']);

/** Blanks comments, and what stands between quotes; keeps `${…}` out too, which is enough for the words looked for. */
const bare = (text: string): string =>
  text.replace(/\/\*[\s\S]*?\*\/|\/\/[^\n]*|'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"|`(?:\\.|[^`\\])*`/g, (found) =>
    found.startsWith('`') ? (found.match(/\$\{[^}]*\}/g) ?? []).join(' ') : found.startsWith('/') ? '' : "''",
  );

const importsOf = (path: string, text: string): readonly string[] => {
  const withoutComments = text.replace(/\/\*[\s\S]*?\*\/|^\s*\/\/[^\n]*/gm, '');
  const found = [
    ...withoutComments.matchAll(
      /(?:^|[\s;])(?:import|export)\s[^;'"`]*?from\s*['"]([^'"]+)['"]|\bimport\s*\(\s*['"]([^'"]+)['"]|^import\s*['"]([^'"]+)['"]/gm,
    ),
  ];
  return found
    .map((match) => match[1] ?? match[2] ?? match[3] ?? '')
    .map((name) => (name.startsWith('.') ? posix.join(posix.dirname(path), name) : name));
};

export const sourceOf = (path: string, text: string): Source => ({ path, code: bare(text), imports: importsOf(path, text) });

/** Every TypeScript file of these folders. */
export const sourcesOf = (...folders: readonly string[]): readonly Source[] =>
  folders
    .flatMap((folder) => listed(folder))
    .sort()
    .map((path) => sourceOf(path, readFileSync(join(root, path), 'utf8')));

const listed = (folder: string): string[] => {
  try {
    return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
      const path = posix.join(folder, entry.name);
      if (entry.isDirectory()) return skip.has(entry.name) ? [] : listed(path);
      return /\.(ts|tsx)$/.test(entry.name) && !entry.name.endsWith('.d.ts') ? [path] : [];
    });
  } catch {
    return []; // A room that has nothing in it yet.
  }
};
