import type { Random } from '../kernel/random.ts';
import type { Step } from '../role/remember.ts';
import { resolve, variantsOf } from '../world/resolve.ts';
import type { Instance, System } from '../world/system.ts';
import type { Operation } from '../world/variant.ts';
import type { Clock } from './clock.ts';
import { effectJson, type RoleEvent, type RoleLine } from './log.ts';
import type { Stored } from './surroundings.ts';

/** A step of a role that was computed, and is to be written down and performed. */
export interface Taken {
  readonly instance: Instance;
  readonly step: Step;
  readonly line: RoleLine;
  /** One for each effect. */
  readonly operations: readonly Operation[];
}

/** Finds the receivers of what a step emits, and makes its line. Where receivers may be chosen the draw decides; at a start the first choice is taken. */
export const takenOf = (
  system: System,
  instance: Instance,
  { event, step, sender, clock }: { readonly event: RoleEvent; readonly step: Step; readonly sender: number; readonly clock: Clock },
  random: Random,
): Taken => {
  const { interner } = system.engine;
  const { role, hostName } = instance;
  const number = event.type === 'start' ? 0 : random.below(variantsOf(step.effects));
  const { operations, heard } = resolve(system, instance, sender, step.effects, number);
  const line: RoleLine = {
    host: hostName,
    role: role.name,
    clock,
    event,
    effects: heard.map((effect) => effectJson(interner, effect)),
    rules: step.rules,
    state: interner.fingerprint(role.memory.locals.id(step.next)),
    ...(step.threw === null ? {} : { threw: step.threw.slice(0, 500) }),
  };
  return { instance, step, line, operations };
};

/** What is stored after the writes among these; the same object where there are none. */
export const storedAfter = (before: Stored, operations: readonly Operation[]): Stored => {
  let stored = before;
  for (const operation of operations) {
    if (operation.kind !== 'store') continue;
    const [role, key, value] = operation.write;
    stored = { ...stored, [role]: { ...stored[role], [key]: value } };
  }
  return stored;
};
