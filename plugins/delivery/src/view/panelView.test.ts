// SPDX-License-Identifier: Apache-2.0
import type { ServiceDelivery } from 'backstage-plugin-delivery-common';
import * as deliveries from '../__testUtils__/deliveries';
import { CLOCK } from '../__testUtils__/instants';
import { freshness } from './freshness';
import { panelView } from './panelView';

function panel(service: ServiceDelivery, name: string) {
  const environment = service.environments.find(each => each.name === name);
  if (!environment) {
    throw new Error(`no environment ${name}`);
  }
  return panelView(service, environment, CLOCK);
}

describe('panelView', () => {
  it('puts the gates that do not pass first and counts those that do', () => {
    const { gates } = panel(deliveries.blocked, 'production-eu');
    expect(gates.list?.summary).toBe('4 of 8 pass');
    expect(gates.list?.rows.map(({ label }) => label)).toEqual([
      'Wait',
      'Wait',
      'Wait',
      'Wait',
      'Pass',
      'Pass',
      'Pass',
      'Pass',
    ]);
    expect(gates.list?.rows[0]?.more).toBe(
      'Earliest Sunday 22:00. Nobody needs to act.',
    );
  });

  it('tells what Helm recorded beside what runs, and all that was warned of', () => {
    const { runs } = panel(deliveries.crashing, 'production-eu');
    const said = (name: string) =>
      runs.rows
        .find(row => row.name === name)
        ?.parts.map(({ text }) => text)
        .join('');
    expect(said('Pods')).toBe('1 of 4 ready, restarted 14 times');
    expect(said('Helm')).toBe(
      'HelmRelease orders, revision 7, failed · chart orders 3.8.41',
    );
    expect(runs.messages).toHaveLength(3);
  });

  it('tells by what labels goes what is no release of ours', () => {
    const { environments } = deliveries.simpleLine;
    const service = {
      ...deliveries.simpleLine,
      environments: environments.map(each => ({
        ...each,
        workloads: each.workloads.map(workload => ({
          ...workload,
          chart: 'payments-3.8.42',
          version: '2.30.0',
        })),
      })),
    };
    const { rows } = panel(service, 'production').runs;
    expect(rows).toContainEqual({
      name: 'Chart',
      parts: [{ text: 'payments-3.8.42' }],
    });
    expect(rows).toContainEqual({
      name: 'Version',
      parts: [{ text: '2.30.0' }],
    });
  });

  it('tells who filled a slot, who could, and who does not count', () => {
    const { approvals } = panel(deliveries.blocked, 'production-eu');
    expect(approvals?.rows).toEqual([
      expect.objectContaining({
        bold: 'chidi',
        more: 'for team-orders, 09:42',
      }),
      expect.objectContaining({
        bold: 'Open',
        text: ': platform',
        more: 'lee, mina',
      }),
    ]);
    expect(approvals?.notes).toEqual([
      'Not counted: anna (asked for it), ben (wrote 2 of the commits).',
      'Approvals end Tuesday 17:05.',
    ]);
  });

  it('shows the gates as they were when a promotion is under way', () => {
    const { gates, rollback } = panel(deliveries.inFlight, 'staging');
    expect(gates.title).toBe('Gates at the start');
    expect(rollback).toEqual({
      kind: 'blocked',
      reason:
        'Possible when promotion 317 has ended. Cancel it to go back sooner.',
    });
  });

  it('says that what it shows is old when the cluster does not answer', () => {
    const { runs } = panel(deliveries.sourceOutage, 'production-eu');
    expect(runs.title).toBe('What ran at 09:41');
    expect(runs.rows).toContainEqual({
      name: 'Pods',
      parts: [{ text: '4 of 4 ready at 09:41' }],
    });
  });

  it('sets what was promoted beside what is seen', () => {
    const { runs } = panel(deliveries.simpleLine, 'production');
    expect(runs.rows.slice(0, 2)).toMatchObject([
      { name: 'Promoted', parts: [{ text: 'Release 42' }] },
      { name: 'Seen', parts: [{ text: 'no release of ours' }] },
    ]);
  });

  it('explains who may roll back', () => {
    expect(panel(deliveries.noPermission, 'staging').rollback).toEqual({
      kind: 'not-allowed',
      reason: 'You may not roll back staging. Members of team-orders may.',
    });
  });

  it('offers to wait where a promotion can wait', () => {
    expect(panel(deliveries.simpleLine, 'production').whenPossible?.to).toBe(
      'production',
    );
    expect(panel(deliveries.normal, 'staging').whenPossible).toBeUndefined();
  });
});

describe('freshness', () => {
  it('has one entry for each source, silent ones by their own name', () => {
    expect(
      freshness(deliveries.sourceOutage, CLOCK).map(({ text, stale }) => [
        text,
        stale,
      ]),
    ).toEqual([
      ['Kubernetes 4 s ago', false],
      ['production-eu 09:41, unreachable', true],
      ['Spinnaker 6 s ago', false],
      ['Jenkins 11 s ago', false],
    ]);
  });
});
