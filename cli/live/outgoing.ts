import type { Packet } from '../../model/live/surroundings.ts';

/** Packets on their way out of a host, and what the network does to them there. */
export class Outgoing {
  private readonly isDatagram: boolean;
  private readonly write: (to: string, packet: Packet) => void;
  /** What a start sends before its neighbours know of it. */
  private held: (readonly [string, Packet])[] | null = null;
  /** Hosts to which nothing gets through, and what is kept back for others. */
  private muted: ReadonlySet<string> = new Set();
  private readonly back = new Map<string, Packet[]>();
  private lost = 0;
  private doubled = 0;

  constructor(isDatagram: boolean, write: (to: string, packet: Packet) => void) {
    this.isDatagram = isDatagram;
    this.write = write;
  }

  send(to: string, packet: Packet): void {
    if (this.held !== null) this.held.push([to, packet]);
    else if (!this.muted.has(to)) this.pass(to, packet);
  }

  private pass(to: string, packet: Packet): void {
    const back = this.back.get(to);
    if (back !== undefined) back.push(packet);
    else if (this.isDatagram && this.lost > 0) this.lost--;
    else {
      this.write(to, packet);
      if (!this.isDatagram || this.doubled === 0) return;
      this.doubled--;
      this.write(to, packet);
    }
  }

  /** Keeps everything until {@link flush}. */
  gather(): void {
    this.held = [];
  }

  flush(): void {
    const held = this.held ?? [];
    this.held = null;
    for (const [to, packet] of held) this.send(to, packet);
  }

  /** The next datagram is lost, or sent twice. */
  spoil(how: 'lose' | 'double'): void {
    if (how === 'lose') this.lost++;
    else this.doubled++;
  }

  /** Nothing gets through to these, and to these only. */
  mute(hosts: readonly string[]): void {
    this.muted = new Set(hosts);
  }

  /** Keeps back what is for a host. */
  hold(host: string): void {
    this.back.set(host, []);
  }

  release(host: string): void {
    const packets = this.back.get(host) ?? [];
    this.back.delete(host);
    for (const packet of packets) this.send(host, packet);
  }

  /** What is kept back for a host, and meant for a role that has stopped there, or came from one that has stopped here, is lost. */
  forget(is: (to: string, packet: Packet) => boolean): void {
    for (const [to, packets] of this.back)
      this.back.set(
        to,
        packets.filter((packet) => !is(to, packet)),
      );
  }

  /** A connection closed: what was kept back for its other end is lost with it. */
  closed(host: string): void {
    if (this.back.has(host)) this.back.set(host, []);
  }
}
