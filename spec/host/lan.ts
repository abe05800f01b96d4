import { assign, enqueueActions, setup } from 'xstate';
import type { Delivered, Effect, HostName, RoleInput } from '../../model/role/effect.ts';
import type { Rule } from '../../model/role/rule.ts';
import type { Frame } from './messages.ts';

/** A LAN as its switches see it: frames, and the cables that they come in on and go out on. */

const rules = {
  shout: { rule: 'LAN-1', source: 'IEEE 802.3, clause 3: broadcast frames', says: 'A station sends a frame that is for all.' },
  hear: {
    rule: 'LAN-2',
    source: 'IEEE 802.3, clause 3: broadcast frames',
    says: 'A station hears what is for all; it does not know that it has heard it before.',
  },
  flood: {
    rule: 'LAN-3',
    source: 'IEEE 802.1D, 7.7: The Forwarding Process',
    says: 'A switch sends what is for all out on every cable but the one that it came in on.',
  },
  block: {
    rule: 'LAN-4',
    source: 'IEEE 802.1D, 8: The Spanning Tree',
    says: 'What comes in on a cable that stands by is dropped, and nothing goes out on it.',
  },
} as const satisfies Record<string, Rule>;

/** A cable, by whom it leads to; of several to the same one, by number. */
type Cable = { readonly to: HostName; readonly cable: number };

type StationContext = {
  readonly name: string;
  readonly at: HostName;
  readonly sent: number;
  /** How often each frame was heard, by sender and number; more than twice is twice. */
  readonly heard: Readonly<Record<string, number>>;
};

export const frameName = (source: string, number: number): string => `${source} ${number}`;

/** A computer on a LAN. */
export const station = setup({
  types: {
    context: {} as StationContext,
    events: {} as Delivered<Frame> | { readonly type: 'shout' },
    emitted: {} as Effect<Frame>,
    input: {} as RoleInput,
    meta: {} as Rule,
    tags: {} as 'rest',
  },
  actions: {
    send: enqueueActions(({ context, enqueue }) => {
      const { name, at, sent } = context;
      enqueue.assign({ sent: sent + 1 });
      enqueue.emit({ type: 'send', to: at, message: { type: 'Frame', source: name, number: sent + 1, cable: 1 } });
    }),
    hear: assign(({ context, event }) => {
      if (event.type !== 'Frame') return {};
      const frame = frameName(event.source, event.number);
      return { heard: { ...context.heard, [frame]: Math.min(2, (context.heard[frame] ?? 0) + 1) } };
    }),
  },
}).createMachine({
  id: 'host.station',
  options: { maxIterations: 100 },
  context: ({ input }): StationContext => {
    const { name, at } = input.params as { readonly name: string; readonly at: HostName };
    return { name, at, sent: 0, heard: {} };
  },
  initial: 'plugged',
  states: {
    plugged: {
      description: 'Is on the LAN.',
      tags: 'rest',
      on: { shout: { actions: 'send', meta: rules.shout }, Frame: { actions: 'hear', meta: rules.hear } },
    },
  },
});

/** Its cables, and those that stand by. Which they are is settled before the first frame; the protocol that settles it is not modelled. */
type BridgeContext = { readonly cables: readonly Cable[]; readonly standby: readonly Cable[] };

const isStandby = ({ standby }: BridgeContext, { to, cable }: Cable): boolean => standby.some((other) => other.to === to && other.cable === cable);

/** A switch that floods: it keeps nothing of what it has sent on, and so does not know what has come round to it. */
export const bridge = setup({
  types: {
    context: {} as BridgeContext,
    events: {} as Delivered<Frame>,
    emitted: {} as Effect<Frame>,
    input: {} as RoleInput,
    meta: {} as Rule,
    tags: {} as 'rest',
  },
  guards: { comesOnStandby: ({ context, event }) => isStandby(context, { to: event.from, cable: event.cable }) },
  actions: {
    flood: enqueueActions(({ context, event, enqueue }) => {
      const { from, source, number } = event;
      for (const { to, cable } of context.cables)
        if ((to !== from || cable !== event.cable) && !isStandby(context, { to, cable }))
          enqueue.emit({ type: 'send', to, message: { type: 'Frame', source, number, cable } });
    }),
  },
}).createMachine({
  id: 'host.bridge',
  options: { maxIterations: 100 },
  context: ({ input }): BridgeContext => input.params as BridgeContext,
  initial: 'forwarding',
  states: {
    forwarding: {
      description: 'Sends on what comes.',
      tags: 'rest',
      on: {
        Frame: [
          { guard: 'comesOnStandby', meta: rules.block },
          { actions: 'flood', meta: rules.flood },
        ],
      },
    },
  },
});
