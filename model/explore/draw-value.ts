import * as fc from 'fast-check';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import { type Random, ratio } from '../kernel/random.ts';
import { type Offer, offerWith } from '../world/offer.ts';
import type { System } from '../world/system.ts';
import type { World } from '../world/world.ts';

/** Half of the commands keep to the listed values, so that what the exhaustive search tries is tried here too. */
const listed = ratio(1, 2);

/** A command with a value from its arbitrary, where it has one; the offer itself otherwise. */
export const drawValue = (world: World, random: Random, offer: Offer): Offer => {
  if (offer.kind !== 'Command') return offer;
  const { role } = world.system.instances[offer.instance] as System['instances'][number];
  const arbitrary = role.type.commands[offer.name]?.arbitrary;
  if (arbitrary === undefined || random.chance(listed)) return offer;
  const value = arbitrary(role.view(offer.from.local)).generate(new fc.Random(xoroshiro128plus(random.fork())), undefined).value;
  const { at } = offer.value as { readonly at?: number };
  return offerWith(world.system, offer, at === undefined ? value : { ...value, at });
};
