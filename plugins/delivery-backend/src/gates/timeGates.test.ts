// SPDX-License-Identifier: Apache-2.0
import { describeGate } from 'backstage-plugin-delivery-node/testUtils';
import { gateContext } from '../__testUtils__/gateContext';
import { FreezeGate } from './FreezeGate';
import { WindowGate } from './WindowGate';

const at = (now: string) => gateContext({ now: new Date(now) });

describeGate('WindowGate', {
  gate: WindowGate,
  config: {
    type: 'window',
    zone: 'Europe/Berlin',
    allow: ['Mon-Thu 09:00-16:00'],
  },
  invalid: [
    { type: 'window', zone: 'Europe/Berlin' },
    { type: 'window', zone: 'Middle/Earth', allow: ['Mon 09:00-10:00'] },
    { type: 'window', zone: 'UTC', allow: ['Mon 9-10'] },
    { type: 'window', zone: 'UTC', allow: ['Mon 25:00-26:00'] },
    { type: 'window', zone: 'UTC', allow: ['Mon 09:00-09:00'] },
    { type: 'window', zone: 'UTC', allow: ['Monday 09:00-10:00'] },
    { type: 'window', zone: 'UTC', allow: ['Mon 09:00-10:00'], except: [] },
  ],
  passing: at('2026-11-16T08:00:00Z'),
  notPassing: at('2026-11-16T07:59:59Z'),
});

describe('WindowGate', () => {
  const verdict = (
    now: string,
    written: { zone?: string; allow?: string[]; deny?: string[] },
  ) =>
    WindowGate.evaluate(
      WindowGate.configSchema.parse({
        type: 'window',
        zone: 'Europe/Berlin',
        ...written,
      }),
      at(now),
    );

  it.each([
    [
      'opens at the first minute',
      '2026-11-16T08:00:00Z',
      ['Mon 09:00-16:00'],
      'pass',
    ],
    [
      'is open to the last one',
      '2026-11-16T14:59:59Z',
      ['Mon 09:00-16:00'],
      'pass',
    ],
    [
      'is closed at the end',
      '2026-11-16T15:00:00Z',
      ['Mon 09:00-16:00'],
      'wait',
    ],
    ['goes over midnight', '2026-11-17T00:30:00Z', ['Mon 22:00-02:00'], 'pass'],
    [
      'goes over the week’s end',
      '2026-11-22T11:00:00Z',
      ['Fri-Mon 09:00-16:00'],
      'pass',
    ],
    [
      'takes days one by one',
      '2026-11-18T11:00:00Z',
      ['Mon,Wed 09:00-16:00'],
      'pass',
    ],
    [
      'lasts to the end of the day',
      '2026-11-16T22:59:00Z',
      ['Mon 00:00-24:00'],
      'pass',
    ],
    ['ends with the day', '2026-11-16T23:00:00Z', ['Mon 00:00-24:00'], 'wait'],
  ])('%s', (_, now, allow, status) => {
    expect(verdict(now, { allow }).status).toBe(status);
  });

  it.each([
    ['2026-11-16T15:00:00Z', '2026-11-17T08:00:00.000Z'],
    ['2026-11-19T15:00:00Z', '2026-11-23T08:00:00.000Z'],
    // Summer time begins on 29 March 2026 and ends on 25 October 2026.
    ['2026-03-26T16:00:00Z', '2026-03-30T07:00:00.000Z'],
    ['2026-10-22T16:00:00Z', '2026-10-26T08:00:00.000Z'],
    ['2028-02-28T20:00:00Z', '2028-02-29T08:00:00.000Z'],
  ])('from %s opens %s', (now, opens) => {
    expect(verdict(now, { allow: ['Mon-Thu 09:00-16:00'] }).earliest).toBe(
      opens,
    );
  });

  it('opens an hour that the clock leaves out when it has jumped', () => {
    expect(
      verdict('2026-03-28T23:00:00Z', { allow: ['Sun 02:30-04:00'] }).earliest,
    ).toBe('2026-03-29T01:00:00.000Z');
  });

  it('denies inside what is allowed', () => {
    const hours = {
      allow: ['Mon-Fri 09:00-16:00'],
      deny: ['Wed 09:00-24:00'],
    };
    expect(verdict('2026-11-18T10:00:00Z', hours)).toMatchObject({
      status: 'wait',
      earliest: '2026-11-19T08:00:00.000Z',
    });
  });

  it('says when it never opens', () => {
    expect(
      verdict('2026-11-18T10:00:00Z', {
        allow: ['Wed 09:00-12:00'],
        deny: ['Mon-Sun 00:00-24:00'],
      }),
    ).toEqual({
      status: 'wait',
      reason: 'Never opens (Wed 09:00-12:00 Europe/Berlin).',
    });
  });

  it('says until when it is open, and when it opens', () => {
    const hours = { allow: ['Mon-Thu 09:00-16:00'] };
    expect(verdict('2026-11-16T10:00:00Z', hours).reason).toBe(
      'Open until today 16:00 Europe/Berlin.',
    );
    expect(verdict('2026-11-20T10:00:00Z', hours).reason).toBe(
      'Opens Monday 09:00 (Mon-Thu 09:00-16:00 Europe/Berlin).',
    );
  });
});

const BILLING = {
  title: 'Billing run',
  from: '2026-11-20 12:00',
  to: '2026-11-22 22:00',
  owner: 'finance-ops',
  reason: 'No change while invoices are made',
};

describeGate('FreezeGate', {
  gate: FreezeGate,
  config: { type: 'freeze', zone: 'Europe/Berlin', entries: [BILLING] },
  invalid: [
    { type: 'freeze', entries: [] },
    { type: 'freeze', entries: [{ ...BILLING, to: BILLING.from }] },
    { type: 'freeze', entries: [{ ...BILLING, to: '2026-02-30' }] },
    { type: 'freeze', entries: [{ ...BILLING, owner: undefined }] },
    { type: 'freeze', entries: [{ ...BILLING, from: 'tomorrow' }] },
  ],
  passing: at('2026-11-22T21:00:00Z'),
  notPassing: at('2026-11-20T11:00:00Z'),
});

describe('FreezeGate', () => {
  const verdict = (now: string, entries: unknown[]) =>
    FreezeGate.evaluate(
      FreezeGate.configSchema.parse({
        type: 'freeze',
        zone: 'Europe/Berlin',
        entries,
      }),
      at(now),
    );

  it('is half-open', () => {
    expect(verdict('2026-11-20T10:59:59Z', [BILLING]).status).toBe('pass');
    expect(verdict('2026-11-20T11:00:00Z', [BILLING]).status).toBe('wait');
    expect(verdict('2026-11-22T20:59:59Z', [BILLING]).status).toBe('wait');
    expect(verdict('2026-11-22T21:00:00Z', [BILLING]).status).toBe('pass');
  });

  it('says who set it, why, and when it ends', () => {
    expect(verdict('2026-11-21T09:00:00Z', [BILLING])).toEqual({
      status: 'wait',
      reason:
        '“Billing run” until Sunday 22:00 Europe/Berlin: No change while invoices are made. Set by finance-ops.',
      earliest: '2026-11-22T21:00:00.000Z',
    });
  });

  it('takes freezes that follow on each other for one', () => {
    expect(
      verdict('2026-11-21T09:00:00Z', [
        { ...BILLING, title: 'Audit', from: '2026-11-22', to: '2026-11-25' },
        BILLING,
        { ...BILLING, title: 'Later', from: '2026-11-26', to: '2026-11-27' },
      ]).earliest,
    ).toBe('2026-11-24T23:00:00.000Z');
  });

  it('does not count for rollbacks', () => {
    expect(FreezeGate.defaultFor).not.toContain('rollback');
  });
});
