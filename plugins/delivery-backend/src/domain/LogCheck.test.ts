// SPDX-License-Identifier: Apache-2.0
import { lineHash, logHash, type LogLine, type Seal } from './chain';
import { LogCheck } from './LogCheck';

const sealed: Seal = { mac: text => `sealed ${text}` };
const open: Seal = { mac: () => undefined };

/** A log of two records: lines 1, 2 and 4 of the first, line 3 of the second. */
function written(seal: Seal): LogLine[] {
  const lines: LogLine[] = [];
  for (const promotionId of ['one', 'one', 'two', 'one']) {
    const own = lines.filter(line => line.promotionId === promotionId);
    lines.push(
      after(
        lines.at(-1),
        {
          promotionId,
          sequence: own.length + 1,
          service: 'component:default/orders',
          at: '2026-11-16T09:00:00.000Z',
          type: 'approved',
          by: 'user:default/anna',
          phase: 'waiting',
          summary: `line ${lines.length + 1}`,
          data: '{}',
        },
        { before: own.at(-1)?.hash, seal },
      ),
    );
  }
  return lines;
}

function after(
  last: LogLine | undefined,
  line: Omit<LogLine, 'hash' | 'log' | 'logHash' | 'mac'>,
  { before, seal }: { before?: string; seal: Seal },
): LogLine {
  const hash = lineHash(line, before);
  const log = (last?.log ?? 0) + 1;
  const hashed = logHash({ log, hash }, last?.logHash);
  const mac = seal.mac(hashed);
  return { ...line, hash, log, logHash: hashed, ...(mac ? { mac } : {}) };
}

function check(lines: readonly LogLine[], seal = sealed, head = lines.at(-1)) {
  const walk = new LogCheck({ seal });
  const taken = lines.map(line => walk.take(line));
  return {
    taken,
    finding: walk.finish({ log: head?.log ?? 0, logHash: head?.logHash ?? '' }),
  };
}

const good = written(sealed);
const changed = (index: number, change: Partial<LogLine>) =>
  good.map((line, at) => (at === index ? { ...line, ...change } : line));

describe('the walk over the log', () => {
  it('finds nothing wrong in what was written', () => {
    expect(check(good)).toEqual({
      taken: [true, true, true, true],
      finding: { intact: true, lines: 4, sealed: true },
    });
    expect(check([]).finding).toEqual({ intact: true, lines: 0, sealed: true });
  });

  it('says when nothing is sealed because there is no key', () => {
    expect(check(written(open), open).finding).toEqual({
      intact: true,
      lines: 4,
      sealed: false,
    });
    expect(check(good, open).finding).toEqual({
      intact: true,
      lines: 4,
      sealed: false,
    });
  });

  it.each<[string, LogLine[], number, number, string]>([
    ['is missing', good.slice(1), 0, 2, 'Line 1 is missing'],
    [
      'is missing in between',
      good.filter(({ log }) => log !== 3),
      2,
      4,
      'Line 3 is missing',
    ],
    [
      'is missing in its record',
      changed(1, { sequence: 3 }),
      1,
      2,
      'Line 2 of this promotion is missing',
    ],
    [
      'does not begin its record',
      changed(2, { sequence: 2 }),
      2,
      3,
      'Line 1 of this promotion is missing',
    ],
    ['was changed', changed(3, { summary: 'x' }), 3, 4, 'The line was changed'],
    [
      'has another hash in the log',
      changed(2, { logHash: 'x' }),
      2,
      3,
      'The line does not follow on the one before it',
    ],
    [
      'carries no seal',
      changed(2, { mac: undefined }),
      2,
      3,
      'The line carries no seal',
    ],
    [
      'has a foreign seal',
      changed(0, { mac: 'x' }),
      0,
      1,
      'The seal is not ours',
    ],
  ])('finds the first line that %s', (_, lines, count, log, reason) => {
    const { finding, taken } = check(lines, sealed, good.at(-1));
    expect(finding).toEqual({
      intact: false,
      lines: count,
      log,
      promotionId: good[log - 1].promotionId,
      reason,
    });
    // Nothing after it is looked at.
    expect(taken).toEqual(lines.map((_line, index) => index < count));
  });

  it('covers every part of a line', () => {
    for (const field of [
      'service',
      'at',
      'type',
      'by',
      'phase',
      'summary',
      'data',
      'promotionId',
    ] as const) {
      expect(check(changed(0, { [field]: 'x' })).finding).toMatchObject({
        intact: false,
        log: 1,
        reason: 'The line was changed',
      });
    }
  });

  it('finds that the end is cut off, or that the head was changed', () => {
    expect(check(good.slice(0, 3), sealed, good.at(-1)).finding).toEqual({
      intact: false,
      lines: 3,
      log: 4,
      reason: 'The log should end at line 4, but ends at line 3',
    });
    expect(
      check(good, sealed, { ...good[3], logHash: 'x' }).finding,
    ).toMatchObject({ intact: false, log: 5 });
  });

  it('names the first fault, whatever comes after it', () => {
    const lines = good.map((line, index) =>
      index > 0 ? { ...line, summary: 'x' } : line,
    );
    expect(check(lines).finding).toMatchObject({ lines: 1, log: 2 });
  });
});
