import type { Action } from '../world/action.ts';
import { canStrike, type Fault } from '../world/faults.ts';
import { make, type Move } from '../world/move.ts';
import { isTimed, type Offer, offerAt, offerWith, takenOf, variantOf, variantWith } from '../world/offer.ts';
import { type Instance, NONE, type System } from '../world/system.ts';
import { World, type WorldMonitor } from '../world/world.ts';
import { type Happening, Ledger } from './ledger.ts';

/** A world that is stepped by named actions, and names the moves that it makes. */
export class Player {
  readonly world: World;
  ledger: Ledger;
  readonly system: System;
  /** What happened at the start, before the first step. */
  opening: readonly Happening[] = [];
  private steps = 0;

  constructor(system: System, monitors: readonly WorldMonitor[], world: World | null = null) {
    this.system = system;
    this.world = world ?? new World(system, monitors);
    this.ledger = new Ledger(system);
    this.restart();
  }

  /** Back to the start. */
  restart(): void {
    this.ledger = new Ledger(this.system);
    this.world.observer = this.ledger;
    this.world.reset();
    this.opening = this.ledger.happenings;
    this.steps = 0;
  }

  /** Makes a move and gives it its name. */
  make(move: Move): Action {
    const action = this.nameOf(move);
    this.ledger.begin(++this.steps);
    make(this.world, move);
    return action;
  }

  /** Messages are named before the move is made, while they are in flight. */
  nameOf(move: Move): Action {
    if ('fault' in move) {
      const { fault } = move;
      if (!('entry' in fault)) return fault;
      const envelope = this.ledger.envelope(fault.instance, fault.entry);
      return { type: fault.type, ...this.ledger.nameOf(envelope as NonNullable<typeof envelope>) };
    }
    const { offer, variant, crashAfter } = move;
    const { picks } = takenOf(this.system, offer).variants > 1 ? variantOf(this.system, offer, variant) : { picks: [] };
    const choices = { ...(picks.length > 0 ? { picks } : {}), ...(crashAfter >= 0 ? { crashAfter } : {}) };
    const { hostName: host, role } = this.system.instances[offer.instance] as Instance;
    switch (offer.kind) {
      case 'Deliver': {
        const envelope = this.ledger.envelope(offer.instance, offer.entry);
        return { type: 'Deliver', ...this.ledger.nameOf(envelope as NonNullable<typeof envelope>), ...choices };
      }
      case 'Fire':
        return { type: 'Fire', host, role: role.name, timer: offer.name, ...choices };
      case 'Command':
        return { type: 'Command', host, role: role.name, command: offer.name, value: offer.value as never, ...choices };
      case 'Choose':
        return { type: 'Choose', host, role: role.name, choice: offer.name, value: offer.value as never, ...choices };
    }
  }

  /** The move of a named action in the present world, or null where it is not possible now. */
  resolve(action: Action): Move | null {
    switch (action.type) {
      case 'Deliver': {
        const envelope = this.ledger.find(action);
        return envelope === undefined
          ? null
          : this.offerMove(envelope.to, (offer) => offer.kind === 'Deliver' && offer.entry === envelope.entry, action);
      }
      case 'Fire':
        return this.offerMove(this.indexOf(action), (offer) => offer.kind === 'Fire' && offer.name === action.timer, action);
      case 'Command':
        return this.offerMove(this.indexOf(action), this.isAct('Command', action.command, action.value), action) ?? this.freeMove(action);
      case 'Choose':
        return this.offerMove(this.indexOf(action), this.isAct('Choose', action.choice, action.value), action);
      case 'Drop':
      case 'Duplicate': {
        const envelope = this.ledger.find(action);
        return envelope === undefined ? null : this.faultMove({ type: action.type, instance: envelope.to, entry: envelope.entry });
      }
      default:
        return this.faultMove(action);
    }
  }

  /** A command whose value no list of the scenario names: from an arbitrary, or at a moment of a timed run. */
  private freeMove(action: Action & { readonly type: 'Command' }): Move | null {
    const instance = this.indexOf(action);
    if (instance === NONE || !this.world.runs(instance)) return null;
    const { at } = action.value;
    const isFree = this.system.instances[instance]?.role.type.commands[action.command]?.arbitrary !== undefined;
    const offer = this.world.seat(instance).offers.find((each) => {
      if (each.kind !== 'Command' || each.name !== action.command || !this.world.allows(each)) return false;
      const { interner } = this.system.engine;
      const moved = (): Offer => offerAt(this.system, each, at as number);
      return isFree || (this.isTimedRun(each) && typeof at === 'number' && interner.intern(moved().value) === interner.intern(action.value));
    });
    return offer === undefined ? null : { offer: offerWith(this.system, offer, action.value), variant: 0, crashAfter: -1 };
  }

  private isTimedRun(offer: Offer): boolean {
    return this.system.scenario.timed !== undefined && isTimed(this.system, offer);
  }

  private isAct(kind: Offer['kind'], name: string, value: unknown): (offer: Offer) => boolean {
    const { interner } = this.system.engine;
    const wanted = interner.intern(value as never);
    return (offer) => offer.kind === kind && offer.name === name && interner.intern(offer.value) === wanted;
  }

  private indexOf(action: { readonly host: string; readonly role: string }): number {
    return this.system.instanceOf(action.host, action.role)?.index ?? NONE;
  }

  private faultMove(fault: Fault): Move | null {
    return canStrike(this.world, fault) ? { fault } : null;
  }

  private offerMove(
    instance: number,
    is: (offer: Offer) => boolean,
    choices: { readonly picks?: readonly (readonly string[])[]; readonly crashAfter?: number },
  ): Move | null {
    if (instance === NONE || !this.world.runs(instance)) return null;
    const offer = this.world.seat(instance).offers.find((each) => is(each) && this.world.allows(each));
    if (offer === undefined) return null;
    const taken = takenOf(this.system, offer);
    // Where the picks are no longer possible, the step is taken with the first ones that are.
    const variant = choices.picks === undefined ? 0 : (variantWith(this.system, offer, choices.picks) ?? 0);
    const crashAfter = choices.crashAfter ?? -1;
    if (crashAfter >= 0 && (!this.world.hasLeft('crashDuringStep') || crashAfter >= taken.step.effects.length)) return null;
    return { offer, variant, crashAfter };
  }
}
