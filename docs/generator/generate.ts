import type { Roles } from '../../model/protocol/protocol.ts';
import { byCode, type Catalogue, type Evidence } from './catalogue.ts';
import { type Subject, subjectOf } from './subject.ts';
import { claimsPage } from './pages/claims.ts';
import { type Files, filesOf } from './pages/files.ts';
import { killsPage } from './pages/kills.ts';
import { link } from './pages/markdown.ts';
import { messagesPage } from './pages/messages.ts';
import { propertiesPage } from './pages/properties.ts';
import { indexPage, protocolPage } from './pages/protocol.ts';
import { rolePage } from './pages/role.ts';
import { scenariosPage } from './pages/scenarios.ts';
import { sequencesPage } from './pages/sequences.ts';
import { distinctSlugs } from './text/escape.ts';

/** The roles over the first domain: what a domain replaces are functions, which no page shows. */
const rolesOf = ({ protocol }: Subject): Roles => protocol.rolesOver(Object.values(protocol.domains)[0] ?? {});

const protocolFiles = async (subject: Subject, files: Files): Promise<readonly (readonly [string, string])[]> => {
  const roles = rolesOf(subject);
  const roleLink = (name: string): string => (files.roles.has(name) ? link(name, `${files.roles.get(name) ?? ''}.md`) : name);
  const pages: [string, string][] = [
    ['README.md', protocolPage(subject, roles, files)],
    ['messages.md', messagesPage(subject, roles, roleLink)],
    ['properties.md', propertiesPage(subject, files)],
    ['scenarios.md', scenariosPage(subject)],
    ...sequencesPage(subject, files),
    ...(subject.kills === null ? [] : [['kills.md', killsPage(subject, subject.kills)] as [string, string]]),
  ];
  for (const [name, role] of Object.entries(roles)) pages.push(...(await rolePage(name, role, files.roles.get(name) ?? '')));
  return pages.map(([path, contents]) => [`${files.folder}/${path}`, contents] as const);
};

/**
 * The pages and pictures of a catalogue: from paths, with forward slashes, to contents. The same model gives the same
 * bytes: there is no time, no place and no order in them that the model does not give.
 */
export const generateDocs = async (catalogue: Catalogue, evidence: Evidence): Promise<ReadonlyMap<string, string>> => {
  const folders = distinctSlugs(
    catalogue.map(({ protocol }) => protocol.id),
    ['readme', 'claims', 'api'],
  );
  const subjects = catalogue.map((entry) => {
    const subject = subjectOf(entry, evidence);
    return { subject, files: filesOf(folders.get(entry.protocol.id) ?? '', subject, Object.keys(rolesOf(subject))) };
  });
  const all = new Map<string, string>([
    ['README.md', indexPage(subjects)],
    ['claims.md', claimsPage(subjects)],
  ]);
  for (const { subject, files } of subjects) for (const [path, contents] of await protocolFiles(subject, files)) all.set(path, contents);
  return new Map([...all].sort(([a], [b]) => byCode(a, b)));
};
