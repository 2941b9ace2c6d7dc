// SPDX-License-Identifier: Apache-2.0
import type { DoctorFinding } from 'backstage-plugin-delivery-common';
import { gatherFindings } from './gatherFindings';

const finding = (
  severity: DoctorFinding['severity'],
  subject: string,
): DoctorFinding => ({ severity, subject, detail: `About ${subject}` });

describe('findings', () => {
  it('are told once for many services, with their number and a few of them', () => {
    const found = ['g', 'b', 'c', 'd', 'e', 'f', 'a', 'a'].map(service => ({
      finding: finding('error', 'prod/soak'),
      service,
    }));
    expect(gatherFindings(found)).toEqual([
      {
        ...finding('error', 'prod/soak'),
        services: { count: 7, examples: ['g', 'b', 'c', 'd', 'e'] },
      },
    ]);
  });

  it('stand worst first, then by what they are about', () => {
    expect(
      gatherFindings(
        [
          finding('warning', 'a'),
          finding('unknown', 'b'),
          finding('error', 'd'),
          finding('error', 'c'),
        ].map(one => ({ finding: one })),
      ),
    ).toEqual([
      finding('error', 'c'),
      finding('error', 'd'),
      finding('unknown', 'b'),
      finding('warning', 'a'),
    ]);
  });

  it('of the set-up itself name no services', () => {
    expect(
      gatherFindings([
        { finding: finding('error', 'a') },
        { finding: finding('error', 'a') },
      ]),
    ).toEqual([finding('error', 'a')]);
  });
});
