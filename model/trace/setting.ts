import { RolecallError } from '../kernel/errors.ts';
import type { Edge } from '../network/topology.ts';
import { hostsOf } from '../protocol/define.ts';
import type { ScenarioType } from '../protocol/scenario.ts';
import type { Setting } from '../world/system.ts';
import type { Trace } from './trace.ts';

/** The setting that a trace ran in: hosts of the scenario by name, and the links that it lists. */
export const settingOfTrace = (scenario: ScenarioType, trace: Pick<Trace, 'hosts' | 'links' | 'scenario'>): Setting => {
  const sizes =
    scenario.size === undefined
      ? [0]
      : Array.from({ length: scenario.size.most - scenario.size.least + 1 }, (_, more) => (scenario.size?.least ?? 0) + more);
  const all = sizes.map((size) => hostsOf(scenario, size)).find((hosts) => trace.hosts.every((name) => hosts.some((host) => host.name === name)));
  const known = all ?? hostsOf(scenario, sizes.at(-1) ?? 0);
  const hosts = trace.hosts.map((name, index) => {
    const host = known.find((each) => each.name === name);
    if (host !== undefined) return host;
    throw new RolecallError({
      code: 'TRACE_HOST',
      message: `the scenario ${trace.scenario} has no host ${name}`,
      place: `hosts[${index}]`,
      advice: `Its hosts are ${known.map((each) => each.name).join(', ')}. Was the trace made with an earlier model? --lenient may still follow it.`,
    });
  });
  const edges = trace.links.map(([a, b]): Edge => {
    const [i, j] = [trace.hosts.indexOf(a), trace.hosts.indexOf(b)];
    return i < j ? [i, j] : [j, i];
  });
  const topology = scenario.network.topology;
  const through = Array.isArray(topology) ? undefined : (topology as { readonly through?: string } | undefined)?.through;
  return { hosts, edges, through: through !== undefined && trace.hosts.includes(through) ? through : undefined };
};
