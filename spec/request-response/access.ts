import type { HostName } from '../../model/role/effect.ts';
import type { Call, Request } from './messages.ts';

/** Who may act at a server. */
export interface Access {
  /** The users who may act at first, sorted. */
  readonly granted: readonly string[];
  /** The user whose secret a request carries, or null. */
  authenticate(request: Request, from: HostName): string | null;
  /** Whether only those who were granted it may make this call. */
  needsGrant(call: Call): boolean;
}

/** Users prove who they are by a secret that they share with the server. Source: RFC 7617. */
export const bySecret = (secrets: Readonly<Record<string, string>>, granted: readonly string[]): Access => ({
  granted,
  authenticate: ({ credential }) => {
    if (credential === undefined || !Object.hasOwn(secrets, credential.user)) return null;
    return secrets[credential.user] === credential.secret ? credential.user : null;
  },
  needsGrant: () => true,
});
