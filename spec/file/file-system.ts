import { answer, failure, type Service, unknownOperation } from '../request-response/service.ts';

/** A file: its number, which no other file ever has, and what it holds. */
type File = {
  readonly id: number;
  readonly data: string;
  /** What the client that created it exclusively has made up, so that it recognises its own file. */
  readonly verifier: string | null;
};

export type FileSystem = {
  readonly files: Readonly<Record<string, File>>;
  readonly created: number;
  /** Written, and not on disk yet, by name. */
  readonly unstable: Readonly<Record<string, string>>;
  /** Which life of the server this is; what was unstable in another life is lost. */
  readonly boot: number;
};

export const noFile = 'no such file';
export const exists = 'file exists';

const changed = (state: FileSystem, files: FileSystem['files']): FileSystem => ({ ...state, files });

const without = <T>(record: Readonly<Record<string, T>>, name: string): Readonly<Record<string, T>> =>
  Object.fromEntries(Object.entries(record).filter(([each]) => each !== name));

/**
 * The files of one directory. Source: RFC 1813, 3.3.3 LOOKUP, 3.3.6 READ, 3.3.7 WRITE, 3.3.8 CREATE, 3.3.12 REMOVE,
 * 3.3.14 RENAME, 3.3.21 COMMIT; RFC 8881 has the same operations within its compounds.
 */
export const fileSystem: Service<FileSystem> = {
  doc: 'Files of one directory: lookup, create, remove, rename, read, write, commit.',
  start: { files: {}, created: 0, unstable: {}, boot: 1 },
  isSafe: ({ type }) => type === 'lookup' || type === 'read',
  /** What was not committed is lost in a crash, and the verifier of the next life tells it. */
  stable: (state) => ({ ...state, unstable: {}, boot: state.boot + 1 }),
  apply: (state, call) => {
    const name = call['name'] as string;
    const { files, created, unstable, boot } = state;
    const file = files[name];
    switch (call.type) {
      case 'lookup':
        return { state, result: file === undefined ? failure(noFile) : answer(file.id) };
      case 'create': {
        const verifier = (call['verifier'] as string | undefined) ?? null;
        // An exclusive create that comes again finds the file that it has made.
        if (file !== undefined) return { state, result: verifier !== null && file.verifier === verifier ? answer(file.id) : failure(exists) };
        const made = { id: created + 1, data: '', verifier };
        return { state: { ...changed(state, { ...files, [name]: made }), created: created + 1 }, result: answer(made.id) };
      }
      case 'remove':
        if (file === undefined) return { state, result: failure(noFile) };
        return { state: { ...changed(state, without(files, name)), unstable: without(unstable, name) }, result: answer(null) };
      case 'rename': {
        if (file === undefined) return { state, result: failure(noFile) };
        return { state: changed(state, { ...without(files, name), [call['to'] as string]: file }), result: answer(null) };
      }
      case 'read':
        return { state, result: file === undefined ? failure(noFile) : answer(unstable[name] ?? file.data) };
      case 'write':
        if (file === undefined) return { state, result: failure(noFile) };
        return { state: { ...state, unstable: { ...unstable, [name]: call['data'] as string } }, result: answer(boot) };
      case 'commit': {
        if (file === undefined) return { state, result: failure(noFile) };
        const kept = { ...file, data: unstable[name] ?? file.data };
        return { state: { ...changed(state, { ...files, [name]: kept }), unstable: without(unstable, name) }, result: answer(boot) };
      }
      default:
        return { state, result: unknownOperation(call) };
    }
  },
};
