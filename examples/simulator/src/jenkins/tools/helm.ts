// SPDX-License-Identifier: Apache-2.0
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
  cpSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { create } from 'tar';
import { parse, parseDocument } from 'yaml';
import { z } from 'zod';
import { helmRegistry } from './helmRegistry';
import { mergeValues, PlainChart, renderPlainChart } from './plainChart';
import { readOptions } from './readOptions';
import { done, failed, Tool, ToolCall, ToolResult } from './Tool';

const NOTICE =
  'Simulated helm: no helm is installed on this machine, so the templates of the chart are not evaluated\n';

const metadataSchema = z.looseObject({
  name: z.string().min(1),
  version: z.union([z.string(), z.number()]).transform(String),
});

/** The `helm` command of an agent on which no helm is installed. */
export const helm: Tool = async call => {
  const [command, ...args] = call.args;
  const rest = { ...call, args };
  try {
    switch (command) {
      case 'version':
        return done('version.BuildInfo{Version:"v3.0.0-simulated"}\n', NOTICE);
      case 'lint':
        return lint(rest);
      case 'template':
        return template(rest);
      case 'package':
        return await packageChart(rest);
      case 'registry':
      case 'push':
      case 'pull': {
        const result = await helmRegistry[command](rest);
        return { ...result, stderr: NOTICE + result.stderr };
      }
      case 'dependency':
      case 'dep':
      case 'repo':
        return done('Nothing is fetched by the simulated helm\n', NOTICE);
      default:
        return failed(`Error: unknown command "${command}" for simulated helm`);
    }
  } catch (error) {
    return failed(
      `${NOTICE}Error: ${error instanceof Error ? error.message : error}`,
    );
  }
};

const VALUE_OPTIONS = ['--values', '-f', '--set', '--namespace', '-n'];

function lint(call: ToolCall): ToolResult {
  const { options, rest } = readOptions(call.args, {
    flags: ['--strict', '--quiet', '--with-subcharts'],
    values: VALUE_OPTIONS,
  });
  const folder = resolve(call.cwd, rest[0] ?? '.');
  const chart = readChart(folder, valueFiles(options, call.cwd));
  return done(
    `==> Linting ${rest[0] ?? '.'}\n\n1 chart(s) linted, 0 chart(s) failed (${
      chart.name
    })\n`,
    NOTICE,
  );
}

function template(call: ToolCall): ToolResult {
  const { options, rest } = readOptions(call.args, {
    flags: ['--include-crds', '--skip-tests', '--debug'],
    values: [...VALUE_OPTIONS, '--kube-version', '--api-versions'],
  });
  const [release, path] = rest.length > 1 ? rest : ['release', rest[0]];
  const folder = resolve(call.cwd, path ?? '.');
  return done(
    renderPlainChart({
      chart: readChart(folder, valueFiles(options, call.cwd)),
      release,
      namespace: (options.get('--namespace') ?? options.get('-n'))?.[0],
    }),
    NOTICE,
  );
}

async function packageChart(call: ToolCall): Promise<ToolResult> {
  const { options, rest } = readOptions(call.args, {
    flags: ['--dependency-update', '-u'],
    values: ['--version', '--app-version', '--destination', '-d'],
  });
  const folder = resolve(call.cwd, rest[0] ?? '.');
  const chart = readChart(folder, []);
  const version = options.get('--version')?.[0] ?? chart.version;
  const target = resolve(
    call.cwd,
    (options.get('--destination') ?? options.get('-d'))?.[0] ?? '.',
  );
  const file = join(target, `${chart.name}-${version}.tgz`);
  const staging = mkdtempSync(join(tmpdir(), 'chart-'));
  try {
    const copy = join(staging, chart.name);
    cpSync(folder, copy, {
      recursive: true,
      filter: source => !/[/\\](\.git|build)$/.test(source),
    });
    const metadata = parseDocument(
      readFileSync(join(copy, 'Chart.yaml'), 'utf8'),
    );
    metadata.set('version', version);
    const appVersion = options.get('--app-version')?.[0];
    if (appVersion) {
      metadata.set('appVersion', appVersion);
    }
    writeFileSync(join(copy, 'Chart.yaml'), metadata.toString());
    mkdirSync(target, { recursive: true });
    // Neither times nor owners: the same chart gives the same bytes.
    await create(
      { file, cwd: staging, gzip: true, portable: true, mtime: new Date(0) },
      listFiles(staging, chart.name).sort(),
    );
  } finally {
    rmSync(staging, { recursive: true, force: true });
  }
  return done(`Successfully packaged chart and saved it to: ${file}\n`, NOTICE);
}

function readChart(folder: string, overlays: string[]): PlainChart {
  const path = join(folder, 'Chart.yaml');
  if (!existsSync(path)) {
    throw new Error('Chart.yaml file is missing');
  }
  const metadata = metadataSchema.parse(readYaml(path));
  const files = [join(folder, 'values.yaml'), ...overlays];
  const image = join(folder, 'image.yaml');
  return {
    name: metadata.name,
    version: metadata.version,
    values: files
      .filter((file, index) => index > 0 || existsSync(file))
      .map(readYaml)
      .reduce((under, over) => mergeValues(under, over), {}),
    ...(existsSync(image) ? { image: readYaml(image) } : {}),
  };
}

function readYaml(path: string): unknown {
  try {
    return parse(readFileSync(path, 'utf8'));
  } catch (error) {
    throw new Error(
      `${path.split('/').pop()}: ${
        error instanceof Error ? error.message : error
      }`,
    );
  }
}

function valueFiles(options: Map<string, string[]>, cwd: string): string[] {
  return [...(options.get('--values') ?? []), ...(options.get('-f') ?? [])]
    .flatMap(list => list.split(','))
    .map(file => resolve(cwd, file));
}

function listFiles(root: string, path: string): string[] {
  return readdirSync(join(root, path), { withFileTypes: true }).flatMap(entry =>
    entry.isDirectory()
      ? listFiles(root, `${path}/${entry.name}`)
      : [`${path}/${entry.name}`],
  );
}
