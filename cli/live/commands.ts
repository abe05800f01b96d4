import type { ScenarioType } from '../../model/protocol/scenario.ts';

/** The commands that a scenario still allows. */
export class Commands {
  given = 0;
  private readonly left: Map<string, number>;

  constructor({ commands }: ScenarioType) {
    this.left = new Map(
      Object.entries(commands ?? {}).flatMap(([role, each]) =>
        Object.entries(each).map(([command, count]): [string, number] => [`${role}.${command}`, count]),
      ),
    );
  }

  get allowed(): readonly string[] {
    return [...this.left].filter(([, count]) => count > 0).map(([command]) => command);
  }

  /** @param taken what a host did when it was asked to act. */
  count(taken: string | null): void {
    if (taken === null || taken === 'choice') return;
    this.given++;
    this.left.set(taken, (this.left.get(taken) ?? 1) - 1);
  }
}
