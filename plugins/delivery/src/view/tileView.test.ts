// SPDX-License-Identifier: Apache-2.0
import type { ServiceDelivery } from 'backstage-plugin-delivery-common';
import * as deliveries from '../__testUtils__/deliveries';
import { CLOCK } from '../__testUtils__/instants';
import { tileView } from './tileView';

function tile(service: ServiceDelivery, name: string) {
  const environment = service.environments.find(each => each.name === name);
  if (!environment) {
    throw new Error(`no environment ${name}`);
  }
  const view = tileView(service, environment, CLOCK);
  return {
    ...view,
    notes: view.notes.map(note => `${note.lead ?? ''}${note.text ?? ''}`),
  };
}

describe('tileView', () => {
  it('tells what runs, since when and who brought it', () => {
    expect(tile(deliveries.normal, 'staging')).toMatchObject({
      health: { label: 'Healthy' },
      title: 'Release 42',
      change: { label: 'source change' },
      image: { tag: '2.30.0-e0b71d8-11bd02c4', digest: '51c0a9f37d3e' },
      versions: { chart: '3.8.42', values: '4be1c07' },
      who: { text: 'by anna, Wed 15:02' },
    });
    expect(tile(deliveries.normal, 'dev').who?.text).toBe(
      'by itself, 18 min ago',
    );
  });

  it.each([
    ['normal', 'dev', ['Newest release']],
    ['normal', 'staging', ['2 releases behind dev']],
    [
      'normal',
      'production-eu',
      ['1 release behind staging', 'Verified Tue 17:08'],
    ],
    [
      'blocked',
      'production-eu',
      [
        'Promotion 318 waits since 08:42',
        '1 release behind staging',
        'Verified Tue 17:08',
      ],
    ],
    [
      'failed',
      'production-eu',
      [
        'Release 42 failed here 10:14',
        'Automatic promotion on hold',
        'Verified after roll back 10:22',
      ],
    ],
    [
      'needsAttention',
      'production-us',
      [
        'Outcome of Release 42 unknown since 10:31',
        '2 releases behind staging',
        'Verified Mon 16:38',
      ],
    ],
    [
      'sourceOutage',
      'production-eu',
      [
        'Cluster last seen 09:41',
        'Was healthy then, 4 of 4 pods',
        '1 release behind staging',
      ],
    ],
    ['simpleLine', 'production', ['Changed outside since 09:12']],
  ] as const)('notes in order: %s, %s', (state, name, notes) => {
    expect(tile(deliveries[state], name).notes).toEqual(notes);
  });

  it.each([
    ['sourceOutage', 'production-eu', 'Unreachable'],
    ['needsAttention', 'production-us', 'Needs attention'],
    ['simpleLine', 'production', 'Drifted'],
    ['inFlight', 'staging', 'Progressing'],
    ['firstUse', 'dev', 'Nothing yet'],
  ] as const)('names the state: %s, %s is %s', (state, name, label) => {
    expect(tile(deliveries[state], name).health.label).toBe(label);
  });

  it('says quietly how often it was restarted and what the cluster warned of last', () => {
    expect(tile(deliveries.crashing, 'production-eu')).toMatchObject({
      restarts: 'restarted 14 times',
      warning: {
        text: 'BackOff: Back-off restarting failed container app in pod orders-6f2c-tq9vs_orders(51c0a9f3)',
        when: '2 min ago',
      },
    });
    expect(tile(deliveries.normal, 'production-eu')).toMatchObject({
      restarts: undefined,
      warning: undefined,
    });
  });

  it('keeps the last known values of a cluster that does not answer', () => {
    expect(tile(deliveries.sourceOutage, 'production-eu')).toMatchObject({
      unseen: true,
      title: 'Release 41',
    });
  });

  it('shows the image that runs, not the one that was promoted', () => {
    expect(tile(deliveries.simpleLine, 'production')).toMatchObject({
      title: 'No release of ours',
      image: { tag: '2.30.0-hotfix', digest: 'b77e0c41aa90' },
    });
  });

  it('tells how far a promotion has come', () => {
    expect(tile(deliveries.inFlight, 'staging')).toMatchObject({
      bar: 'run',
      becomes: 44,
      progress: { text: 'running: 2 of 3 pods on Release 44' },
      notes: [],
    });
  });
});
