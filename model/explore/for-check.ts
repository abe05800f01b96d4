import { RolecallError } from '../kernel/errors.ts';
import { scenarioOf } from '../property/arena.ts';
import type { Property } from '../property/property.ts';

/** The parts of a claim that speak of what comes in the end: a random run ends before it is known. */
export const partsForCheck = ({ type }: Property): readonly string[] => [
  ...Object.keys(type.eventually ?? {}).map((name) => `eventually.${name}`),
  ...Object.keys(type.leadsTo ?? {}).map((name) => `leadsTo.${name}`),
];

/** Whether random runs can say nothing of a claim: it is about the end alone, or claimed of nothing but scenarios that they leave out. */
export const isForCheck = (property: Property): boolean => {
  const { always, step, monitors, recovers, sometimes, holdsUnder } = property.type;
  const isLeftOut = holdsUnder.every((name) => scenarioOf(property.protocol, name).exhaustive === true);
  if (partsForCheck(property).length === 0) return isLeftOut && holdsUnder.length > 0;
  const others = [always, step, monitors, recovers, sometimes].flatMap((part) => Object.keys(part ?? {}));
  return others.length === 0 || isLeftOut;
};

/** Why random runs can say nothing of a claim, and the first scenario in which an exhaustive search judges it, with a mutant or without. */
export const forCheck = (property: Property, mutant: string | null = null): { readonly why: string; readonly scenario: string } => {
  const { type } = property;
  const isOfTheEnd = partsForCheck(property).length > 0;
  return {
    why: isOfTheEnd ? 'what comes in the end, and random runs end before' : 'scenarios that random runs leave out',
    scenario: (mutant === null ? undefined : type.mutants?.[mutant]?.under) ?? type.holdsUnder[0] ?? Object.keys(type.failsUnder ?? {})[0] ?? '',
  };
};

/** @throws RolecallError where a claim is asked for by name of which random runs can say nothing. */
export const refuseForCheck = (property: Property, mutant: string | null): void => {
  if (!isForCheck(property)) return;
  const { protocol, type } = property;
  const { why, scenario } = forCheck(property, mutant);
  throw new RolecallError({
    code: 'FOR_CHECK',
    message: `${type.id} is about ${why}`,
    place: protocol.id,
    advice: `Type: npx rolecall check ${protocol.id} --scenario ${scenario}${mutant === null ? '' : ` --mutant ${mutant}`}`,
  });
};
