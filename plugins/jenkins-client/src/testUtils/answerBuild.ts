// SPDX-License-Identifier: Apache-2.0
import { buildJson, describeJson, stageTreeJson } from './buildJson';
import { apiJson, FakeCall, itemUrl, notFound } from './FakeCall';
import { FakeBuild } from './fakeJenkinsState';
import { page } from './page';

/** Answers what lies below a build's address. */
export function answerBuild(
  call: FakeCall,
  build: FakeBuild,
  rest: string[],
): Response {
  const { controller, url } = call;
  const path = rest.join('/');
  const buildUrl = `${itemUrl(url, build.job)}${build.number}/`;
  const ownPath = new URL(buildUrl).pathname.replace(/\/$/, '');

  switch (path) {
    case 'api/json':
      return apiJson(call, buildJson(build, buildUrl));
    case 'wfapi/describe':
      return Response.json(describeJson(build, ownPath, controller.now()));
    case 'stages/tree':
      return Response.json(stageTreeJson(build, ownPath), {
        headers: {
          'cache-control': build.result
            ? 'private, immutable, max-age=86400'
            : 'no-store',
        },
      });
    case 'consoleText':
      return text(build.console);
    case 'logText/progressiveText':
      return progressiveText(build, Number(call.query.get('start') ?? 0));
    case 'testReport/api/json':
      return build.tests ? apiJson(call, testReport(build.tests)) : notFound();
    case 'stop':
      if (call.method !== 'POST') {
        return new Response(null, { status: 405 });
      }
      controller.stopBuild(build);
      return new Response(null, {
        status: 302,
        headers: { location: buildUrl },
      });
    case '':
    case 'console':
      return page(
        `${build.job} #${build.number}: ${build.result ?? 'running'}`,
        build.artifacts.map(file => ({
          text: file.path,
          href: `${buildUrl}artifact/${file.path
            .split('/')
            .map(encodeURIComponent)
            .join('/')}`,
        })),
        build.console,
      );
    default:
      return rest[0] === 'artifact'
        ? artifact(build, rest.slice(1).join('/'))
        : notFound();
  }
}

function artifact(build: FakeBuild, path: string): Response {
  const found = build.artifacts.find(one => one.path === path);
  return found
    ? new Response(new Uint8Array(Buffer.from(found.base64, 'base64')), {
        headers: {
          'content-type': path.endsWith('.json')
            ? 'application/json'
            : 'application/octet-stream',
        },
      })
    : notFound();
}

function progressiveText(build: FakeBuild, start: number): Response {
  const bytes = Buffer.from(build.console, 'utf8');
  const from = Math.min(Math.max(0, start || 0), bytes.length);
  const response = text(bytes.subarray(from).toString('utf8'));
  response.headers.set('X-Text-Size', String(bytes.length));
  if (!build.result) {
    response.headers.set('X-More-Data', 'true');
  }
  return response;
}

function testReport(tests: NonNullable<FakeBuild['tests']>) {
  return {
    _class: 'hudson.tasks.junit.TestResult',
    duration: 0,
    empty: tests.passed + tests.failed + tests.skipped === 0,
    passCount: tests.passed,
    failCount: tests.failed,
    skipCount: tests.skipped,
    suites: [],
  };
}

function text(content: string): Response {
  return new Response(content, {
    headers: { 'content-type': 'text/plain;charset=utf-8' },
  });
}
