import { existsSync, mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import ts from 'typescript';
import { RolecallError } from '../../model/kernel/errors.ts';
import { reasonOf } from '../files.ts';

/**
 * Compiles a TypeScript file and what it imports by relative paths into a folder of plain modules, and returns the path
 * of its own. Node 20 cannot strip types, and later versions do not in every place, so all versions load the same text.
 * Types are not checked here; the project's own compiler does that. `ours` says where this package's entries stand.
 */
export const compile = (entry: string, root: string, into: string, ours: (specifier: string) => string | null): string => {
  const done = new Set<string>();
  const todo = [entry];
  for (let file = todo.pop(); file !== undefined; file = todo.pop()) {
    if (done.has(file)) continue;
    done.add(file);
    const { text, imported } = compiled(file, root, into, ours);
    keep(compiledPath(file, root, into), text);
    todo.push(...imported);
  }
  return compiledPath(entry, root, into);
};

const textOf = (file: string): string => {
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    throw new RolecallError({
      code: 'CONFIG_UNREADABLE',
      message: reasonOf(cause),
      place: relative(process.cwd(), file),
      advice: 'Let it be a file that you may read.',
      cause,
    });
  }
};

const isTypeScript = (file: string): boolean => /\.[cm]?tsx?$/.test(file);

/** Beside each other as their sources are; what lies above the root gets a folder of its own. */
const compiledPath = (file: string, root: string, into: string): string =>
  join(
    into,
    ...relative(root, file)
      .split(sep)
      .map((part) => (part === '..' ? '_up' : part.replace(':', ''))),
  ).concat('.mjs');

const compiled = (file: string, root: string, into: string, ours: (specifier: string) => string | null) => {
  const source = textOf(file);
  const { outputText, diagnostics = [] } = ts.transpileModule(source, {
    fileName: file,
    reportDiagnostics: true,
    compilerOptions: {
      target: ts.ScriptTarget.ES2023,
      module: ts.ModuleKind.ESNext,
      inlineSourceMap: true,
      sourceRoot: pathToFileURL(dirname(file)).href,
      isolatedModules: true,
    },
    transformers: { before: [staysInPlace(file)] },
  });
  const [wrong] = diagnostics.filter(({ category }) => category === ts.DiagnosticCategory.Error);
  if (wrong !== undefined)
    throw new RolecallError({
      code: 'CONFIG_SYNTAX',
      message: ts.flattenDiagnosticMessageText(wrong.messageText, ' '),
      place: placeOf(file, source, wrong.start ?? 0),
      advice: 'Correct the file; `npx tsc` tells of all that is wrong in it.',
    });
  const imported: string[] = [];
  // What remains after compilation is what is loaded: types are gone. The last comes first, so that positions stay right.
  const imports = ts.preProcessFile(outputText, true, true).importedFiles.toReversed();
  const text = imports.reduce((all, { fileName: specifier, pos, end }) => {
    const target = targetOf(specifier, file, source);
    if (target !== null && isTypeScript(target)) imported.push(target);
    const path = target !== null && isTypeScript(target) ? compiledPath(target, root, into) : target;
    const url = path === null ? ours(specifier) : pathToFileURL(path).href;
    // The positions are those of the text between the quotes, or of the quotes too.
    return url === null ? all : all.slice(0, pos) + all.slice(pos, end + 1).replace(specifier, () => url) + all.slice(end + 1);
  }, outputText);
  return { text, imported };
};

/** The file that a relative import means, however it is written: `./peer.ts`, `./peer.js`, `./peer`. Null for a package. */
const targetOf = (specifier: string, file: string, source: string): string | null => {
  if (!/^\.\.?(\/|$)/.test(specifier)) return null;
  const path = join(dirname(file), specifier);
  const candidates = [path, path.replace(/\.([cm]?)js$/, '.$1ts'), ...['.ts', '.mts', '.js', '.mjs', '/index.ts'].map((end) => path + end)];
  const found = candidates.find((each) => existsSync(each) && statSync(each).isFile());
  if (found !== undefined) return found;
  throw new RolecallError({
    code: 'CONFIG_IMPORT',
    message: `There is no file ${specifier}.`,
    place: placeOf(file, source, Math.max(0, source.indexOf(specifier))),
    advice: 'Correct the path; it is relative to the file that imports it.',
  });
};

const placeOf = (file: string, source: string, position: number): string => {
  const before = source.slice(0, position).split('\n');
  return `${relative(process.cwd(), file)}:${before.length}:${(before.at(-1) ?? '').length + 1}`;
};

/** What a module says about its own place stays what it was before it was compiled. */
const staysInPlace =
  (file: string): ts.TransformerFactory<ts.SourceFile> =>
  (context) => {
    const places: Readonly<Record<string, string>> = { url: pathToFileURL(file).href, filename: file, dirname: dirname(file) };
    const visit = (node: ts.Node): ts.Node => {
      const isMeta = ts.isPropertyAccessExpression(node) && ts.isMetaProperty(node.expression);
      const place = isMeta ? places[node.name.text] : undefined;
      return place === undefined ? ts.visitEachChild(node, visit, context) : ts.factory.createStringLiteral(place);
    };
    return (source) => ts.visitEachChild(source, visit, context);
  };

/** Writes beside and renames: another process may be loading the same file. */
const keep = (path: string, text: string): void => {
  try {
    if (existsSync(path) && readFileSync(path, 'utf8') === text) return;
    mkdirSync(dirname(path), { recursive: true });
    const beside = `${path}.${process.pid}.tmp`;
    writeFileSync(beside, text);
    renameSync(beside, path);
  } catch (cause) {
    throw new RolecallError({
      code: 'CONFIG_UNWRITABLE',
      message: `The compiled configuration cannot be written: ${cause instanceof Error ? cause.message : String(cause)}.`,
      place: path,
      advice: 'Let rolecall write to the folder .rolecall beside the configuration.',
      cause,
    });
  }
};
