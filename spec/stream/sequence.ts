/** Sequence numbers of RTP: sixteen bits, counted round and round. Source: RFC 3550, 5.1; RFC 1982, 3.2. */
const modulus = 65_536;

/** Two short of the end, so that small scenarios pass it. (RFC 3550, 5.1, has it drawn at random.) */
export const firstSequence = 65_534;

export const following = (sequence: number): number => (sequence + 1) % modulus;

/** How many packets the first is ahead of the second, counted forwards. */
export const ahead = (sequence: number, of: number): number => (sequence - of + modulus) % modulus;

/** Whether a packet was sent after another one: it is ahead by less than half a round. */
export const isNewer = (sequence: number, than: number): boolean => {
  const distance = ahead(sequence, than);
  return distance > 0 && distance < modulus / 2;
};
