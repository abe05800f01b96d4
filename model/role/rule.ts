/** The `meta` of every transition: which rule of which standard it is. */
export interface Rule {
  /** Stable within the protocol, for instance `ETH-7`. */
  readonly rule: string;
  /** The section of a standard, paper or source that states it, for instance `devp2p eth/68, Block Propagation`. */
  readonly source: string;
  /** What the rule says, in a sentence, where the names of guard and actions do not say it already. */
  readonly says?: string;
}
