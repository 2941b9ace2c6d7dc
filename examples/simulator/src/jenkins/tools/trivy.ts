// SPDX-License-Identifier: Apache-2.0
import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { ImageRegistry } from '../registry/ImageRegistry';
import { readOptions } from './readOptions';
import { done, failed, Tool } from './Tool';

const SEVERITIES = ['CRITICAL', 'HIGH', 'MEDIUM', 'LOW'] as const;

const COUNT = {
  CRITICAL: 'critical',
  HIGH: 'high',
  MEDIUM: 'medium',
  LOW: 'low',
} as const;

/** The `trivy` command of the simulated agent: its findings depend on the base image alone. */
export function createTrivy(registry: ImageRegistry): Tool {
  return call => {
    if (call.args[0] === '--version' || call.args[0] === 'version') {
      return done('Version: simulated\n');
    }
    if (call.args[0] !== 'image') {
      return failed(
        `the simulated trivy knows 'trivy image' only, not '${call.args[0]}'`,
      );
    }
    const { options, rest } = readOptions(call.args.slice(1), {
      flags: ['--quiet', '-q', '--ignore-unfixed', '--no-progress'],
      values: [
        '--format',
        '-f',
        '--output',
        '-o',
        '--severity',
        '-s',
        '--exit-code',
        '--scanners',
        '--ignorefile',
        '--timeout',
      ],
    });
    const value = (...names: string[]) =>
      names.flatMap(name => options.get(name) ?? [])[0];
    const [reference] = rest;
    const image = registry.findLocal(reference) ?? registry.find(reference);
    if (!image) {
      return failed(`FATAL  unable to find the specified image "${reference}"`);
    }
    const counts = registry.findings(image);
    const wanted = value('--severity', '-s')?.split(',');
    const vulnerabilities = SEVERITIES.filter(
      severity => !wanted || wanted.includes(severity),
    ).flatMap(severity =>
      Array.from({ length: counts[COUNT[severity]] }, (_, index) => ({
        VulnerabilityID: `SIM-${severity}-${index + 1}`,
        PkgName: `package-${index + 1}`,
        InstalledVersion: '1.0.0',
        Severity: severity,
        Title: 'A finding of the simulated scanner',
      })),
    );
    const report = `${JSON.stringify(
      {
        SchemaVersion: 2,
        ArtifactName: reference,
        ArtifactType: 'container_image',
        Metadata: { ImageID: image.digest },
        Results: [
          {
            Target: reference,
            Class: 'os-pkgs',
            Type: 'simulated',
            Vulnerabilities: vulnerabilities,
          },
        ],
      },
      undefined,
      2,
    )}\n`;
    const text =
      value('--format', '-f') === 'json'
        ? report
        : `Total: ${vulnerabilities.length}\n`;
    const code =
      vulnerabilities.length > 0 ? Number(value('--exit-code') ?? 0) : 0;
    const output = value('--output', '-o');
    if (output) {
      writeFileSync(resolve(call.cwd, output), text);
      return { code, stdout: '', stderr: '' };
    }
    return { code, stdout: text, stderr: '' };
  };
}
