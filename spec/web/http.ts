import type { Call } from '../request-response/messages.ts';

/** What HTTP says of every request and response, whatever the resource is. Source: RFC 9110. */

/** Safe: asks for no change. Idempotent: doing it again is like doing it once. Source: RFC 9110, 9.2. */
const methods: Readonly<Record<string, { readonly safe: boolean; readonly idempotent: boolean }>> = {
  GET: { safe: true, idempotent: true },
  PUT: { safe: false, idempotent: true },
  DELETE: { safe: false, idempotent: true },
  POST: { safe: false, idempotent: false },
};

export const isSafe = ({ type }: Call): boolean => methods[type]?.safe ?? false;

/** Only such a request may be sent again by whoever does not know what became of it. Source: RFC 9110, 9.2.2. */
export const isIdempotent = ({ type }: Call): boolean => methods[type]?.idempotent ?? false;

/** The interfaces through which one resource is seen: by programs, and by people. */
export const formats = ['json', 'html'] as const;
export type Format = (typeof formats)[number];

/** What stands in a response: a status, and where there is one, a representation with its entity tag. */
export type Answer = { readonly status: number; readonly etag?: string; readonly body?: string };

/** The lines of a resource, in one of its formats; they hold letters and digits only. */
export const represent = (lines: readonly string[], format: Format): string =>
  format === 'json' ? JSON.stringify(lines) : `<ul>${lines.map((line) => `<li>${line}</li>`).join('')}</ul>`;

/** The lines that a representation shows; null if it is not in this format. */
export const linesIn = (body: string, format: Format): readonly string[] | null => {
  if (format === 'json') return body.startsWith('[') ? (JSON.parse(body) as readonly string[]) : null;
  return body.startsWith('<ul>') ? [...body.matchAll(/<li>(\w*)<\/li>/g)].map(([, line]) => line as string) : null;
};
