import type { Property } from '../../model/property/property.ts';
import type { Protocol, Roles } from '../../model/protocol/protocol.ts';

/** What a project's `rolecall.config.ts` says. Folders are relative to the file. */
export interface Config {
  /** The protocols that `run` checks where no name is given. One with the id of a built-in protocol stands in its place. */
  readonly protocols: readonly Protocol[];
  /** The claims about them. */
  readonly properties?: readonly Property[];
  /** Where kept traces stand, in `regressions/` and `witnesses/`; `traces` unless this says otherwise. */
  readonly traces?: string;
  /** Where `rolecall docs` writes; `docs/generated` unless this says otherwise. */
  readonly docs?: string;
}

/** Any protocol, over any domain: a list may hold several. */
type AnyProtocol = Omit<Protocol, 'rolesOver'> & { readonly rolesOver: (domain: never) => Roles };

/** Says what a project has. The file that exports it is `rolecall.config.ts`, and its export is the default one. */
export const defineConfig = (config: Omit<Config, 'protocols'> & { readonly protocols: readonly AnyProtocol[] }): Config =>
  config as unknown as Config;
