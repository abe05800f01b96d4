import { type Envelope, Ledger } from '../trace/ledger.ts';
import type { World } from '../world/world.ts';

/** A ledger that tells of each message that comes to be in flight. */
export class TimedLedger extends Ledger {
  readonly instancesOf: World['system']['instances'];
  private readonly isInFlight: (envelope: Envelope) => void;

  constructor(system: World['system'], isInFlight: (envelope: Envelope) => void) {
    super(system);
    this.instancesOf = system.instances;
    this.isInFlight = isInFlight;
  }

  override sent(from: number, to: number, entry: number): void {
    super.sent(from, to, entry);
    this.tellLast();
  }

  override duplicated(to: number, entry: number): void {
    super.duplicated(to, entry);
    this.tellLast();
  }

  private tellLast(): void {
    const last = this.happenings.at(-1);
    if (last !== undefined && 'envelope' in last && (last.kind === 'sent' || last.kind === 'duplicated')) this.isInFlight(last.envelope);
  }
}
