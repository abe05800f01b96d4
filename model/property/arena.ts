import { RolecallError } from '../kernel/errors.ts';
import { nearest } from '../kernel/nearest.ts';
import { generatedMutants } from '../protocol/mutants.ts';
import type { Mutant, Protocol } from '../protocol/protocol.ts';
import type { ScenarioType, TimedType } from '../protocol/scenario.ts';
import { Engine } from '../world/engine.ts';
import { type Setting, System } from '../world/system.ts';
import { World } from '../world/world.ts';
import { Judge, monitorsOf } from './judge.ts';
import type { Property } from './property.ts';

/** A system that is ready to run, with its judge and a world. */
export interface Place {
  readonly setting: Setting;
  readonly system: System;
  readonly judge: Judge;
  readonly world: World;
}

/** So many settings are kept ready; random topologies make many. */
const keptPlaces = 48;

/** So many interned values at most; then everything is forgotten between two runs. */
const keptValues = 3_000_000;

/** A mutant, and the property that plants it; null for a generated one, which any property may find. */
export interface PlantedMutant {
  readonly mutant: Mutant;
  readonly property: Property | null;
}

/** The mutant of a property by name, or a generated one by id. */
export const mutantOf = (properties: readonly Property[], name: string | null): PlantedMutant | null => {
  if (name === null) return null;
  const all = properties.flatMap((property) => Object.entries(property.type.mutants ?? {}).map(([id, mutant]) => ({ id, mutant, property })));
  const found = all.find(({ id }) => id === name);
  if (found !== undefined) return found;
  const [first] = properties;
  const generated = first === undefined ? undefined : generatedMutants(first.protocol).find(({ id }) => id === name);
  if (generated !== undefined) return { mutant: generated.mutant, property: null };
  const near = nearest(
    name,
    all.map(({ id }) => id),
  );
  throw new RolecallError({
    code: 'UNKNOWN_MUTANT',
    message: `there is no mutant ${name}`,
    place: properties[0]?.protocol.id ?? '',
    advice: near === null ? '`rolecall list` names them all.' : `Did you mean ${near}? \`rolecall list\` names them all.`,
  });
};

/** A scenario of a protocol by name. */
export const scenarioOf = (protocol: Protocol, name: string): ScenarioType => {
  const scenario = Object.hasOwn(protocol.scenarios, name) ? protocol.scenarios[name] : undefined;
  if (scenario !== undefined) return scenario;
  const names = Object.keys(protocol.scenarios);
  const near = nearest(name, names);
  throw new RolecallError({
    code: 'UNKNOWN_SCENARIO',
    message: `${protocol.id} has no scenario ${name}`,
    place: protocol.id,
    advice: near === null ? `Known: ${names.join(', ')}.` : `Did you mean ${near}? Known: ${names.join(', ')}.`,
  });
};

/** Where some properties of a protocol are run in one scenario: systems are made ready when a setting first comes up. */
export class Arena {
  readonly protocol: Protocol;
  readonly scenario: ScenarioType;
  readonly properties: readonly Property[];
  engine: Engine;
  readonly mutant: Mutant | null;
  private readonly checking: boolean;
  private places = new Map<string, Place>();

  /** @param checking a sample of the steps is computed again, so that a role that is no function is found. */
  constructor(protocol: Protocol, scenario: ScenarioType, properties: readonly Property[], mutant: Mutant | null, checking = false) {
    this.protocol = protocol;
    this.scenario = scenario;
    this.properties = properties;
    this.mutant = mutant;
    this.checking = checking;
    this.engine = this.fresh();
  }

  /** Virtual time, as the scenario or its mutant has it; undefined where runs know none. */
  get timed(): TimedType | undefined {
    const { timed } = this.scenario;
    return timed === undefined ? undefined : { ...timed, ...this.mutant?.timed };
  }

  private fresh(): Engine {
    return new Engine(this.protocol, this.scenario.domain ?? (Object.keys(this.protocol.domains)[0] as string), this.mutant, this.checking);
  }

  at(setting: Setting): Place {
    const key = JSON.stringify([setting.hosts.map((host) => host.name), setting.edges]);
    let place = this.places.get(key);
    if (place === undefined) {
      if (this.places.size >= keptPlaces) this.places.delete(this.places.keys().next().value as string);
      const system = new System(this.engine, this.scenario, setting, monitorsOf(this.properties).length);
      const judge = new Judge(system, this.properties);
      place = { setting, system, judge, world: new World(system, judge.monitors) };
      this.places.set(key, place);
    }
    return place;
  }

  /** Forgets everything where it has grown too large; true if it did. Results do not depend on it, only time does. */
  tidy(beforeForgetting: (engine: Engine) => void): boolean {
    if (this.engine.interner.size < keptValues) return false;
    beforeForgetting(this.engine);
    this.engine = this.fresh();
    this.places = new Map();
    return true;
  }
}
