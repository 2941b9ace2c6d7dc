// SPDX-License-Identifier: Apache-2.0
import { digestLike } from '../__testUtils__/digestLike';
import { foreignContent } from './foreignContent';

const release = {
  number: 44,
  chart: {
    name: 'orders',
    version: '3.8.44',
    digest: digestLike('a'),
    repository: '',
  },
  values: {
    repository: '',
    commit: 'c'.repeat(40),
    files: { staging: digestLike('b') },
  },
};
const embedded = {
  release,
  environment: 'staging',
  handOver: 'embedded' as const,
};

describe('what an execution was given', () => {
  it.each([
    [{ chart: digestLike('a'), values: digestLike('b') }, undefined],
    [
      { chart: digestLike('a'), values: digestLike('c') },
      'it was given other values than Release 44 has for staging',
    ],
    [
      { chart: digestLike('c'), values: digestLike('b') },
      'it was given another chart than that of Release 44',
    ],
    [{ values: digestLike('b') }, 'it was not given the chart of Release 44'],
    [undefined, 'it was not given the chart of Release 44'],
  ])('%j', (received, reason) => {
    expect(foreignContent({ received }, embedded)).toBe(reason);
  });

  it('may lack a chart that the engine reads itself', () => {
    expect(
      foreignContent(
        { received: { values: digestLike('b') } },
        { ...embedded, handOver: 'registry' },
      ),
    ).toBeUndefined();
    expect(
      foreignContent({}, { ...embedded, handOver: 'registry' }),
    ).toBeUndefined();
  });
});
