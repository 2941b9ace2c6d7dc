// SPDX-License-Identifier: Apache-2.0
import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { readOptions } from './readOptions';
import { done, failed, Tool } from './Tool';

const FLAGS = {
  '-s': '--silent',
  '-S': '--show-error',
  '-f': '--fail',
  '-L': '--location',
};
const VALUES = {
  '-o': '--output',
  '-w': '--write-out',
  '-H': '--header',
  '-d': '--data',
  '-X': '--request',
  '-u': '--user',
  '-m': '--max-time',
  '-K': '--config',
};

/** A `curl` command for an agent on which none is installed: one request, the usual options. */
export const curl: Tool = async call => {
  const { options, rest } = readOptions(
    [...call.args.flatMap(apart), ...configured(call.args, call.stdin)],
    {
      flags: [...Object.keys(FLAGS), ...Object.values(FLAGS)],
      values: [
        ...Object.keys(VALUES),
        ...Object.values(VALUES),
        '--data-binary',
        '--connect-timeout',
        '--retry',
      ],
    },
  );
  const value = (name: string) => {
    const short = Object.entries({ ...FLAGS, ...VALUES }).find(
      ([, long]) => long === name,
    )?.[0];
    return [
      ...(options.get(name) ?? []),
      ...(short ? options.get(short) ?? [] : []),
    ];
  };
  const headers = new Headers();
  for (const header of value('--header')) {
    const at = header.indexOf(':');
    headers.append(header.slice(0, at), header.slice(at + 1).trim());
  }
  const [user] = value('--user');
  if (user) {
    headers.set(
      'authorization',
      `Basic ${Buffer.from(user).toString('base64')}`,
    );
  }
  const [data] = [...value('--data-binary'), ...value('--data')];
  const body =
    data?.startsWith('@') && data !== '@-'
      ? readFileSync(resolve(call.cwd, data.slice(1)))
      : data;
  if (body !== undefined && !headers.has('content-type')) {
    headers.set('content-type', 'application/x-www-form-urlencoded');
  }
  const seconds = Number(value('--max-time')[0] ?? 300);
  let response: Response;
  try {
    response = await fetch(rest[0] ?? '', {
      method: value('--request')[0] ?? (body === undefined ? 'GET' : 'POST'),
      headers,
      body,
      redirect: value('--location').length > 0 ? 'follow' : 'manual',
      signal: AbortSignal.timeout(seconds * 1000),
    });
  } catch {
    return failed(`curl: (7) Failed to connect to ${hostOf(rest[0])}`, 7);
  }
  const content = Buffer.from(await response.arrayBuffer());
  const [output] = value('--output');
  if (output) {
    writeFileSync(resolve(call.cwd, output), content);
  }
  if (!response.ok && value('--fail').length > 0 && response.status >= 400) {
    return failed(
      `curl: (22) The requested URL returned error: ${response.status}`,
      22,
    );
  }
  const trailer = (value('--write-out')[0] ?? '')
    .replaceAll('%{http_code}', String(response.status).padStart(3, '0'))
    .replaceAll('\\n', '\n');
  return done((output ? '' : content.toString('utf8')) + trailer);
};

/** Flags written together, such as `-sSf`, one by one. */
function apart(argument: string): string[] {
  return /^-[sSfL]{2,}$/.test(argument)
    ? [...argument.slice(1)].map(letter => `-${letter}`)
    : [argument];
}

/** The options of a configuration that comes by standard input: lines `name = "value"`. */
function configured(args: readonly string[], stdin: string): string[] {
  const at = args.findIndex(one => one === '--config' || one === '-K');
  if (at < 0 || args[at + 1] !== '-') {
    return [];
  }
  return stdin.split('\n').flatMap(line => {
    const match =
      /^\s*([\w-]+)\s*[=:]?\s*(?:"((?:[^"\\]|\\.)*)"|(\S*))\s*$/.exec(line);
    return match
      ? [`--${match[1]}`, (match[2] ?? match[3]).replace(/\\(.)/g, '$1')]
      : [];
  });
}

function hostOf(url: string | undefined): string {
  return url && URL.canParse(url) ? new URL(url).host : String(url);
}
