// SPDX-License-Identifier: Apache-2.0
import { apiJson, FakeCall, itemUrl, notFound } from './FakeCall';
import { FakeController } from './FakeController';
import { page } from './page';

/** Answers what belongs to the controller itself: its items and its queue. */
export function answerRoot(call: FakeCall, rest: string[]): Response {
  const { controller, url } = call;
  const path = rest.join('/');
  if (path === 'api/json') {
    return apiJson(call, {
      _class: 'hudson.model.Hudson',
      mode: 'NORMAL',
      nodeDescription: 'the Jenkins controller’s built-in node',
      numExecutors: 2,
      url: `${url}/`,
      jobs: controller.children('').map(({ fullName }) => ({
        name: fullName,
        url: itemUrl(url, fullName),
      })),
    });
  }
  if (path === 'crumbIssuer/api/json') {
    return apiJson(call, {
      _class: 'hudson.security.csrf.DefaultCrumbIssuer',
      crumb: '0',
      crumbRequestField: 'Jenkins-Crumb',
    });
  }
  const queued = /^queue\/item\/(\d+)\/api\/json$/.exec(path)?.[1];
  if (queued) {
    const item = controller.findQueueItem(Number(queued));
    return item ? apiJson(call, queueJson(call, item)) : notFound();
  }
  if (path === 'queue/api/json') {
    return apiJson(call, {
      _class: 'hudson.model.Queue',
      items: controller.waiting().map(item => queueJson(call, item)),
    });
  }
  if (path === 'queue/cancelItem' && call.method === 'POST') {
    return controller.cancelQueueItem(Number(call.query.get('id')))
      ? new Response(null, { status: 204 })
      : notFound();
  }
  if (path === '') {
    return page(
      'Jenkins',
      controller.children('').map(({ fullName }) => ({
        text: fullName,
        href: itemUrl(url, fullName),
      })),
    );
  }
  return notFound();
}

function queueJson(
  call: FakeCall,
  item: ReturnType<FakeController['waiting']>[number],
) {
  const jobUrl = itemUrl(call.url, item.job);
  const common = {
    actions: [{ causes: item.causes }],
    id: item.id,
    inQueueSince: item.since,
    task: { name: item.job.split('/').pop(), url: jobUrl },
    url: `queue/item/${item.id}/`,
  };
  if (item.state === 'waiting') {
    return {
      _class: 'hudson.model.Queue$WaitingItem',
      ...common,
      blocked: true,
      buildable: false,
      why: 'Waiting for the next available executor',
    };
  }
  return {
    _class: 'hudson.model.Queue$LeftItem',
    ...common,
    blocked: false,
    buildable: false,
    why: null,
    cancelled: item.state === 'cancelled',
    executable:
      item.build === undefined
        ? null
        : {
            _class: 'org.jenkinsci.plugins.workflow.job.WorkflowRun',
            number: item.build,
            url: `${jobUrl}${item.build}/`,
          },
  };
}
