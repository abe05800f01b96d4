import type { Value } from '../../model/kernel/value.ts';
import { checkCloseToOpen } from '../../model/property/consistency/close-to-open.ts';
import { history, operationsOf } from '../../model/property/consistency/history.ts';
import { linearizable } from '../../model/property/consistency/linearizable.ts';
import { register } from '../../model/property/consistency/objects.ts';
import { defineProperty, type InstanceView, type WorldView } from '../../model/property/property.ts';
import { copied } from '../../spec/file/domain.ts';
import { type FileRoles, fileProtocol } from '../../spec/file/protocol.ts';
import { versionedFiles } from '../../spec/file/versions.ts';

/** Files that users keep copies of: what is promised to whoever opens one, and what is not. */

const shows = {
  editor: ({ context: { copy, dirty }, value }: InstanceView<FileRoles['editor']>) =>
    `${value as string}; its copy: ${copy?.data ?? 'nothing'}${dirty ? ', not stored yet' : ''}`,
};

const anothersIsRead = (world: WorldView<FileRoles>): boolean =>
  world.some('editor', ({ context: { copy, name } }) => copy?.data != null && !copy.data.startsWith(name));

export const closeToOpen = defineProperty(fileProtocol, {
  id: 'CLOSE-TO-OPEN',
  claim: 'Who opens a file reads what was written by all who had closed it before, or something newer.',
  source: 'RFC 1813, 4.11; RFC 8881, 10.3.1: Data Caching and OPENs',
  holdsUnder: ['copies', 'everyCopy', 'oneEditor'],
  failsUnder: { cachedOn: 'Who opens a file and does not ask whether its copy is still so, reads what others have long written over.' },
  monitors: { history: history() },
  always: { fresh: (world) => checkCloseToOpen(operationsOf(world.monitor('history'))).verdict !== 'violated' },
  sometimes: { anothersIsRead },
  shows,
  mutants: {
    flushesLater: {
      doc: 'A file counts as closed before the server has what was written.',
      after: 'Clients that write behind, and exports with async.',
      domain: { caching: { ...copied.caching, flushesLater: true } },
    },
    staleIsCurrent: {
      doc: 'The server says of any copy that it is still so.',
      after: 'Change attributes made of times: two changes within one granule look like one.',
      domain: { service: versionedFiles({ isCurrent: (kept) => kept !== null }) },
    },
  },
});

/** A read and a write of the copy, as if there were one file. */
const ofTheFile = {
  call: ({ operation, input }: { readonly operation: string; readonly input: Value }) =>
    operation === 'read' || operation === 'write' ? { operation, input: (input as { readonly value?: Value }).value ?? null } : null,
};

export const oneCopy = defineProperty(fileProtocol, {
  id: 'FILE-AS-ONE-COPY',
  claim: 'Who reads an open file sees what was written last, as if there were one copy of it.',
  source: 'Sandberg et al., Design and Implementation of the Sun Network Filesystem, 1985; RFC 1813, 4.11',
  holdsUnder: ['oneEditor', 'everyEditor'],
  failsUnder: { copies: 'Another writes while the file is open: both work on copies, and neither sees the other.' },
  monitors: { asOne: linearizable({ model: register, ...ofTheFile }) },
  sometimes: { somethingIsWritten: (world) => world.some('editor', ({ context }) => context.dirty) },
  shows,
});
