// SPDX-License-Identifier: Apache-2.0
import { faultsOf, readObjects } from './validateKubernetes';

const SERVICE = `
apiVersion: v1
kind: Service
metadata: { name: orders }
spec: { selector: { app: orders }, ports: [{ port: 80 }] }
`;

describe('what Kubernetes would not understand', () => {
  const faults = (yaml: string) => readObjects(yaml).flatMap(faultsOf);

  it('is nothing of a good object', () => {
    expect(faults(SERVICE)).toEqual([]);
  });

  it.each([
    ['a field that there is not', ['selector:', 'selectors:']],
    ['a number that is a text', ['port: 80', "port: '80'"]],
    ['another version of the API', ['apiVersion: v1', 'apiVersion: v2']],
    ['a kind without a schema', ['kind: Service', 'kind: Servise']],
    ['a required field that is missing', ['port: 80', 'name: http']],
  ])('is %s', (_, [good, bad]) => {
    expect(faults(SERVICE.replace(good, bad))).not.toEqual([]);
  });
});
