import type { InstanceView, Monitor, WorldView } from '../../model/property/property.ts';
import type { Channel } from '../../spec/chat/channel.ts';
import type { ChatRoles } from '../../spec/chat/protocol.ts';

export type World = WorldView<ChatRoles>;
export type MonitorHere = Monitor<ChatRoles>;

export const channelOf = ({ context }: InstanceView<ChatRoles['channel']>): Channel => context.state as unknown as Channel;

/** What stands on a screen, as `cleo: line 1`. */
export const screenOf = ({ context }: InstanceView<ChatRoles['chatter']>): readonly string[] =>
  context.local.shown.map(({ from, text }) => `${from}: ${text}`);

export const showChannel = (channel: InstanceView<ChatRoles['channel']>): string => {
  const { members, log } = channelOf(channel);
  return `members: ${Object.keys(members).sort().join(' ') || 'nobody'}; ${log.length} lines`;
};

export const showChatter = (chatter: InstanceView<ChatRoles['chatter']>): string =>
  `${chatter.context.local.joined ? 'joined' : 'not joined'}; sees: ${screenOf(chatter).join(', ') || 'nothing'}`;
