import type { InstanceView, Monitor } from '../../model/property/property.ts';
import type { FileSystem } from '../../spec/file/file-system.ts';
import type { FileRoles } from '../../spec/file/protocol.ts';

export type MonitorHere = Monitor<FileRoles>;

export const filesIn = ({ context }: InstanceView<FileRoles['server']>): FileSystem => context.state as unknown as FileSystem;

export const showServer = (server: InstanceView<FileRoles['server']>): string =>
  Object.entries(filesIn(server).files)
    .map(([name, { id, data }]) => `${name} is file ${id}${data === '' ? '' : `, ${data}`}`)
    .join('; ') || 'no files';

export const showUser = ({ context: { pending, session } }: InstanceView<FileRoles['user']>): string => {
  const waits = pending === null ? 'waits for nothing' : `waits for ${pending.id}: ${pending.call.type}`;
  return session === null ? waits : `${waits}, session ${session.name}`;
};
