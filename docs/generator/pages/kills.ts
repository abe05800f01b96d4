import { killDigest } from '../../../model/explore/kills/digest.ts';
import { unexplained } from '../../../model/explore/kills/equivalents.ts';
import type { Killed, KillRecord } from '../../../model/explore/kills/kill.ts';
import { plantedMutants } from '../../../model/explore/kills/planted.ts';
import { generatedMutants } from '../../../model/protocol/mutants.ts';
import type { Subject } from '../subject.ts';
import { code, prose } from '../text/escape.ts';
import { counted } from '../text/number.ts';
import { anchor, codes, link, page, table } from './markdown.ts';

/** How a mutant was found, in the cells of a table: the property, where, and with how many steps. */
const cells = (by: Killed): readonly string[] => [
  link(code(by.property), `properties.md${anchor(by.property)}`).replace(/^\[`(ROLE-THREW|[A-Z]+(_[A-Z]+)+)`\].*$/, '`$1`'),
  by.how === 'unseen' ? `${code(by.part)} is never seen` : code(by.part),
  link(code(by.scenario), `scenarios.md${anchor(by.scenario)}`),
  by.how === 'unseen' ? counted(by.runs, 'run') : counted(by.steps, 'step'),
];

/** The mutants of a protocol, and what became of each. */
export const killsPage = ({ protocol, properties, equivalents = {} }: Subject, { model, kills }: KillRecord): string => {
  const planted = plantedMutants(properties);
  const generated = generatedMutants(protocol);
  const byId = new Map(kills.map(({ mutant, by }) => [mutant, by]));
  const [killed, surviving] = [kills.filter(({ by }) => by !== null).length, unexplained(kills, equivalents).length];
  const isCurrent = model === killDigest(protocol, properties);
  const fate = (id: string): readonly string[] => {
    const by = byId.get(id) ?? null;
    if (by !== null) return cells(by);
    return equivalents[id] === undefined ? ['survives', '', '', ''] : [`equivalent: ${prose(equivalents[id])}`, '', '', ''];
  };
  const roles = [...new Set(generated.map(({ role }) => role))];
  return page(
    `# Mutants of ${prose(protocol.id)}`,
    `${counted(kills.length, 'mutant')}: ${killed} killed by a property, ${kills.length - killed - surviving} equivalent${surviving === 0 ? '' : `, ${surviving} that survive: what the properties do not say yet`}. This table measures how sensitive the properties are to these mutants, and not how good they are.`,
    isCurrent ? '' : `**It is out of date: the model or its claims have changed since.** Type \`rolecall mutants ${protocol.id} --record\`.`,
    `It is of model \`${model}\`. \`rolecall run ${protocol.id} --mutant '…'\` plants any of them and keeps the failing trace; \`rolecall mutants ${protocol.id} --record\` finds all of this again.`,
    planted.length === 0 ? '' : '## Written by hand',
    planted.length === 0
      ? ''
      : table(
          ['Mutant', 'What is wrong', 'After a real bug', 'Killed by', 'Part', 'Scenario', 'Takes'],
          planted.map(({ id, mutant }) => [code(id), prose(mutant.doc), prose(mutant.after ?? ''), ...fate(id)]),
          '',
        ),
    ...roles.flatMap((role) => [
      `## Generated from ${prose(role)}`,
      table(
        ['Mutant', 'In rules', 'Killed by', 'Part', 'Scenario', 'Takes'],
        generated
          .filter((each) => each.role === role && byId.has(each.id))
          .map(({ id, rules }) => [code(id.slice(role.length + 2)), codes(rules), ...fate(id)]),
        'None.',
      ),
    ]),
  );
};
