import type { Value } from '../kernel/value.ts';
import type { HostName, Message } from '../role/effect.ts';
import type { MessageName } from '../world/action.ts';
import type { Loss } from '../world/variant.ts';
import type { Instance, System } from '../world/system.ts';
import type { Observer } from '../world/row.ts';

/** A message in flight, with its ordinal. */
export interface Envelope {
  readonly from: number;
  readonly to: number;
  readonly entry: number;
  readonly message: Message;
  readonly ordinal: number;
  /** The causal chain that it belongs to; see PCT. */
  readonly chain: number;
  /** The number of the step that sent it. */
  readonly sentAt: number;
}

/** What happened to messages in one step, for those who tell the story of a run. */
export type Happening =
  | { readonly kind: 'sent' | 'delivered' | 'dropped' | 'duplicated' | 'vanished'; readonly envelope: Envelope }
  | { readonly kind: 'lost'; readonly from: number; readonly to: HostName; readonly message: Message; readonly loss: Loss }
  | { readonly kind: 'stored'; readonly host: number; readonly role: string; readonly key: string; readonly value: Value }
  | { readonly kind: 'started'; readonly instance: number };

/**
 * Knows every message in flight by name. A world's row does not hold ordinals, because two worlds that differ in them
 * alone are one; whoever records or replays a run keeps a ledger beside it.
 */
export class Ledger implements Observer {
  /** Of the present step. */
  happenings: Happening[] = [];
  step = 0;
  private readonly waiting: Envelope[][];
  private readonly counts = new Map<string, number>();
  private readonly system: System;
  private chains = 0;
  private chainOfStep: number | null = null;

  constructor(system: System) {
    this.system = system;
    this.waiting = system.instances.map(() => []);
  }

  /** Begins a step; the first message that it sends goes on with the causal chain of the one that it handles. */
  begin(step: number): void {
    this.step = step;
    this.happenings = [];
    this.chainOfStep = null;
  }

  /** What is in flight to an instance, the oldest first. */
  inFlight(instance: number): readonly Envelope[] {
    return this.waiting[instance] as Envelope[];
  }

  /** The oldest envelope of an entry. */
  envelope(instance: number, entry: number): Envelope | undefined {
    return this.inFlight(instance).find((each) => each.entry === entry);
  }

  nameOf(envelope: Envelope): MessageName {
    const [from, to] = [this.system.instances[envelope.from] as Instance, this.system.instances[envelope.to] as Instance];
    return {
      from: from.hostName,
      fromRole: from.role.name,
      to: to.hostName,
      toRole: to.role.name,
      message: envelope.message.type,
      ordinal: envelope.ordinal,
    };
  }

  /** The envelope of this name, while it is in flight. */
  find(name: MessageName): Envelope | undefined {
    const from = this.system.instanceOf(name.from, name.fromRole)?.index;
    const to = this.system.instanceOf(name.to, name.toRole)?.index;
    if (from === undefined || to === undefined) return undefined;
    return this.inFlight(to).find((each) => each.from === from && each.message.type === name.message && each.ordinal === name.ordinal);
  }

  sent(from: number, to: number, entry: number): void {
    this.put(from, to, entry, 'sent');
  }

  duplicated(to: number, entry: number): void {
    this.put(this.system.inboxes.entry(entry).from, to, entry, 'duplicated');
  }

  private put(from: number, to: number, entry: number, kind: 'sent' | 'duplicated'): void {
    const { message } = this.system.inboxes.entry(entry);
    const waiting = this.waiting[to] as Envelope[];
    if (this.system.scenario.network.keepsDelivered === true && waiting.some((each) => each.entry === entry)) return;
    const key = `${from} ${to} ${message.type}`;
    const ordinal = (this.counts.get(key) ?? 0) + 1;
    this.counts.set(key, ordinal);
    const chain = this.chainOfStep ?? this.chains++;
    this.chainOfStep = null;
    const envelope: Envelope = { from, to, entry, message, ordinal, chain, sentAt: this.step };
    waiting.push(envelope);
    this.happenings.push({ kind, envelope });
  }

  delivered(to: number, entry: number): void {
    const envelope = this.envelope(to, entry);
    if (envelope === undefined) return;
    this.chainOfStep = envelope.chain;
    this.happenings.push({ kind: 'delivered', envelope });
    if (this.system.scenario.network.keepsDelivered !== true) this.take(envelope);
  }

  dropped(to: number, entry: number): void {
    const envelope = this.envelope(to, entry);
    if (envelope === undefined) return;
    this.happenings.push({ kind: 'dropped', envelope });
    this.take(envelope);
  }

  cleared(to: number, from: number | null): void {
    for (const envelope of [...this.inFlight(to)].filter((each) => from === null || each.from === from)) {
      this.happenings.push({ kind: 'vanished', envelope });
      this.take(envelope);
    }
  }

  lost(from: number, to: HostName, message: Message, loss: Loss): void {
    this.happenings.push({ kind: 'lost', from, to, message, loss });
  }

  stored(host: number, role: string, key: string, value: Value): void {
    this.happenings.push({ kind: 'stored', host, role, key, value });
  }

  started(instance: number): void {
    this.happenings.push({ kind: 'started', instance });
  }

  private take(envelope: Envelope): void {
    const waiting = this.waiting[envelope.to] as Envelope[];
    waiting.splice(waiting.indexOf(envelope), 1);
  }
}
