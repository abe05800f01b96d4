import type { InstanceView, Monitor, WorldView } from '../../model/property/property.ts';
import type { Action } from '../../model/world/action.ts';
import type { Call, Request, Result } from '../../spec/request-response/messages.ts';
import type { Answer } from '../../spec/web/http.ts';
import { type Resource, resourceAt, type Site } from '../../spec/web/origin.ts';
import type { WebRoles } from '../../spec/web/protocol.ts';

export type World = WorldView<WebRoles>;
export type MonitorHere = Monitor<WebRoles>;

/** What the origin holds, also while it is down. */
export const siteIn = (world: World): Site => {
  const [origin] = world.all('origin');
  if (origin === undefined) return {};
  const stored = origin.stored['server'] as { readonly state: Site } | undefined;
  return origin.running ? (origin.context.state as unknown as Site) : (stored?.state ?? {});
};

export const linesAt = (world: World, path: string): readonly string[] => resourceAt(siteIn(world), path).lines ?? [];
export const pageIn = (world: World): Resource => resourceAt(siteIn(world), 'page');

/** The request that a step brings to the origin, with who sent it. */
export const requestIn = (before: World, action: Action): { readonly from: string; readonly id: number; readonly call: Call } | null => {
  if (action.type !== 'Deliver' || action.toRole !== 'origin' || action.message !== 'Request') return null;
  // Connections are first in first out.
  const first = before.inFlight().find(({ from, to, message }) => from === action.from && to === action.to && message.type === 'Request');
  return first === undefined ? null : { from: first.from, ...(first.message as Request) };
};

/** What a result says, where it is a response of HTTP. */
export const answerIn = (result: unknown): Answer | null => {
  const { ok, value } = result as Result & { readonly value?: Answer };
  return ok ? (value ?? null) : null;
};

export const showOrigin = ({ context }: InstanceView<WebRoles['origin']>): string =>
  Object.entries(context.state as unknown as Site)
    .map(([path, { lines, version }]) => `${path}: ${lines === null ? 'nothing' : lines.join(' ')} (version ${version})`)
    .join(', ') || 'empty';

export const showBrowser = ({ context }: InstanceView<WebRoles['browser']>): string =>
  context.pending === null ? 'waits for nothing' : `waits for ${context.pending.id}: ${context.pending.call.type}`;
