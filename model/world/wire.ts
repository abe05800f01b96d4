import type { Message } from '../role/effect.ts';
import type { Loss } from './variant.ts';
import type { Row } from './row.ts';
import { type Instance, NONE, RUNNING } from './system.ts';

/** What the network does with messages, and with connections. */

/** Puts a message into an inbox, or loses it. @param toAll it is a broadcast, which goes to those that are connected. */
export const send = (row: Row, from: number, to: number, entry: number, message: Message, toAll: boolean): void => {
  const { system } = row;
  const loss = lossOf(row, from, to);
  if (loss === null && row.edit(system.inboxSlot[to] as number, system.edits.add(entry))) row.observer?.sent(from, to, entry);
  // Those that are not connected lose nothing by a broadcast.
  else if (!(toAll && (loss === 'not connected' || loss === 'no such role')))
    row.observer?.lost(from, (system.instances[to] as Instance).hostName, message, loss ?? 'inbox full');
};

/** Why a message would be lost that is sent now, or null. */
export const lossOf = (row: Row, from: number, to: number): Loss | null => {
  const { system } = row;
  const [sender, receiver] = [system.instances[from] as Instance, system.instances[to] as Instance];
  if (row.status(to) !== RUNNING) return 'no such role';
  if (sender.host === receiver.host) return null;
  if (!system.connection) return !row.receives(receiver.host) ? 'host down' : row.isCut(sender.host, receiver.host) ? 'cut' : null;
  if (system.links.isDown(row.linksNow, sender.host, receiver.host)) return 'not connected';
  if (system.inboxes.isStale(row.inbox(from), to)) return 'not connected';
  return row.receives(receiver.host) ? null : 'host down';
};

const isConnectable = (row: Row, instance: Instance): boolean => row.receives(instance.host) && row.status(instance.index) === RUNNING;

/** Tells these instances and their neighbours of each other, where a connection stands between their hosts. */
export const connect = (row: Row, instances: readonly Instance[]): void => {
  const { system } = row;
  const fresh = new Set(instances.map((instance) => instance.index));
  for (const instance of system.instances) {
    if (!isConnectable(row, instance)) continue;
    for (const other of instance.neighbours) {
      if (!fresh.has(instance.index) && !fresh.has(other)) continue;
      const there = system.instances[other] as Instance;
      if (isConnectable(row, there) && !system.links.isDown(row.linksNow, instance.host, there.host)) hearLink(row, instance, other, 'connected');
    }
  }
};

/** A host that boots: what was left of its old connections ends, and new ones come to stand where nothing is cut. */
export const reconnect = (row: Row, host: number): void => {
  const { links } = row.system;
  for (const [a, b] of links.edges) {
    if (a !== host && b !== host) continue;
    breakConnection(row, a, b);
    if (row.receives(a) && row.receives(b) && !row.isCut(a, b) && !row.isCut(b, a)) raise(row, a, b);
  }
};

const raise = (row: Row, a: number, b: number): void => {
  const { links, linksSlot } = row.system;
  const codes = [links.code(a, b), links.code(b, a)];
  row.set(linksSlot, links.with(row.linksNow, { down: links.state(row.linksNow).down.filter((code) => !codes.includes(code)) }));
};

const hearLink = (row: Row, instance: Instance, from: number, type: 'connected' | 'disconnected'): void => {
  if (!instance.role.hears(type)) return;
  const { edits, inboxes, inboxSlot } = row.system;
  const entry = inboxes.entryOf(from, true, { type });
  if (row.edit(inboxSlot[instance.index] as number, edits.add(entry))) row.observer?.sent(from, instance.index, entry);
};

/** Ends the connection of two hosts: what is in flight is lost, and each live end hears of it. */
export const breakConnection = (row: Row, a: number, b: number): void => {
  const { links, linksSlot, instances } = row.system;
  if (links.isDown(row.linksNow, a, b)) return;
  row.set(linksSlot, links.with(row.linksNow, { down: [...links.state(row.linksNow).down, links.code(a, b), links.code(b, a)] }));
  const on = (host: number): readonly number[] => instances.flatMap((there) => (there.host === host ? [there.index] : []));
  for (const instance of instances) {
    const other = instance.host === a ? b : instance.host === b ? a : NONE;
    if (other !== NONE) part(row, instance, on(other));
  }
};

/** An instance loses what is in flight to it from these, and hears that they are gone. */
export const part = (row: Row, instance: Instance, others: readonly number[]): void => {
  const { system } = row;
  row.edit(system.inboxSlot[instance.index] as number, system.edits.without(others));
  for (const other of others) row.observer?.cleared(instance.index, other);
  if (!isConnectable(row, instance)) return;
  for (const other of others) if (instance.neighbours.includes(other)) hearLink(row, instance, other, 'disconnected');
};

/**
 * Whether a standing connection must end: nothing passes any more, because it is cut, its switch is down, or one of its
 * hosts is. Its end is an action of its own, for until then what was sent before may still arrive, or wait.
 */
export const mustBreak = (row: Row, a: number, b: number): boolean => {
  const { connection, links } = row.system;
  if (!connection || links.isDown(row.linksNow, a, b)) return false;
  return row.isCut(a, b) || row.isCut(b, a) || !row.receives(a) || !row.receives(b);
};

/** Cuts every linked direction from one side to the other. */
export const partition = (row: Row, side: readonly number[], oneWay: boolean): void => {
  const { links, linksSlot, hosts } = row.system;
  const cut = [...links.state(row.linksNow).cut];
  for (const a of side)
    for (let b = 0; b < hosts.length; b++) {
      if (side.includes(b) || !links.linked(a, b)) continue;
      cut.push(links.code(a, b));
      if (!oneWay) cut.push(links.code(b, a));
    }
  row.set(linksSlot, links.with(row.linksNow, { cut }));
};

/** Heals every cut; connections between live hosts come back. */
export const repair = (row: Row): void => {
  const { links, linksSlot, connection, instances } = row.system;
  if (linksSlot === NONE) return;
  row.set(linksSlot, links.with(row.linksNow, { cut: [] }));
  if (!connection) return;
  const down = reconnectable(row);
  for (const [a, b] of down) raise(row, a, b);
  for (const instance of instances)
    for (const other of instance.neighbours) {
      const there = instances[other] as Instance;
      const isBack = down.some(([a, b]) => (a === instance.host && b === there.host) || (b === instance.host && a === there.host));
      if (isBack && isConnectable(row, instance) && isConnectable(row, there)) hearLink(row, instance, other, 'connected');
    }
};

/** Broken connections whose two hosts live. */
export const reconnectable = (row: Row): readonly (readonly [number, number])[] => {
  const { links } = row.system;
  if (!row.isThroughUp()) return [];
  return links.edges.filter(([a, b]) => links.isDown(row.linksNow, a, b) && row.receives(a) && row.receives(b));
};

export const hold = (row: Row, from: number, to: number, held: boolean): void => {
  const { links, linksSlot } = row.system;
  const now = links.state(row.linksNow).held;
  const code = links.code(from, to);
  row.set(linksSlot, links.with(row.linksNow, { held: held ? [...now, code] : now.filter((other) => other !== code) }));
};

export const drop = (row: Row, instance: number, entry: number): void => {
  row.edit(row.system.inboxSlot[instance] as number, row.system.edits.remove(entry));
  row.observer?.dropped(instance, entry);
};

export const duplicate = (row: Row, instance: number, entry: number): void => {
  const { edits, inboxes, inboxSlot } = row.system;
  const isFull = inboxes.add(row.inbox(instance), entry) < 0;
  row.edit(inboxSlot[instance] as number, edits.copy(entry));
  if (!isFull) row.observer?.duplicated(instance, entry);
};
