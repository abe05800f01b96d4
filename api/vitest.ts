import { describe, test } from 'vitest';
import { type CheckOptions, checkProperty } from '../cli/checked.ts';
import type { Property } from '../model/property/property.ts';

/** What a property's tests take. */
export interface TestOptions extends CheckOptions {
  /** False leaves out the tests that plant its faults. */
  readonly mutants?: boolean;
  /** How long one test may take. */
  readonly timeoutMs?: number;
}

/**
 * Tests a property: that no run violates it, and that each of its planted faults is found. A failure says what
 * `rolecall run` says, and its trace is kept for `rolecall replay`.
 */
export const testProperty = (property: Property, { mutants = true, timeoutMs = 60_000, ...options }: TestOptions = {}): void => {
  const { id, claim, mutants: planted = {} } = property.type;
  describe(id, () => {
    test(claim, { timeout: timeoutMs }, async () => {
      const { verdict, text } = await checkProperty(property, options);
      if (verdict !== 'passes') throw new PropertyFailed(text);
    });
    for (const [name, { doc }] of mutants ? Object.entries(planted) : [])
      test(`finds the planted fault ${name}: ${doc}`, { timeout: timeoutMs }, async () => {
        const { verdict, text } = await checkProperty(property, options, name);
        if (verdict !== 'violated') throw new PropertyFailed(text);
      });
  });
};

/** Its stack would name this file alone, so it has none. */
class PropertyFailed extends Error {
  override readonly name = 'PropertyFailed';
  override readonly stack = '';
}
