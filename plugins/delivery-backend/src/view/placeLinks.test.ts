// SPDX-License-Identifier: Apache-2.0
import { linksSchema } from '../config/linksSchema';
import {
  anObservation,
  aRelease,
  someFacts,
} from '../__testUtils__/serviceFacts';
import { placeLinks } from './placeLinks';

describe('placeLinks', () => {
  const templates = [
    {
      title: 'Dashboard',
      url: 'https://grafana.example/d?s={service}&e={environment}',
    },
    { title: 'Logs', url: 'https://logs.example/{service}/{release}' },
  ];

  it('fills in the service, the environment and the release that runs', () => {
    const facts = someFacts({
      releases: [aRelease(44, '4')],
      observations: [anObservation('dev', { digit: '4' })],
    });
    const links = placeLinks(facts, templates);
    expect(links.filter(({ environment }) => environment === 'dev')).toEqual([
      {
        title: 'Dashboard',
        environment: 'dev',
        url: 'https://grafana.example/d?s=orders&e=dev',
      },
      {
        title: 'Logs',
        environment: 'dev',
        url: 'https://logs.example/orders/44',
      },
    ]);
  });

  it('leaves out what names the release where none is known to run', () => {
    const links = placeLinks(someFacts(), templates);
    expect(new Set(links.map(({ title }) => title))).toEqual(
      new Set(['Dashboard']),
    );
  });

  it.each([
    'https://{service}.example/',
    'data:text/html,hello',
    'https://logs.example/{token}',
    '//logs.example/',
  ])('refuses the template %s', url => {
    expect(linksSchema.safeParse([{ title: 'Logs', url }]).success).toBe(false);
  });
});
