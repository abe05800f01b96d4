import type { HostName } from '../../model/role/effect.ts';
import type { ReplayReport } from '../../model/trace/replay.ts';
import type { Trace, TraceStep } from '../../model/trace/trace.ts';
import type { MessageName } from '../../model/world/action.ts';

/**
 * A trace with what a picture needs beside it: who sent what in which step, and what was lost. A trace names only the
 * choices that were made; a replay knows the rest.
 */
export interface Story {
  readonly hosts: readonly StoryHost[];
  readonly steps: readonly StoryStep[];
  /** Every sending is told: a message that no step sent was sent before the first one. */
  readonly complete: boolean;
}

export interface StoryHost {
  readonly name: HostName;
  readonly roles: readonly string[];
  /** The host is off at first. */
  readonly off: boolean;
}

export interface StoryStep extends Pick<TraceStep, 'action' | 'rules' | 'hint' | 'settling'> {
  /** The messages that the step put on the network, in the order of the effects. */
  readonly sent: readonly Sent[];
  /** Messages in flight that the step destroyed, other than the one that a `Drop` names: by a crash, or the end of a connection. */
  readonly lost: readonly MessageName[];
}

export interface Sent extends MessageName {
  /** A few words on the content, such as `block 3 (a1b2)`; empty where the type says enough. */
  readonly label: string;
  /** Why it never was in flight: a cut, a full inbox, a host that is down; absent where it was. */
  readonly lostTo?: string;
  /** A fault made it from another. */
  readonly copy?: true;
}

/** What can be told from a trace alone: every arrow starts where it ends, because nothing says when it was sent. */
export const storyOfTrace = (trace: Trace): Story => {
  const joining = new Set(trace.steps.flatMap(({ action }) => (action.type === 'Join' ? [action.host] : [])));
  const roles = new Map<HostName, Set<string>>(trace.hosts.map((host) => [host, new Set()]));
  const plays = (host: HostName, role: string): void => {
    if (role !== '') roles.get(host)?.add(role);
  };
  for (const { action } of trace.steps) {
    if ('fromRole' in action) {
      plays(action.from, action.fromRole);
      plays(action.to, action.toRole);
    } else if ('role' in action) plays(action.host, action.role);
  }
  return {
    hosts: trace.hosts.map((name) => ({ name, roles: [...(roles.get(name) ?? [])], off: joining.has(name) })),
    complete: false,
    steps: trace.steps.map(({ action, rules, ...more }) => ({
      action,
      rules,
      sent: [],
      lost: [],
      ...(more.hint === undefined ? {} : { hint: more.hint }),
      ...(more.settling === undefined ? {} : { settling: more.settling }),
    })),
  };
};

/** What a replay saw. */
export const storyOfReplay = ({ hosts, steps }: Pick<ReplayReport, 'hosts' | 'steps'>): Story => ({
  hosts,
  complete: true,
  steps: steps.map(({ action, rules, settling, label, sent, vanished }) => ({
    action,
    rules,
    sent: sent.map(({ lost, ...name }) => ({
      ...name,
      ...(lost === null ? {} : { lostTo: lost }),
      ...(action.type === 'Duplicate' ? { copy: true as const } : {}),
    })),
    lost: vanished,
    ...(label === '' ? {} : { hint: label }),
    ...(settling ? { settling } : {}),
  })),
});
