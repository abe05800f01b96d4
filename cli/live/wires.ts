import { connect, createServer, type Socket } from 'node:net';
import type { Clock } from '../../model/live/clock.ts';
import { type Frame, frameOf, frameText, Lines } from '../../model/live/frame.ts';

/** What is said over a link that stands. */
type Heard = Extract<Frame, { readonly kind: 'go' | 'packet' | 'role' }>;

/** What a host makes of what happens on its sockets. */
export interface Ends {
  readonly isNeighbour: (host: string) => boolean;
  /** The roles that run here. */
  readonly roles: () => readonly string[];
  /** A neighbour has said hello, and which roles run there. */
  readonly greeted: (host: string, roles: readonly string[]) => void;
  /** This host has said hello, and is welcome. */
  readonly welcomed: (host: string, clock: Clock, roles: readonly string[]) => void;
  readonly heard: (host: string, frame: Heard) => void;
  readonly closed: (host: string) => void;
}

/** The sockets of a host: one for each neighbour, over which lines of JSON go both ways. */
export class Wires {
  private readonly host: string;
  private readonly token: string;
  private readonly ends: Ends;
  private readonly sockets = new Map<string, Socket>();
  private readonly pending = new Set<string>();
  /** Whoever waits until a neighbour has answered. */
  private readonly flushing = new Map<string, () => void>();

  constructor({ host, token }: { readonly host: string; readonly token: string }, ends: Ends) {
    this.host = host;
    this.token = token;
    this.ends = ends;
  }

  /** How many stand. */
  get count(): number {
    return this.sockets.size;
  }

  /** Whether a welcome is waited for. */
  get isPending(): boolean {
    return this.pending.size > 0;
  }

  has(host: string): boolean {
    return this.sockets.has(host);
  }

  /** Listens on loopback, and tells on which port. */
  listen(ready: (port: number) => void): void {
    const server = createServer((socket) => this.accept(socket));
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      ready(typeof address === 'object' && address !== null ? address.port : 0);
    });
  }

  /** Says hello to neighbours, by their ports, and waits for each one's welcome. */
  greetAll(ports: Readonly<Record<string, number>>): void {
    for (const [host, port] of Object.entries(ports)) this.greet(host, port);
  }

  write(host: string, frame: Frame): void {
    this.sockets.get(host)?.write(frameText(frame));
  }

  /** What neighbours and this host had sent each other has arrived when this ends. */
  async flush(): Promise<void> {
    const answers = [...this.sockets.keys()].map((host) => new Promise<void>((resolve) => this.flushing.set(host, resolve)));
    for (const host of this.sockets.keys()) this.write(host, { kind: 'flush' });
    await Promise.all(answers);
  }

  /** What was written has left this process when this ends. */
  async drain(): Promise<void> {
    while ([...this.sockets.values()].some(({ writableLength }) => writableLength > 0)) await new Promise((resolve) => setTimeout(resolve, 1));
  }

  close(host: string): void {
    const socket = this.sockets.get(host);
    socket?.destroy();
    if (socket !== undefined) this.closed(host, socket);
  }

  private greet(host: string, port: number): void {
    this.pending.add(host);
    const socket = connect(port, '127.0.0.1');
    socket.write(frameText({ kind: 'hello', host: this.host, token: this.token, roles: this.ends.roles() }));
    this.hear(socket, (frame) => {
      if (frame.kind === 'welcome' && this.pending.delete(host)) {
        this.sockets.set(host, socket);
        this.ends.welcomed(host, frame.clock, frame.roles);
      } else this.heard(host, socket, frame);
    });
    socket.on('close', () => this.closed(host, socket));
  }

  /** Somebody connects; strangers are turned away. What is left of an earlier connection with a neighbour ends here. */
  private accept(socket: Socket): void {
    let host = '';
    this.hear(socket, (frame) => {
      if (frame.kind !== 'hello') {
        if (host === '') socket.destroy();
        else this.heard(host, socket, frame);
        return;
      }
      if (frame.token !== this.token || !this.ends.isNeighbour(frame.host)) {
        socket.destroy();
        return;
      }
      host = frame.host;
      this.sockets.get(host)?.destroy();
      this.sockets.set(host, socket);
      this.ends.greeted(host, frame.roles);
    });
    socket.on('close', () => this.closed(host, socket));
  }

  private hear(socket: Socket, each: (frame: Frame) => void): void {
    const lines = new Lines();
    socket.setNoDelay(true);
    socket.setEncoding('utf8');
    socket.on('error', () => socket.destroy());
    socket.on('data', (text) => {
      for (const line of lines.add(String(text)) ?? ['']) {
        const frame = frameOf(line);
        if (frame !== null) each(frame);
        else socket.destroy();
        if (socket.destroyed) return;
      }
    });
  }

  private heard(host: string, socket: Socket, frame: Frame): void {
    if (this.sockets.get(host) !== socket) return;
    if (frame.kind === 'flush') this.write(host, { kind: 'flushed' });
    else if (frame.kind === 'flushed') this.answered(host);
    else if (frame.kind !== 'hello' && frame.kind !== 'welcome') this.ends.heard(host, frame);
  }

  private answered(host: string): void {
    this.flushing.get(host)?.();
    this.flushing.delete(host);
  }

  private closed(host: string, socket: Socket): void {
    if (this.sockets.get(host) !== socket) return;
    this.sockets.delete(host);
    this.answered(host);
    this.ends.closed(host);
  }
}
