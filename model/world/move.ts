import type { FaultName } from '../network/fault.ts';
import { type Fault, faultsLeft, faultsOf, remedies, strike } from './faults.ts';
import { crash } from './life.ts';
import { type Offer, takenOf } from './offer.ts';
import type { Instance } from './system.ts';
import { ticksNow } from './ticks.ts';
import type { World } from './world.ts';

/** One step of a world, ready to be taken: an offer with one resolution, or a fault; or a unit of time. */
export type Move =
  | {
      readonly offer: Offer;
      readonly variant: number;
      /** The host crashes after so many effects; -1 if it does not. */
      readonly crashAfter: number;
    }
  | { readonly fault: Fault };

/** Takes a move. Returns the kind of fault that it was, if it spent a budget. */
export const make = (world: World, move: Move): FaultName | null => {
  if ('fault' in move) return strike(world, move.fault);
  const { offer, variant, crashAfter } = move;
  if (crashAfter < 0) {
    world.take(offer, variant);
    return null;
  }
  world.take(offer, variant, crashAfter);
  world.spend('crashDuringStep');
  crash(world, (world.system.instances[offer.instance] as Instance).host);
  return 'crashDuringStep';
};

/** The offers that running instances may take now, in canonical order. */
export const offersNow = (world: World): readonly Offer[] =>
  world.system.instances.flatMap((instance) =>
    world.runs(instance.index) ? world.seat(instance.index).offers.filter((offer) => world.allows(offer)) : [],
  );

/** Everything that can happen next and changes something, in canonical order: what exploration chooses from. */
export const enabled = (world: World): readonly Move[] => {
  const mayCrash = world.hasLeft('crashDuringStep');
  const moves = offersNow(world).flatMap((offer): Move[] => {
    const taken = takenOf(world.system, offer);
    if (!taken.effective) return [];
    const whole = Array.from({ length: taken.variants }, (_, variant): Move => ({ offer, variant, crashAfter: -1 }));
    if (!mayCrash || taken.step.effects.length === 0) return whole;
    return whole.flatMap((move): Move[] => [
      move,
      ...taken.step.effects.map((_, crashAfter): Move => ({ ...(move as { offer: Offer; variant: number }), crashAfter })),
    ]);
  });
  const faults = [...faultsLeft(world).flatMap((kind) => faultsOf(world, kind)), ...remedies(world), ...ticksNow(world)];
  return [...moves, ...faults.map((fault): Move => ({ fault }))];
};
