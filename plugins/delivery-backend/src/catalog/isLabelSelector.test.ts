// SPDX-License-Identifier: Apache-2.0
import { isLabelSelector } from './isLabelSelector';

describe('isLabelSelector', () => {
  it.each([
    'app=orders',
    'app.kubernetes.io/name=orders,tier!=test',
    'app==orders',
    'env in (dev, staging),!canary',
    'team notin (a)',
    'app',
  ])('takes %s', text => expect(isLabelSelector(text)).toBe(true));

  it.each([
    '',
    'app=orders&fieldSelector=metadata.name=secret',
    'app=orders\nother=1',
    'app=ord ers',
    'in (a)',
    '=orders',
    'app=orders,',
    `app=${'x'.repeat(600)}`,
  ])('refuses %j', text => expect(isLabelSelector(text)).toBe(false));
});
