// SPDX-License-Identifier: Apache-2.0
import type { Phase } from 'backstage-plugin-delivery-common';
import { CLOCK } from '../__testUtils__/instants';
import { promotion } from '../__testUtils__/promotions';
import { stepBar } from './stepBar';

function steps(phase: Phase, entered: Phase[] = []) {
  return stepBar(
    {
      ...promotion({
        number: 317,
        environment: 'staging',
        releaseNumber: 44,
        phase,
      }),
      phases: entered.map(each => ({
        phase: each,
        at: '2026-11-20T10:40:00.000Z',
      })),
    },
    CLOCK,
  ).map(step => `${step.label}:${step.state}`);
}

describe('stepBar', () => {
  it.each<[Phase, Phase[], string[]]>([
    [
      'waiting',
      [],
      [
        'waiting:current',
        'starting:ahead',
        'running:ahead',
        'verifying:ahead',
        'succeeded:ahead',
      ],
    ],
    [
      'running',
      ['waiting', 'starting', 'running'],
      [
        'waiting:done',
        'starting:done',
        'running:current',
        'verifying:ahead',
        'succeeded:ahead',
      ],
    ],
    [
      'succeeded',
      [],
      [
        'waiting:done',
        'starting:done',
        'running:done',
        'verifying:done',
        'succeeded:done',
      ],
    ],
    [
      'failed',
      ['waiting', 'starting', 'running'],
      ['waiting:done', 'starting:done', 'running:done', 'failed:failed'],
    ],
    ['rejected', ['waiting'], ['waiting:done', 'rejected:failed']],
    [
      'needs-attention',
      [],
      [
        'waiting:done',
        'needs attention:attention',
        'running:ahead',
        'verifying:ahead',
        'succeeded:ahead',
      ],
    ],
  ])('draws %s', (phase, entered, expected) => {
    expect(steps(phase, entered)).toEqual(expected);
  });
});
