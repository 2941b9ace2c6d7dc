// SPDX-License-Identifier: Apache-2.0
import type { Gate, GateContext } from '../ports/Gate';

/** What the contract suite needs of a Gate. @public */
export type GateHarness<Config> = {
  gate: Gate<Config>;
  /** As a user writes it, with `type`. */
  config: unknown;
  /** Configurations that must be refused. */
  invalid: unknown[];
  passing: GateContext;
  notPassing: GateContext;
};

/** What every Gate must do, as a test suite. @public */
export function describeGate<Config>(
  name: string,
  harness: GateHarness<Config>,
): void {
  describe(`${name} as a gate`, () => {
    const { gate } = harness;
    const config = () => gate.configSchema.parse(harness.config);

    it('refuses a configuration that makes no sense', () => {
      for (const invalid of harness.invalid) {
        expect(gate.configSchema.safeParse(invalid).success).toBe(false);
      }
    });

    it('passes with a reason', () => {
      const verdict = gate.evaluate(config(), harness.passing);
      expect(verdict).toMatchObject({
        status: 'pass',
        reason: expect.stringMatching(/\S/),
      });
    });

    it('does not pass without a reason', () => {
      const verdict = gate.evaluate(config(), harness.notPassing);
      expect(verdict.status).not.toBe('pass');
      expect(verdict.reason).toMatch(/\S/);
    });

    it('gives the same Verdict for the same facts', () => {
      expect(gate.evaluate(config(), harness.notPassing)).toEqual(
        gate.evaluate(config(), harness.notPassing),
      );
    });
  });
}
