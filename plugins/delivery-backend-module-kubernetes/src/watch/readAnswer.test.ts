// SPDX-License-Identifier: Apache-2.0
import { refusalOf } from './readAnswer';

describe('refusalOf', () => {
  it.each([
    [410, 'too old resource version: 7', 'expired'],
    [504, 'Timeout: Too large resource version: 9000, current: 7', 'expired'],
    [504, 'Timeout: request did not complete within 60s', 'refused'],
    [500, 'etcdserver: request timed out', 'refused'],
    [403, 'pods is forbidden', 'refused'],
  ])('takes %s "%s" as %s', (code, message, kind) => {
    expect(refusalOf(0, { kind: 'Status', code, message })).toMatchObject({
      kind,
      message: expect.stringContaining(message),
    });
  });
});
