// SPDX-License-Identifier: Apache-2.0
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { z } from 'zod';
import { readChartMetadata } from '../../charts/readChartMetadata';
import { OciCharts } from './OciCharts';
import { readOptions } from './readOptions';
import { done, failed, ToolCall, ToolResult } from './Tool';

const loginsSchema = z.object({
  auths: z.record(z.string(), z.object({ auth: z.string() })),
});
type Logins = z.infer<typeof loginsSchema>;

/** What the simulated `helm` does with the charts of OCI registries, and of those only. */
export const helmRegistry = {
  /** `helm registry login HOST` */
  registry: async (call: ToolCall): Promise<ToolResult> => {
    const [command, ...args] = call.args;
    return command === 'login'
      ? logIn({ ...call, args })
      : failed(`Error: unknown command "registry ${command}"`);
  },

  /** `helm push PACKAGE oci://HOST/PATH` */
  push: async (call: ToolCall): Promise<ToolResult> => {
    const { options, rest } = readOptions(call.args, {
      flags: ['--plain-http', '--insecure-skip-tls-verify'],
      values: [],
    });
    const [file = '', remote = ''] = rest;
    const bytes = readFileSync(resolve(call.cwd, file));
    const metadata = await readChartMetadata(bytes);
    const address = `${remote.replace(/\/+$/, '')}/${metadata.name}`;
    const charts = chartsAt(call, address, options);
    const digest = await charts.push({ bytes, metadata });
    const { version } = metadata;
    return done(said('Pushed', { address, version, digest }));
  },

  /** `helm pull oci://HOST/PATH/NAME --version VERSION` */
  pull: async (call: ToolCall): Promise<ToolResult> => {
    const { options, rest } = readOptions(call.args, {
      flags: ['--plain-http', '--insecure-skip-tls-verify'],
      values: ['--version', '--destination', '-d'],
    });
    const [address = ''] = rest;
    const version = options.get('--version')?.[0] ?? '';
    const { bytes, digest } = await chartsAt(call, address, options).pull(
      version,
    );
    const folder = resolve(
      call.cwd,
      (options.get('--destination') ?? options.get('-d'))?.[0] ?? '.',
    );
    const name = address.split('/').pop();
    writeFileSync(join(folder, `${name}-${version}.tgz`), bytes);
    return done(said('Pulled', { address, version, digest }));
  },
};

function said(
  what: 'Pushed' | 'Pulled',
  chart: { address: string; version: string; digest: string },
): string {
  const { address, version, digest } = chart;
  return `${what}: ${address.slice(
    'oci://'.length,
  )}:${version}\nDigest: ${digest}\n`;
}

async function logIn(call: ToolCall): Promise<ToolResult> {
  const { options, rest } = readOptions(call.args, {
    flags: ['--plain-http', '--insecure', '--password-stdin'],
    values: ['--username', '-u', '--password', '-p'],
  });
  const [host = ''] = rest;
  const user = (options.get('--username') ?? options.get('-u'))?.[0];
  const password = options.has('--password-stdin')
    ? call.stdin.replace(/\r?\n$/, '')
    : (options.get('--password') ?? options.get('-p'))?.[0];
  const auth = Buffer.from(`${user}:${password}`).toString('base64');
  const scheme = options.has('--plain-http') ? 'http' : 'https';
  const answer = await fetch(`${scheme}://${host}/v2/`, {
    headers: { authorization: `Basic ${auth}` },
  });
  if (!answer.ok) {
    return failed(
      `Error: login attempt to ${host} failed: response status code ${answer.status}`,
    );
  }
  keepLogins(call, { auths: { ...loginsOf(call).auths, [host]: { auth } } });
  return done('Login Succeeded\n');
}

function chartsAt(
  call: ToolCall,
  address: string,
  options: Map<string, string[]>,
): OciCharts {
  const [, host, repository] = /^oci:\/\/([^/]+)\/(.+)$/.exec(address) ?? [];
  if (!host) {
    throw new Error(
      `the simulated helm reads and writes charts of OCI registries only, not '${address}'`,
    );
  }
  const login = loginsOf(call).auths[host];
  return new OciCharts({
    host,
    repository,
    plainHttp: options.has('--plain-http'),
    ...(login && { authorization: `Basic ${login.auth}` }),
  });
}

function loginsOf({ env }: ToolCall): Logins {
  const file = env.HELM_REGISTRY_CONFIG;
  return file && existsSync(file)
    ? loginsSchema.parse(JSON.parse(readFileSync(file, 'utf8')))
    : { auths: {} };
}

function keepLogins({ env }: ToolCall, logins: Logins): void {
  const file = env.HELM_REGISTRY_CONFIG;
  if (!file) {
    throw new Error(
      'the simulated helm keeps logins only in the file that HELM_REGISTRY_CONFIG names',
    );
  }
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `${JSON.stringify(logins)}\n`, { mode: 0o600 });
}
