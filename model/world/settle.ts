import { remedies } from './faults.ts';
import { make, type Move } from './move.ts';
import { type Offer, takenOf } from './offer.ts';
import { NONE } from './system.ts';
import { timePasses } from './ticks.ts';
import type { World } from './world.ts';

/**
 * Settling: no new faults; what can be undone is undone; then rounds, in which each instance handles what was in its inbox
 * when the round began, and takes the fair commands and choices that it is offered. When nothing is in flight anywhere,
 * each instance fires one timer; they take turns. Where time passes in units only those fire that are due, and a unit passes
 * on every clock when none is. It depends on the world alone, so a replay settles alike.
 */

/** So many rounds without a change are rest. */
const stillRounds = 4;

/** Hears each move before it is made; returns false to end at once. */
export type SettleStep = (move: Move) => boolean;

const undo = (world: World, step: SettleStep): boolean => {
  for (;;) {
    // What comes back needs no Break; what is left then are connections with hosts that are gone for good.
    const choices = remedies(world);
    const remedy = choices.find((fault) => fault.type !== 'Break') ?? choices[0];
    if (remedy === undefined) return true;
    if (!step({ fault: remedy })) return false;
    make(world, { fault: remedy });
  }
};

const takeOffer = (world: World, offer: Offer, round: number, step: SettleStep): boolean => {
  const taken = takenOf(world.system, offer);
  if (!taken.effective) return true;
  // A choice of receivers is spread over the rounds, so that no receiver is left out for ever.
  const move: Move = { offer, variant: round % taken.variants, crashAfter: -1 };
  if (!step(move)) return false;
  make(world, move);
  return true;
};

/** Delivers what waited for an instance when the round began, the oldest first on ordered links. Returns how many, or -1. */
const deliverWaiting = (world: World, instance: number, waiting: readonly number[], round: number, step: SettleStep): number => {
  let taken = 0;
  for (const entry of waiting) {
    if (!world.runs(instance)) break;
    const offer = world.seat(instance).offers.find((each) => each.kind === 'Deliver' && each.entry === entry);
    if (offer === undefined || !world.allows(offer) || !takenOf(world.system, offer).effective) continue;
    if (!takeOffer(world, offer, round, step)) return -1;
    taken++;
  }
  return taken;
};

const isSpent = (world: World, offer: Offer): boolean => offer.budget !== NONE && world.budget(offer.budget) === 0;

/** Fires one timer of each instance; they take turns. Returns how many, or -1. */
const fireTimers = (world: World, round: number, step: SettleStep): number => {
  let moves = 0;
  for (const instance of world.system.instances) {
    if (!world.runs(instance.index)) continue;
    const timers = world.seat(instance.index).offers.filter((offer) => offer.kind === 'Fire');
    const timer = timers[round % Math.max(1, timers.length)];
    if (timer === undefined) continue;
    // Settling is not bound by the number of fires; the bound is put back for what looks at the world afterwards.
    const slot = world.system.firesSlot[instance.index] as number;
    const fires = slot === NONE ? 0 : world.budget(slot);
    if (slot !== NONE) world.set(slot, Math.max(2, fires));
    if (!takeOffer(world, timer, round, step)) return -1;
    if (slot !== NONE) world.set(slot, fires);
    moves++;
  }
  return moves;
};

/** A unit of time passes, where a timer waits for it. Returns on how many clocks, or -1. */
const passTime = (world: World, step: SettleStep): number => {
  if (world.system.ticks === undefined) return 0;
  const ticks = timePasses(world);
  for (const fault of ticks) {
    if (!step({ fault })) return -1;
    make(world, { fault });
  }
  return ticks.length;
};

/** One round. Returns how many moves it made, or -1 where it was ended. */
const roundOf = (world: World, round: number, step: SettleStep): number => {
  const { instances, inboxes } = world.system;
  let [deliveries, acts] = [0, 0];
  const waiting = instances.map((instance) => (world.runs(instance.index) ? inboxes.list(world.inbox(instance.index)) : []));
  for (const instance of instances) {
    const delivered = deliverWaiting(world, instance.index, waiting[instance.index] as readonly number[], round, step);
    if (delivered < 0) return -1;
    deliveries += delivered;
    if (!world.runs(instance.index)) continue;
    const fair = world
      .seat(instance.index)
      .offers.filter((offer) => offer.fair && (offer.kind === 'Choose' || (offer.kind === 'Command' && !isSpent(world, offer))));
    const act = fair[round % Math.max(1, fair.length)];
    if (act === undefined) continue;
    if (!takeOffer(world, act, round, step)) return -1;
    acts++;
  }
  if (deliveries > 0) return deliveries + acts;
  const fired = fireTimers(world, round, step);
  if (fired !== 0) return fired < 0 ? -1 : acts + fired;
  const passed = passTime(world, step);
  return passed < 0 ? -1 : acts + passed;
};

/**
 * Settles a world.
 * @param afterRound is called after each round with its number, counted from 1; returns false to end.
 * @returns whether it came to rest: a whole round changed nothing.
 */
export const settle = (world: World, rounds: number, step: SettleStep, afterRound: (round: number) => boolean): boolean => {
  if (!undo(world, step)) return false;
  let still = 0;
  for (let round = 1; round <= rounds; round++) {
    const [hi, lo] = [world.hi, world.lo];
    const moves = roundOf(world, round, step);
    if (moves < 0 || !afterRound(round)) return false;
    still = world.hi === hi && world.lo === lo ? still + 1 : 0;
    // A timer that changes nothing may take turns with others that do, so one still round is not rest.
    if (moves === 0 || still === stillRounds) return true;
  }
  return false;
};
