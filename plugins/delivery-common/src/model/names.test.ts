// SPDX-License-Identifier: Apache-2.0
import {
  digestSchema,
  entityRefSchema,
  environmentNameSchema,
  reasonSchema,
  webUrlSchema,
} from './names';

describe('names', () => {
  it.each([
    ['component:default/orders', true],
    ['component:orders', false],
    ['Component:default/orders', false],
    ['component:default/../secret', false],
    ['component:default/orders\n', false],
  ])('takes the entity reference %j: %s', (text, valid) => {
    expect(entityRefSchema.safeParse(text).success).toBe(valid);
  });

  it.each([
    ['prod', true],
    ['production-eu', true],
    ['p', true],
    ['-prod', false],
    ['prod-', false],
    ['Prod', false],
    ['p'.repeat(41), false],
  ])('takes the environment %j: %s', (text, valid) => {
    expect(environmentNameSchema.safeParse(text).success).toBe(valid);
  });

  it.each([
    [`sha256:${'a'.repeat(64)}`, true],
    [`sha256:${'a'.repeat(63)}`, false],
    [`sha256:${'A'.repeat(64)}`, false],
    ['', false],
  ])('takes the digest %j: %s', (text, valid) => {
    expect(digestSchema.safeParse(text).success).toBe(valid);
  });

  it('takes a reason of several lines, trimmed, and none that is empty or hides something', () => {
    expect(reasonSchema.parse('  Tax split\nfor invoices ')).toBe(
      'Tax split\nfor invoices',
    );
    expect(reasonSchema.safeParse('   ').success).toBe(false);
    expect(reasonSchema.safeParse('bell\u0007').success).toBe(false);
    expect(reasonSchema.safeParse('x'.repeat(1001)).success).toBe(false);
  });

  it('takes only addresses that a browser may follow', () => {
    expect(webUrlSchema.safeParse('http://localhost:7082/job/a').success).toBe(
      true,
    );
    expect(webUrlSchema.safeParse('data:text/html,hello').success).toBe(false);
  });
});
