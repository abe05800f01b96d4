import { type AnyStateMachine, assign, enqueueActions, setup } from 'xstate';
import * as z from 'zod';
import type { Effect, RoleInput } from '../../model/role/effect.ts';
import { message } from '../../model/role/message.ts';
import { command, role, type RoleType } from '../../model/role/role.ts';
import { defineProtocol } from '../../model/protocol/define.ts';
import type { Protocol } from '../../model/protocol/protocol.ts';
import type { ScenarioType } from '../../model/protocol/scenario.ts';
import { Random } from '../../model/kernel/random.ts';
import type { Value } from '../../model/kernel/value.ts';
import { Engine } from '../../model/world/engine.ts';
import type { Action } from '../../model/world/action.ts';
import { enabled } from '../../model/world/move.ts';
import { type Setting, settingOf, System } from '../../model/world/system.ts';
import type { World, WorldMonitor } from '../../model/world/world.ts';
import { Player } from '../../model/trace/player.ts';

/** Effects by name; the speaker performs those that its command names. */
export type Scripts = Readonly<Record<string, readonly Effect[]>>;

/** A note to somebody. */
export const note = (n: number): { readonly type: 'Note'; readonly n: number } => ({ type: 'Note', n });

interface Heard {
  readonly heard: readonly string[];
  readonly stored: Readonly<Record<string, Value>>;
}

/** A role that performs scripts, and writes down what it hears: `ann:1` for a note, `+ann` and `-ann` for connections. */
export const speaker = (scripts: Scripts, more: object = {}): AnyStateMachine =>
  setup({
    types: { context: {} as Heard, input: {} as RoleInput, events: {} as { type: string; from: string; n: number; script: string } },
    actions: {
      hear: assign({ heard: ({ context, event }) => [...context.heard, `${event.from}:${event.n}`] }),
      join: assign({ heard: ({ context, event }) => [...context.heard, `+${event.from}`] }),
      part: assign({ heard: ({ context, event }) => [...context.heard, `-${event.from}`] }),
      perform: enqueueActions(({ event, enqueue }) => {
        for (const effect of scripts[event.script] ?? []) enqueue.emit(effect as never);
      }),
    },
  }).createMachine({
    id: 'speaker',
    options: { maxIterations: 20 },
    context: ({ input }: { input: RoleInput }) => ({ heard: [], stored: input.stored }),
    on: {
      Note: { actions: 'hear', meta: { rule: 'SP-1', source: 'test' } },
      perform: { actions: 'perform', meta: { rule: 'SP-2', source: 'test' } },
      connected: { actions: 'join' },
      disconnected: { actions: 'part' },
    },
    ...more,
  } as never) as unknown as AnyStateMachine;

/** Declares a speaker as a role that may perform each of its scripts. */
export const speakerRole = (scripts: Scripts, more: object = {}, options: Partial<RoleType> = {}): RoleType =>
  role(speaker(scripts, more), {
    doc: 'Performs scripts and writes down what it hears.',
    commands: { perform: command({ doc: 'Perform a script.', values: () => Object.keys(scripts).map((script) => ({ script })) }) },
    ...options,
  }) as unknown as RoleType;

const messages = {
  Note: message({ doc: 'A note.', source: 'test', fields: z.object({ n: z.int() }) }),
  Ping: message({ doc: 'Wants an answer.', source: 'test' }),
};

/** A protocol of such roles, with one scenario. */
export const stage = (roles: Readonly<Record<string, RoleType>>, scenario: Omit<ScenarioType, 'doc'>): Protocol =>
  defineProtocol({
    id: 'toy',
    doc: 'A toy.',
    source: 'test',
    messages,
    roles,
    scenarios: { one: { doc: 'A toy.', commands: Object.fromEntries(Object.keys(roles).map((name) => [name, { perform: 100 }])), ...scenario } },
  }) as unknown as Protocol;

/** A world that is stepped by named actions. */
export class Theatre {
  readonly system: System;
  readonly world: World;
  readonly player: Player;

  constructor(protocol: Protocol, monitors: readonly WorldMonitor[] = [], setting?: Setting) {
    const scenario = protocol.scenarios['one'] as ScenarioType;
    const engine = new Engine(protocol, scenario.domain ?? (Object.keys(protocol.domains)[0] as string), null);
    this.system = new System(engine, scenario, setting ?? settingOf(scenario, scenario.size?.least ?? 0, new Random(1)), monitors.length);
    this.player = new Player(this.system, monitors);
    this.world = this.player.world;
  }

  /** Whether an action is possible now. */
  can(action: Action): boolean {
    return this.player.resolve(action) !== null;
  }

  do(...actions: readonly Action[]): this {
    for (const action of actions) {
      const move = this.player.resolve(action);
      if (move === null) throw new Error(`${JSON.stringify(action)} is not possible`);
      this.player.make(move);
    }
    return this;
  }

  /** A speaker performs a script. */
  perform(
    host: string,
    script: string,
    more: { readonly picks?: readonly (readonly string[])[]; readonly crashAfter?: number } = {},
    of = 'speaker',
  ): this {
    return this.do({ type: 'Command', host, role: of, command: 'perform', value: { script }, ...more });
  }

  /** Delivers everything that can be, in canonical order. */
  deliverAll(): this {
    for (;;) {
      const move = enabled(this.world).find((each) => 'offer' in each && each.offer.kind === 'Deliver');
      if (move === undefined) return this;
      this.player.make(move);
    }
  }

  /** The names of all that can happen now. */
  names(): readonly Action[] {
    return enabled(this.world).map((move) => this.player.nameOf(move));
  }

  context(host: string, of = 'speaker'): Heard & Readonly<Record<string, unknown>> {
    const instance = this.system.instanceOf(host, of);
    if (instance === undefined) throw new Error(`no ${of} on ${host}`);
    return instance.role.memory.snapshot(this.world.local(instance.index)).context as never;
  }

  heard(host: string, of = 'speaker'): readonly string[] {
    return this.context(host, of).heard;
  }

  /** What is in flight, as `from>to type`. */
  inFlight(): readonly string[] {
    return this.system.instances.flatMap(({ index }) =>
      this.player.ledger
        .inFlight(index)
        .map(
          (each) =>
            `${this.system.instances[each.from]?.hostName}>${this.system.instances[index]?.hostName} ${each.message.type}${'n' in each.message ? each.message.n : ''}`,
        ),
    );
  }

  /** What the last step lost, as `to why`. */
  losses(): readonly string[] {
    return this.player.ledger.happenings.flatMap((each) => (each.kind === 'lost' ? [`${each.to} ${each.loss}`] : []));
  }
}
