import { RolecallError } from '../kernel/errors.ts';
import { type Effect, HERE, type HostName, type Message, type Recipients, type Some } from '../role/effect.ts';
import { type Instance, NONE, type System } from './system.ts';
import type { Operation, Variant } from './variant.ts';

const choose = (n: number, k: number): number => {
  let result = 1;
  for (let i = 1; i <= k; i++) result = (result * (n - k + i)) / i;
  return Math.round(result);
};

const somesOf = (effects: readonly Effect[]): readonly Some[] =>
  effects.flatMap((effect) =>
    effect.type === 'send' && typeof effect.to === 'object' && Object.hasOwn(effect.to, 'some') ? [effect.to as Some] : [],
  );

const waysOf = (some: Some): number => choose(some.of.length, Math.min(some.some, some.of.length));

/** In how many ways the choices of a step can be made. */
export const variantsOf = (effects: readonly Effect[]): number => somesOf(effects).reduce((ways, some) => ways * waysOf(some), 1);

/** The nth combination of k out of a list, in lexicographic order. */
const combination = <T>(list: readonly T[], k: number, nth: number): readonly T[] => {
  if (k === 0 || list.length === 0) return [];
  const [first, ...rest] = list;
  const withFirst = choose(rest.length, k - 1);
  return nth < withFirst ? [first as T, ...combination(rest, k - 1, nth)] : combination(rest, k, nth - withFirst);
};

/** Finds the receivers of a step's effects. */
export const resolve = (system: System, instance: Instance, sender: number, effects: readonly Effect[], number: number): Variant => {
  const picks: (readonly HostName[])[] = [];
  const others = new Map<string, readonly HostName[]>();
  let left = number;
  for (const some of somesOf(effects)) {
    const ways = waysOf(some);
    const picked = combination(some.of, Math.min(some.some, some.of.length), left % ways);
    left = Math.floor(left / ways);
    picks.push(picked);
    if (some.label !== undefined) {
      others.set(
        some.label,
        some.of.filter((host) => !picked.includes(host)),
      );
    }
  }
  let nextSome = 0;
  const namesOf = (to: Recipients): readonly HostName[] => {
    if (typeof to === 'string') return [to];
    if (Array.isArray(to)) return to as readonly HostName[];
    if ('role' in to) return theOne(system, to.role);
    if ('some' in to) return picks[nextSome++] as readonly HostName[];
    return others.get((to as { othersOf: string }).othersOf) ?? [];
  };
  const operations: Operation[] = [];
  const heard: Effect[] = [];
  for (const effect of effects) {
    switch (effect.type) {
      case 'send': {
        const to = namesOf(effect.to);
        operations.push(...sendTo(system, instance, to, effect.message));
        heard.push({ ...effect, to });
        break;
      }
      case 'reply':
        operations.push(
          sender === NONE
            ? { kind: 'nowhere', to: HERE, message: effect.message, loss: 'no such role' }
            : sendOperation(system, instance, [sender], effect.message, false),
        );
        heard.push({ type: 'send', to: sender === NONE ? [] : [(system.instances[sender] as Instance).hostName], message: effect.message });
        break;
      case 'broadcast': {
        const targets = instance.neighbours.filter(
          (to) => !(effect.except ?? []).includes((system.instances[to] as Instance).hostName) && accepts(system, to, effect.message),
        );
        operations.push(sendOperation(system, instance, targets, effect.message, true));
        heard.push({ type: 'send', to: targets.map((to) => (system.instances[to] as Instance).hostName), message: effect.message });
        break;
      }
      case 'tell': {
        const target = instance.colleagues.get(effect.role);
        operations.push(
          target === undefined
            ? { kind: 'nowhere', to: HERE, message: effect.message, loss: 'no such role' }
            : sendOperation(system, instance, [target], effect.message, false),
        );
        heard.push(effect);
        break;
      }
      case 'persist':
        operations.push({ kind: 'store', write: [instance.role.name, effect.key, effect.value] });
        heard.push(effect);
        break;
      case 'sync':
        operations.push({ kind: 'sync' });
        heard.push(effect);
        break;
      default:
        operations.push({ kind: 'history' });
        heard.push(effect);
    }
  }
  return { picks, operations, heard };
};

/** The one host that has a role; none where it was left out while a run was made smaller. */
const theOne = (system: System, role: string): readonly HostName[] => {
  const names = system.instances.filter((other) => other.role.name === role).map((other) => other.hostName);
  if (names.length > 1)
    throw new RolecallError({
      code: 'ROLE_TWICE',
      message: `a message is sent to the one host with the role ${role}, and there are ${names.length}: ${names.join(', ')}`,
      place: system.engine.protocol.id,
      advice: 'Send it to a host by name, to some of them, or broadcast it.',
    });
  return names;
};

const accepts = (system: System, target: number, message: Message): boolean => (system.instances[target] as Instance).role.accepts.has(message.type);

/** A message goes to the role of the receiving host that accepts its type; of several, to one that the sender converses with. */
const sendTo = (system: System, instance: Instance, to: readonly HostName[], message: Message): Operation[] => {
  const targets: number[] = [];
  const nowhere: Operation[] = [];
  for (const host of to) {
    const there = system.instances.filter((other) => other.hostName === host && other.role.accepts.has(message.type));
    const target = there.find((other) => instance.neighbours.includes(other.index)) ?? there[0];
    if (target === undefined) nowhere.push({ kind: 'nowhere', to: host, message, loss: 'no such role' });
    else if (target.host !== instance.host && !system.linked(instance.host, target.host))
      nowhere.push({ kind: 'nowhere', to: host, message, loss: 'not linked' });
    else targets.push(target.index);
  }
  // One operation for each effect, so that "crashed after k effects" counts effects.
  return nowhere.length > 0 && targets.length === 0 ? nowhere.slice(0, 1) : [sendOperation(system, instance, targets, message, false)];
};

const sendOperation = (system: System, instance: Instance, targets: readonly number[], message: Message, toAll: boolean): Operation => ({
  kind: 'send',
  targets,
  entries: targets.map((target) => system.inboxes.entryOf(instance.index, isOrdered(system, instance, target), message)),
  message,
  toAll,
});

const isOrdered = (system: System, instance: Instance, target: number): boolean =>
  system.connection || (system.scenario.network.ordered ?? false) || (system.instances[target] as Instance).host === instance.host;
