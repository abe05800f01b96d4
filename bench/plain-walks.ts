import { type AnyMachineSnapshot, type AnyStateMachine, initialTransition, transition } from 'xstate';
import { Random } from '../model/kernel/random.ts';
import { hostsOf } from '../model/protocol/define.ts';
import type { RoleType } from '../model/role/role.ts';
import { type Effect, HERE, type Message, type Others, type Some } from '../model/role/effect.ts';
import type { PeerContext } from '../spec/blockchain/peer/context.ts';
import { blockchain, rolesOver } from '../spec/blockchain/protocol.ts';
import { localView } from '../model/world/engine.ts';
import { usualMix } from '../model/explore/strategy.ts';
import { gossip, isSound } from './gossip.ts';

/** One role on one host, as plain data. */
interface Party {
  readonly host: string;
  readonly name: string;
  readonly type: RoleType;
  readonly talksTo: number[];
  snapshot: AnyMachineSnapshot;
  timers: string[];
  fires: number;
}

/** What a party can do next. */
type Option =
  | { readonly kind: 'message'; readonly to: number; readonly from: number }
  | { readonly kind: 'timer'; readonly party: number; readonly timer: string }
  | { readonly kind: 'command'; readonly party: number; readonly name: string; readonly value: object };

interface Emitted {
  readonly type: string;
  readonly params?: { readonly event?: unknown; readonly id?: string; readonly delay?: number; readonly sendId?: string };
}

/**
 * The walk of `remembered-walks.ts` as one would write it without an engine: snapshots in an array, messages in queues, and
 * XState's public `transition()` for every step. Nothing is interned and nothing remembered.
 */
export class PlainWalk {
  readonly parties: readonly Party[];
  private readonly queues = new Map<number, Message[]>();
  private readonly budgets = new Map<string, number>();
  private readonly others = new Map<string, readonly string[]>();
  private readonly random: Random;
  private readonly times: readonly number[];
  sound = true;

  constructor(types: Readonly<Record<string, RoleType>>, scenario: ReturnType<typeof gossip>, peers: number, random: Random) {
    this.random = random;
    this.times = scenario.times;
    const places = hostsOf(scenario, peers).flatMap((host) => host.roles.map((name) => ({ host, name, type: types[name] as RoleType })));
    const starts = places.map(({ host, name, type }) => {
      const params = (host.params as Readonly<Record<string, unknown>> | undefined)?.[name] ?? null;
      return initialTransition(type.machine as AnyStateMachine, { stored: {}, params } as never);
    });
    this.parties = places.map(({ host, name, type }, index): Party => {
      const talks = (one: (typeof places)[number], other: (typeof places)[number]): boolean => one.type.talksTo?.includes(other.name) ?? true;
      const talksTo = places.flatMap((other, at) => (other.host !== host && talks({ host, name, type }, other) ? [at] : []));
      return {
        host: host.name,
        name,
        type,
        talksTo,
        snapshot: (starts[index] as (typeof starts)[number])[0] as AnyMachineSnapshot,
        timers: [],
        fires: scenario.bounds.fires,
      };
    });
    for (const [role, commands] of Object.entries(scenario.commands))
      for (const [name, times] of Object.entries(commands)) this.budgets.set(`${role}.${name}`, times);
    for (const [index, [, actions]] of starts.entries()) this.arm(this.parties[index] as Party, actions as readonly Emitted[]);
    for (const [index, party] of this.parties.entries())
      for (const other of party.talksTo) if (accepts(party, 'connected')) this.put(other, index, { type: 'connected' });
    for (const [index, [, actions]] of starts.entries()) this.perform(index, -1, actions as readonly Emitted[]);
  }

  private put(from: number, to: number, message: Message): void {
    const key = from * this.parties.length + to;
    const queue = this.queues.get(key);
    if (queue === undefined) this.queues.set(key, [message]);
    else queue.push(message);
  }

  /** Everything that can happen next. */
  options(): readonly Option[] {
    const options: Option[] = [];
    for (const [key, queue] of this.queues)
      if (queue.length > 0) options.push({ kind: 'message', from: Math.floor(key / this.parties.length), to: key % this.parties.length });
    for (const [index, party] of this.parties.entries()) {
      if (party.fires > 0) for (const timer of party.timers) options.push({ kind: 'timer', party: index, timer });
      for (const [name, command] of Object.entries(party.type.commands)) {
        if ((this.budgets.get(`${party.name}.${name}`) ?? 0) === 0) continue;
        for (const value of command.values(localView(party.snapshot)))
          for (const at of command.timed ? this.times : [null])
            options.push({ kind: 'command', party: index, name, value: at === null ? value : { ...value, at } });
      }
    }
    return options;
  }

  /** Draws as the engine's walk does: timers and commands are taken less often than messages. */
  next(): Option | null {
    const options = this.options();
    for (let draws = 0; draws < 12 && options.length > 0; draws++) {
      const option = this.random.pick(options);
      if (option.kind === 'timer' && !this.random.chance(usualMix.fire)) continue;
      if (option.kind === 'command' && !this.random.chance(usualMix.command)) continue;
      return option;
    }
    return options[0] ?? null;
  }

  take(option: Option): void {
    if (option.kind === 'message') {
      const message = (this.queues.get(option.from * this.parties.length + option.to) as Message[]).shift() as Message;
      const [sender, receiver] = [this.parties[option.from] as Party, this.parties[option.to] as Party];
      this.step(option.to, option.from, { ...message, from: sender.host === receiver.host ? HERE : sender.host });
    } else {
      const party = this.parties[option.party] as Party;
      if (option.kind === 'timer') {
        party.fires--;
        party.timers = party.timers.filter((timer) => timer !== option.timer);
        this.step(option.party, -1, { type: option.timer });
      } else {
        const key = `${party.name}.${option.name}`;
        this.budgets.set(key, (this.budgets.get(key) ?? 0) - 1);
        this.step(option.party, -1, { ...option.value, type: option.name });
      }
    }
    this.sound &&= this.parties.every(({ name, snapshot }) => name !== 'peer' || isSound((snapshot.context as PeerContext).kept.head));
  }

  private step(index: number, sender: number, event: Message & { readonly from?: string }): void {
    this.others.clear();
    const party = this.parties[index] as Party;
    const [snapshot, actions] = transition(party.type.machine as AnyStateMachine, party.snapshot, event);
    party.snapshot = snapshot as AnyMachineSnapshot;
    this.arm(party, actions as readonly Emitted[]);
    this.perform(index, sender, actions as readonly Emitted[]);
  }

  private arm(party: Party, actions: readonly Emitted[]): void {
    for (const { type, params } of actions) {
      if (type === 'xstate.raise' && params?.delay !== undefined && params.id !== undefined)
        party.timers = [...party.timers.filter((id) => id !== params.id), params.id];
      if (type === 'xstate.cancel') party.timers = party.timers.filter((id) => id !== params?.sendId);
    }
  }

  private perform(index: number, sender: number, actions: readonly Emitted[]): void {
    for (const { type, params } of actions) if (type === 'xstate.emit') this.emit(index, sender, params?.event as Effect);
  }

  /** Some hosts, or those that an earlier effect of the step left out. */
  private drawn(to: Some | Others): readonly string[] {
    if ('othersOf' in to) return this.others.get(to.othersOf) ?? [];
    const shuffled = this.random.shuffled(to.of);
    if (to.label !== undefined) this.others.set(to.label, shuffled.slice(to.some));
    return shuffled.slice(0, to.some);
  }

  private emit(index: number, sender: number, effect: Effect): void {
    const party = this.parties[index] as Party;
    const toHosts = (hosts: readonly string[], message: Message): void => {
      for (const to of party.talksTo)
        if (hosts.includes((this.parties[to] as Party).host) && accepts(this.parties[to] as Party, message.type)) this.put(index, to, message);
    };
    switch (effect.type) {
      case 'send': {
        const { to } = effect;
        if (typeof to === 'string') toHosts([to], effect.message);
        else if (Array.isArray(to)) toHosts(to as readonly string[], effect.message);
        else toHosts(this.drawn(to as Some | Others), effect.message);
        break;
      }
      case 'reply':
        if (sender >= 0) this.put(index, sender, effect.message);
        break;
      case 'broadcast':
        for (const to of party.talksTo)
          if (effect.except?.includes((this.parties[to] as Party).host) !== true && accepts(this.parties[to] as Party, effect.message.type))
            this.put(index, to, effect.message);
        break;
      case 'tell': {
        const to = this.parties.findIndex((other) => other.host === party.host && other.name === effect.role);
        if (to >= 0) this.put(index, to, effect.message);
        break;
      }
    }
  }
}

const accepts = (party: Party, type: string): boolean => (party.type.machine.events as readonly string[]).includes(type);

/** Walks by `transition()`, one for each call; each returns its number of steps. */
export const plainWalker = (peers: number, fires: number): (() => number) => {
  const types = rolesOver(blockchain.domains['abstract'] as (typeof blockchain.domains)[string]) as unknown as Readonly<Record<string, RoleType>>;
  const scenario = gossip(fires);
  let seed = 0;
  return () => {
    const one = new PlainWalk(types, scenario, peers, new Random(seed++));
    let taken = 0;
    for (; taken < scenario.bounds.steps; taken++) {
      const option = one.next();
      if (option === null) break;
      one.take(option);
    }
    if (!one.sound) throw new Error('a block adds no difficulty');
    return taken;
  };
};
