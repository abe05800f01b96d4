import { answer, type Service, unknownOperation } from '../request-response/service.ts';
import type { Call } from '../request-response/messages.ts';
import { type Answer, type Format, formats, isSafe, linesIn, represent } from './http.ts';

/** What a path names: its lines, or null where nothing is; and how often they have changed, deletion included. */
export type Resource = { readonly lines: readonly string[] | null; readonly version: number };

export type Site = Readonly<Record<string, Resource>>;

const absent: Resource = { lines: null, version: 0 };

export const resourceAt = (site: Site, path: string): Resource => site[path] ?? absent;

/** Where the rules of an origin are open to faults; what is left out is as it should be. */
export interface OriginRules {
  /** The entity tag of a resource in a format: another one whenever the representation is another. Source: RFC 9110, 8.8.3. */
  readonly etag?: (resource: Resource, format: Format) => string;
  /** Whether the conditions of a request are looked at. */
  readonly heeds?: (call: Call) => boolean;
  /** What a visit leaves behind: nothing. */
  readonly visited?: (resource: Resource) => Resource;
  readonly represent?: (lines: readonly string[], format: Format) => string;
}

/**
 * An origin server: it holds resources, and changes them as the methods say.
 * Source: RFC 9110, 9.3 (methods), 13 (conditional requests), 12 (content negotiation).
 */
export const origin = (rules: OriginRules = {}): Service<Site> => {
  const etag = rules.etag ?? (({ version }, format) => `${version}-${format}`);
  const show = rules.represent ?? represent;

  /** Whether an entity tag, or `*`, names what is there now. */
  const matches = (resource: Resource, wanted: string): boolean =>
    resource.lines !== null && (wanted === '*' || formats.some((format) => etag(resource, format) === wanted));

  /** The status of a request whose condition fails; null if it may go on. */
  const refusal = (resource: Resource, call: Call): number | null => {
    const { ifMatch, ifNoneMatch } = call as { readonly ifMatch?: string; readonly ifNoneMatch?: string };
    if (rules.heeds?.(call) === false) return null;
    if (ifMatch !== undefined && !matches(resource, ifMatch)) return 412;
    if (ifNoneMatch !== undefined && matches(resource, ifNoneMatch)) return isSafe(call) ? 304 : 412;
    return null;
  };

  return {
    doc: 'Resources by path, which are read, replaced, deleted and added to.',
    start: {},
    isSafe,
    apply: (site, call) => {
      const path = call['path'] as string;
      const resource = resourceAt(site, path);
      const said = (status: number, now: Resource = resource) => ({
        state: now === resource ? site : { ...site, [path]: now },
        result: answer({ status }),
      });
      /** What does not change it leaves it as it is. */
      const changed = (lines: Resource['lines']): Resource =>
        JSON.stringify(lines) === JSON.stringify(resource.lines) ? resource : { lines, version: resource.version + 1 };

      const refused = refusal(resource, call);
      if (refused !== null) return { state: site, result: answer({ status: refused, etag: etag(resource, (call['accept'] ?? 'json') as Format) }) };
      switch (call.type) {
        case 'GET': {
          const { lines } = resource;
          const format = (call['accept'] ?? 'json') as Format;
          if (lines === null) return said(404);
          const found: Answer = { status: 200, etag: etag(resource, format), body: show(lines, format) };
          return { ...said(200, rules.visited?.(resource)), result: answer(found) };
        }
        case 'PUT':
          return said(204, changed(linesIn(call['body'] as string, 'json')));
        case 'DELETE':
          return said(204, changed(null));
        case 'POST':
          return said(201, changed([...(resource.lines ?? []), call['body'] as string]));
        default:
          return { state: site, result: unknownOperation(call) };
      }
    },
  };
};
