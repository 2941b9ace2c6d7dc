// SPDX-License-Identifier: Apache-2.0
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createMockDirectory } from '@backstage/backend-test-utils';
import { ConfigReader } from '@backstage/config';
import { FreezeGate } from '../gates/FreezeGate';
import { policyHash } from '../domain/policyHash';
import { readDeliveryConfig } from './readDeliveryConfig';

const CALENDAR = [
  'BEGIN:VCALENDAR',
  'BEGIN:VEVENT',
  'UID:1',
  'SUMMARY:Holidays',
  'DTSTART;VALUE=DATE:20261224',
  'DTEND;VALUE=DATE:20261227',
  'END:VEVENT',
  'END:VCALENDAR',
].join('\r\n');

function read(calendar: string | undefined) {
  const config = readDeliveryConfig(
    new ConfigReader({
      delivery: {
        environments: [
          {
            name: 'prod',
            tier: 'production',
            cluster: 'local',
            namespace: '{service}-prod',
            account: 'local-prod',
            gates: [{ type: 'freeze', calendar }],
          },
        ],
      },
    }),
    { gates: [FreezeGate] },
  );
  const [prod] = config.paths.get('default')?.environments ?? [];
  return prod;
}

describe('a freeze calendar in the configuration', () => {
  const directory = createMockDirectory();

  it('is read from its file, or taken as it is, and is part of the policy', () => {
    const file = join(directory.path, 'freezes.ics');
    writeFileSync(file, CALENDAR);
    const byName = read(file);
    const byText = read(CALENDAR);
    expect(policyHash(byName, byName.gates)).toBe(
      policyHash(byText, byText.gates),
    );
    expect(
      byName.gates[0].gate.closed?.(byName.gates[0].config, new Date(0)),
    ).toEqual([
      {
        from: new Date('2026-12-24T00:00:00Z'),
        to: new Date('2026-12-27T00:00:00Z'),
      },
    ]);
  });

  it.each<[string, string | undefined, RegExp]>([
    [
      'a file that is not there',
      './nowhere.ics',
      /delivery\.environments\[0\]\.gates\[0\]\.calendar: the file \.\/nowhere\.ics cannot be read/,
    ],
    [
      'a broken calendar',
      'BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nSUMMARY:Odd\r\nEND:VEVENT\r\nEND:VCALENDAR',
      /gates\[0\]\.calendar: the event "Odd" has no DTSTART/,
    ],
    [
      'neither entries nor a calendar',
      undefined,
      /gates\[0\]\.entries: needs freezes, here or in a calendar/,
    ],
  ])('refuses %s with its path', (_, calendar, message) => {
    expect(() => read(calendar)).toThrow(message);
  });
});
