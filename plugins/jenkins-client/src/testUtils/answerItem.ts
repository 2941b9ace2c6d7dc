// SPDX-License-Identifier: Apache-2.0
import { isError } from '@backstage/errors';
import { renderFolderConfig } from '../config/renderFolderConfig';
import { buildJson, describeJson } from './buildJson';
import { apiJson, FakeCall, itemUrl, notFound } from './FakeCall';
import { FakeBuild, FakeItem } from './fakeJenkinsState';
import { page } from './page';

/** Jenkins shows at most this many runs in `wfapi/runs`. */
const MAX_WFAPI_RUNS = 10;
const MAX_LISTED_BUILDS = 100;
const FOLDER = 'com.cloudbees.hudson.plugins.folder.Folder';

/** Answers what lies below a folder's or job's own address. */
export async function answerItem(
  call: FakeCall,
  item: FakeItem,
  rest: string[],
): Promise<Response> {
  const { controller, method, request } = call;
  const path = rest.join('/');
  const { fullName } = item;
  const config = controller.configOf(fullName);

  if (path === 'api/json') {
    return apiJson(call, itemJson(call, item));
  }
  if (path === 'config.xml' && method === 'GET') {
    return new Response(item.config, {
      headers: { 'content-type': 'application/xml' },
    });
  }
  if (path === 'config.xml' && method === 'POST') {
    const xml = await request.text();
    return refusable(() => controller.updateConfig(fullName, xml));
  }
  if (path === 'doDelete' && method === 'POST') {
    controller.deleteItem(fullName);
    return new Response(null, { status: 302, headers: { location: call.url } });
  }
  if (config?.kind === 'job') {
    if (path === 'build' || path === 'buildWithParameters') {
      return triggerBuild(call, { fullName, path, config });
    }
    if (path === 'wfapi/runs') {
      const runs = controller.buildsOf(fullName).slice(0, MAX_WFAPI_RUNS);
      return Response.json(
        runs.map(run =>
          describeJson(run, buildPath(call, run), controller.now()),
        ),
      );
    }
  }
  if (path === '') {
    const children = controller.children(fullName).map(child => ({
      text: child.fullName,
      href: itemUrl(call.url, child.fullName),
    }));
    const builds = controller.buildsOf(fullName).map(build => ({
      text: `#${build.number} ${build.result ?? 'running'}`,
      href: `${itemUrl(call.url, fullName)}${build.number}/`,
    }));
    return page(fullName, [...children, ...builds]);
  }
  return notFound();
}

/** Answers `createItem`, with XML or with the mode of a folder. */
export async function createItem(
  call: FakeCall,
  folder: string,
): Promise<Response> {
  const { controller, query, request } = call;
  const name = query.get('name') ?? '';
  const mode = query.get('mode') ?? '';
  if (/\.folders?\.Folder$|plugin\.folder\.Folder$/.test(mode)) {
    const made = refusable(() =>
      controller.createItem(folder, name, renderFolderConfig({})),
    );
    const location = itemUrl(call.url, folder ? `${folder}/${name}` : name);
    return made.ok
      ? new Response(null, { status: 302, headers: { location } })
      : made;
  }
  if (!/xml/.test(request.headers.get('content-type') ?? '')) {
    return refusal(400, 'No mode given');
  }
  const xml = await request.text();
  return refusable(() => controller.createItem(folder, name, xml));
}

function triggerBuild(
  call: FakeCall,
  target: {
    fullName: string;
    path: string;
    config: { parameters: Record<string, string> };
  },
): Response | Promise<Response> {
  const { method, request, query, controller, url, userId } = call;
  if (method !== 'POST') {
    return refusal(405, 'Form post required');
  }
  const parameterized = Object.keys(target.config.parameters).length > 0;
  if (target.path === 'buildWithParameters' && !parameterized) {
    return refusal(500, 'The build is not parameterized');
  }
  if (target.path === 'build' && parameterized) {
    return refusal(400, 'Nothing is submitted');
  }
  return request.text().then(text => {
    const given = Object.fromEntries([
      ...query.entries(),
      ...new URLSearchParams(text).entries(),
    ]);
    let queued = { id: 0, merged: false };
    const answer = refusable(() => {
      queued = controller.enqueue(target.fullName, {
        parameters: given,
        cause: {
          kind: 'user',
          shortDescription: `Started by user ${userId}`,
          userId,
        },
      });
    });
    return answer.ok
      ? new Response(null, {
          status: queued.merged ? 303 : 201,
          headers: { location: `${url}/queue/item/${queued.id}/` },
        })
      : answer;
  });
}

function itemJson(call: FakeCall, item: FakeItem) {
  const { controller } = call;
  const { fullName } = item;
  const config = controller.configOf(fullName);
  const common = {
    name: fullName.split('/').pop(),
    fullName,
    displayName: fullName.split('/').pop(),
    fullDisplayName: fullName.split('/').join(' » '),
    description: config?.description ?? '',
    url: itemUrl(call.url, fullName),
  };
  if (config?.kind !== 'job') {
    return {
      _class: FOLDER,
      ...common,
      jobs: controller.children(fullName).map(child => ({
        _class: classOf(call, child.fullName),
        name: child.fullName.split('/').pop(),
        fullName: child.fullName,
        url: itemUrl(call.url, child.fullName),
      })),
    };
  }
  const builds = controller
    .buildsOf(fullName)
    .slice(0, MAX_LISTED_BUILDS)
    .map(build => buildJson(build, buildUrl(call, build)));
  const last = (matches: (build: (typeof builds)[number]) => boolean) =>
    builds.find(matches) ?? null;
  return {
    _class: classOf(call, fullName),
    ...common,
    buildable: !config.disabled,
    disabled: config.disabled,
    builds,
    concurrentBuild: false,
    inQueue: controller.waiting().some(one => one.job === fullName),
    lastBuild: last(() => true),
    lastCompletedBuild: last(build => !build.building),
    lastSuccessfulBuild: last(build => build.result === 'SUCCESS'),
    nextBuildNumber: item.nextBuildNumber,
    property: Object.keys(config.parameters).length
      ? [
          {
            _class: 'hudson.model.ParametersDefinitionProperty',
            parameterDefinitions: Object.keys(config.parameters).map(name => ({
              _class: 'hudson.model.StringParameterDefinition',
              name,
            })),
          },
        ]
      : [],
  };
}

function classOf(call: FakeCall, fullName: string): string {
  return call.controller.configOf(fullName)?.kind === 'folder'
    ? FOLDER
    : 'org.jenkinsci.plugins.workflow.job.WorkflowJob';
}

function buildUrl(call: FakeCall, build: FakeBuild): string {
  return `${itemUrl(call.url, build.job)}${build.number}/`;
}

function buildPath(call: FakeCall, build: FakeBuild): string {
  return new URL(buildUrl(call, build)).pathname.replace(/\/$/, '');
}

const STATUS: Record<string, number> = {
  InputError: 400,
  NotFoundError: 404,
  ConflictError: 409,
};

function refusable(act: () => void): Response {
  try {
    act();
    return new Response(null, { status: 200 });
  } catch (error) {
    if (!isError(error)) {
      throw error;
    }
    return refusal(STATUS[error.name] ?? 500, error.message);
  }
}

function refusal(status: number, message: string): Response {
  return new Response(`<html><body>${status}</body></html>`, {
    status,
    headers: { 'X-Error': message.replace(/[^\x20-\x7e]/g, ' ') },
  });
}
