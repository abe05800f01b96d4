import { answer, type Service, unknownOperation } from '../request-response/service.ts';

/** Files with a number that grows with each change, by which a client sees whether what it has kept is still so. */
export type Versions = Readonly<Record<string, { readonly version: number; readonly data: string | null }>>;

/** What is left out is as it should be. */
interface VersionRules {
  /** Whether a client that has this version is told that it needs no other. */
  readonly isCurrent?: (kept: number | null, version: number) => boolean;
}

const unwritten = { version: 0, data: null };

/**
 * Files as clients that keep copies use them: a fetch says what has changed since, and a store puts the whole content there.
 * Source: RFC 8881, 5.8.1.4: the change attribute; RFC 1813, 3.3.6 READ and 3.3.7 WRITE with FILE_SYNC.
 */
export const versionedFiles = ({ isCurrent = (kept, version) => kept === version }: VersionRules = {}): Service<Versions> => ({
  doc: 'Files with versions: fetch, where it has changed, and store.',
  start: {},
  isSafe: ({ type }) => type === 'fetch',
  apply: (state, call) => {
    const file = state[call['name'] as string] ?? unwritten;
    switch (call.type) {
      case 'fetch':
        return { state, result: answer(isCurrent(call['version'] as number | null, file.version) ? null : file) };
      case 'store': {
        const version = file.version + 1;
        return { state: { ...state, [call['name'] as string]: { version, data: call['data'] as string } }, result: answer(version) };
      }
      default:
        return { state, result: unknownOperation(call) };
    }
  },
});
