import { RolecallError } from '../kernel/errors.ts';
import { nearest } from '../kernel/nearest.ts';
import { endingOf, invocationsOf } from '../role/invocation.ts';
import type { RoleType } from '../role/role.ts';
import type { Action } from '../world/action.ts';
import { enabled, type Move } from '../world/move.ts';
import type { World } from '../world/world.ts';
import type { Property } from './property.ts';

/** How the schedule treats a kind of step: it may withhold it for ever, or not where it stays possible, or not where it is possible again and again. */
export type Fair = 'none' | 'weak' | 'strong';

/** What the schedule is fair to: deliveries of one type over one link, a timer, a command or a choice of an instance; or a fault. */
export interface Unit {
  /** Equal for the moves that are one unit. */
  readonly key: string;
  /** What a property calls it. */
  readonly name: string;
  readonly usually: Fair;
}

/** The unit that a move belongs to. */
export const unitOf = (move: Move): Unit => {
  // Time passes.
  if ('fault' in move) return { key: JSON.stringify(move.fault), name: move.fault.type, usually: move.fault.type === 'Tick' ? 'weak' : 'none' };
  const { offer, crashAfter } = move;
  // A step that a crash cuts short is a fault.
  if (crashAfter >= 0) return { key: 'crashDuringStep', name: 'Crash', usually: 'none' };
  const { kind, instance, sender, name, fair } = offer;
  // However a promise ends, it has ended.
  const promise = kind === 'Choose' ? endingOf(name)?.id : undefined;
  if (promise !== undefined) return { key: `${kind} ${sender} ${instance} promise ${promise}`, name: promise, usually: fair ? 'weak' : 'none' };
  const called = kind === 'Fire' ? (/^xstate\.after\.([^.]+)\./.exec(name)?.[1] ?? name) : name;
  return { key: `${kind} ${sender} ${instance} ${name}`, name: called, usually: fair ? 'weak' : 'none' };
};

/** What faults and their remedies are called. */
const faultActions: readonly Action['type'][] = [
  ...(['Drop', 'Duplicate', 'Crash', 'Restart', 'Pause', 'Resume', 'Join', 'Leave', 'Corrupt', 'StopRole', 'StartRole'] as const),
  ...(['Install', 'Uninstall', 'Partition', 'Break', 'Repair', 'Hold', 'Release', 'Skew', 'Tick'] as const),
];

/** @throws RolecallError where the fairness of a property names a step that its protocol does not have. */
export const checkFairness = ({ protocol, type }: Property, roles: readonly RoleType[]): void => {
  const steps = [
    ...Object.keys(protocol.messages),
    ...roles.flatMap(({ machine, commands, choices }) => [
      ...Object.keys(commands),
      ...Object.keys(choices),
      ...invocationsOf(machine).map(({ id }) => id),
      ...Object.keys(machine.implementations.delays ?? {}),
    ]),
    ...faultActions,
  ];
  for (const [kind, names] of Object.entries<readonly string[]>({ ...type.fairness }))
    for (const name of names.filter((each) => !steps.includes(each) && !/^\d+$/.test(each))) {
      const near = nearest(name, steps);
      throw new RolecallError({
        code: 'UNKNOWN_STEP',
        message: `${protocol.id} has no step ${name}`,
        place: `${type.id}, fairness.${kind}`,
        advice: near === null ? 'Name a message, a timer, a command, a choice, or a fault.' : `Did you mean ${near}?`,
      });
    }
};

/** How the schedule treats a unit where a property is judged. */
export const fairnessOf = ({ type }: Property, { name, usually }: Unit): Fair => {
  if (type.fairness?.strong?.includes(name)) return 'strong';
  return type.fairness?.weak?.includes(name) ? 'weak' : usually;
};

/** The units that are possible now, by key, to which the schedule is fair. */
export const fairUnits = (world: World, property: Property): ReadonlyMap<string, Fair> => {
  const units = new Map<string, Fair>();
  for (const move of enabled(world)) {
    const unit = unitOf(move);
    const fair = fairnessOf(property, unit);
    if (fair !== 'none') units.set(unit.key, fair);
  }
  return units;
};
