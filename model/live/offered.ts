import type { Value } from '../kernel/value.ts';
import { decodeValue, encodeValue } from '../trace/encode.ts';
import { canStrike, type Fault } from '../world/faults.ts';
import type { Offer } from '../world/offer.ts';
import { type Instance, NONE } from '../world/system.ts';
import type { RoleEvent, RoleLine } from './log.ts';
import type { Placement } from './placement.ts';
import { messageText, shown } from './words.ts';

type Delivery = Extract<RoleEvent, { readonly type: 'deliver' }>;

/** The model's offer for the event of a line, with losses and copies of datagrams filled in; undefined where the model has none. */
export const offerFor = (placement: Placement, instance: Instance, { event }: RoleLine): Offer | undefined => {
  const { interner } = placement.system.engine;
  switch (event.type) {
    case 'fire':
      return among(placement, instance, (offer) => offer.kind === 'Fire' && offer.name === event.timer);
    case 'command':
    case 'choose': {
      const kind = event.type === 'command' ? 'Command' : 'Choose';
      const wanted = interner.intern(decodeValue(event.value));
      return among(placement, instance, (offer) => offer.kind === kind && offer.name === event.name && interner.intern(offer.value) === wanted);
    }
    case 'deliver':
      return deliveryFor(placement, instance, event);
    case 'start':
      return undefined;
  }
};

const among = ({ world }: Placement, { index }: Instance, is: (offer: Offer) => boolean): Offer | undefined =>
  world.seat(index).offers.find((offer) => is(offer) && world.allows(offer));

const deliveryFor = (placement: Placement, instance: Instance, { from, fromRole, message }: Delivery): Offer | undefined => {
  const { system } = placement;
  const { engine, inboxes, connection } = system;
  const sender = system.instanceOf(from, fromRole)?.index;
  if (sender === undefined) return undefined;
  const wanted = engine.interner.intern(decodeValue(message));
  const isIt = (entry: number): boolean => {
    const each = inboxes.entry(entry);
    return each.from === sender && engine.interner.intern(each.message as unknown as Value) === wanted;
  };
  const find = (): Offer | undefined => among(placement, instance, (offer) => offer.kind === 'Deliver' && isIt(offer.entry));
  const found = find();
  if (found !== undefined || connection || sender === NONE) return found;
  return copied(placement, instance, isIt) || uncovered(placement, instance, sender, isIt) ? find() : undefined;
};

/** A copy that was made before the first was delivered: it has waited since, and nothing else has changed by it. */
const copied = (placement: Placement, instance: Instance, isIt: (entry: number) => boolean): boolean => {
  const { world, system } = placement;
  const entry = [...placement.handedTo(instance.index)].find(isIt);
  const budget = system.budgetSlot.get('duplicate');
  if (entry === undefined || budget === undefined || world.budget(budget) === 0) return false;
  const slot = system.inboxSlot[instance.index] as number;
  world.set(budget, world.budget(budget) - 1);
  world.set(slot, system.inboxes.add(world.inbox(instance.index), entry));
  placement.filled.push(`Duplicate ${system.inboxes.entry(entry).message.type} to ${instance.hostName}`);
  return true;
};

/** On ordered datagrams what stands before it in line was lost. */
const uncovered = (placement: Placement, instance: Instance, sender: number, isIt: (entry: number) => boolean): boolean => {
  const { world, system } = placement;
  const { inboxes } = system;
  const line = inboxes.list(world.inbox(instance.index)).filter((entry) => inboxes.entry(entry).from === sender);
  const at = line.findIndex(isIt);
  if (at <= 0) return false;
  for (const entry of line.slice(0, at)) {
    const fault: Fault = { type: 'Drop', instance: instance.index, entry };
    if (!canStrike(world, fault)) return false;
    placement.fill(fault, `Drop ${inboxes.entry(entry).message.type} to ${instance.hostName}`);
  }
  return true;
};

/** What the model offers an instance, in words. */
export const offersOf = ({ system, world }: Placement, instance: Instance): readonly string[] =>
  world.seat(instance.index).offers.map((offer) => {
    if (offer.kind !== 'Deliver')
      return `${offer.kind.toLowerCase()} ${offer.name}${offer.kind === 'Fire' ? '' : ` ${shown(encodeValue(offer.value))}`}`;
    const { from, message } = system.inboxes.entry(offer.entry);
    return `deliver ${messageText((system.instances[from] as Instance).hostName, encodeValue(message as unknown as Value))}`;
  });
