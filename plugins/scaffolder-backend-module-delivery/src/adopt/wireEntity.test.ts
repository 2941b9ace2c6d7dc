// SPDX-License-Identifier: Apache-2.0
import { parse, parseAllDocuments } from 'yaml';
import { createServiceAdoptAction } from '../actions/createServiceAdoptAction';
import { serviceAdoptExamples } from '../actions/createServiceAdoptAction.examples';
import { ConfigReader } from '@backstage/config';
import { readAdoptAnswers } from './adoptAnswers';
import { wireEntity, type Wiring } from './wireEntity';

const WIRING: Wiring = {
  kind: 'Component',
  name: 'billing',
  annotations: { 'jenkins.io/job-full-name': 'billing' },
  spec: { type: 'service', owner: 'group:default/finance' },
  relation: { key: 'dependsOn', ref: 'resource:default/billing-chart' },
};

const entities = (text: string) =>
  parseAllDocuments(text).map(one => one.toJSON());

describe('wiring an entity in its catalog file', () => {
  it('makes the file where there is none', () => {
    expect(entities(wireEntity(undefined, WIRING))).toEqual([
      {
        apiVersion: 'backstage.io/v1alpha1',
        kind: 'Component',
        metadata: {
          name: 'billing',
          annotations: { 'jenkins.io/job-full-name': 'billing' },
        },
        spec: {
          type: 'service',
          owner: 'group:default/finance',
          dependsOn: ['resource:default/billing-chart'],
        },
      },
    ]);
  });

  it('adds the entity behind others and leaves those as they are', () => {
    const other = `# An API\napiVersion: backstage.io/v1alpha1\nkind: API\nmetadata:\n  name: billing\n`;
    const wired = wireEntity(other, WIRING);
    expect(wired.startsWith(other)).toBe(true);
    expect(entities(wired).map(({ kind }) => kind)).toEqual([
      'API',
      'Component',
    ]);
  });

  it('changes nothing the second time, whichever way a reference is written', () => {
    const once = wireEntity(undefined, WIRING);
    expect(wireEntity(once, WIRING)).toBe(once);
    const short = once.replace('resource:default/', 'resource:');
    expect(wireEntity(short, WIRING)).toBe(short);
  });

  it.each([
    [
      'kind: Component\nmetadata: { name: billing, annotations: { jenkins.io/job-full-name: other } }\n',
      /has the annotation jenkins\.io\/job-full-name: other already/,
    ],
    ['kind: [', /catalog-info\.yaml cannot be read/],
  ])('refuses %j', (text, says) => {
    expect(() => wireEntity(text, WIRING)).toThrow(says);
  });

  it.each([
    [{ service: 'Billing' }, /^service must be lower case/],
    [{ chartRepository: '../etc' }, /^chartRepository must be the name/],
    [{ jenkinsFolder: "x'; id" }, /^jenkinsFolder must be the full name/],
    [{ owner: 'a\nb' }, /^owner must be the name of an entity/],
    [{ organisation: '' }, /^organisation /],
  ])('refuses the answers %j', (wrong, says) => {
    expect(() =>
      readAdoptAnswers({
        service: 'billing',
        owner: 'group:default/finance',
        organisation: 'northwind',
        ...wrong,
      }),
    ).toThrow(says);
  });

  it('has examples that can be parsed and name it', () => {
    const action = createServiceAdoptAction({ config: new ConfigReader({}) });
    for (const { example } of serviceAdoptExamples) {
      expect(parse(example).steps[0].action).toBe(action.id);
    }
  });
});
