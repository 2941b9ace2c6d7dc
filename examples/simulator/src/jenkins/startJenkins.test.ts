// SPDX-License-Identifier: Apache-2.0
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { JenkinsClient } from 'backstage-plugin-jenkins-client';
import { AdjustableClock } from '../clock';
import { RunningJenkins, startJenkins } from './startJenkins';

const JENKINSFILE = `
// A comment with a brace {
pipeline {
  agent any
  options { disableConcurrentBuilds(); timeout(time: 5, unit: 'MINUTES') }
  environment {
    IMAGE = "\${IMAGE_REGISTRY}/orders"
    PLAIN = 'literal $HOME'
  }
  stages {
    stage('Test') {
      steps { sh 'sh ci/test.sh' }
      post { always { junit testResults: 'build/*.xml', allowEmptyResults: true } }
    }
    stage('Image') {
      steps { sh 'sh ci/image.sh' }
    }
    stage('Elsewhere') {
      when { branch 'main' }
      steps { sh 'exit 1' }
    }
    stage('Push') {
      when { anyOf { branch 'main'; environment name: 'GIT_BRANCH', value: 'origin/main' } }
      environment { LOGIN = credentials('image-registry') }
      steps {
        sh 'sh ci/push.sh'
        archiveArtifacts artifacts: 'out/*.json', fingerprint: true
      }
    }
    stage('On timer') {
      when { triggeredBy 'TimerTrigger' }
      steps { echo "Base of \${env.JOB_NAME}" }
    }
  }
  post { failure { echo 'It failed' } }
}
`;

const FILES: Record<string, string> = {
  Jenkinsfile: JENKINSFILE,
  Dockerfile:
    'ARG BASE=node:24\nFROM ${BASE}\nCOPY src ./src\nHEALTHCHECK CMD ["true"]\n',
  'src/main.js': 'console.log(1);\n',
  'ci/test.sh': `set -eu
mkdir -p build
cat > build/unit.xml <<XML
<testsuite><testcase name="a"/><testcase name="b"><skipped/></testcase></testsuite>
XML
echo "node $(node --version) in $WORKSPACE as $JOB_NAME $BUILD_NUMBER on $GIT_BRANCH"
`,
  'ci/image.sh': `set -eu
docker build --tag "$IMAGE:$(git rev-parse --short HEAD)" .
docker run --detach --name under-test "$IMAGE:$(git rev-parse --short HEAD)"
test "$(docker inspect --format '{{.State.Health.Status}}' under-test)" = healthy
docker rm --force under-test
trivy image --format json --output build/scan.json "$IMAGE:$(git rev-parse --short HEAD)"
`,
  'ci/push.sh': `set -eu
printf '%s\\n' "$LOGIN_PSW" | docker login --username "$LOGIN_USR" --password-stdin registry.test
echo "the password is $LOGIN_PSW"
tag="$IMAGE:$(git rev-parse --short HEAD)"
docker push "$tag"
mkdir -p out
docker buildx imagetools inspect --format '{{json .Manifest}}' "$tag" > out/image.json
date -u +%Y-%m-%d > out/day.json
`,
};

/** A bare repository with one commit, and a way to add another. */
function createRepository(root: string) {
  const bare = join(root, 'orders.git');
  const work = join(root, 'work');
  const git = (...args: string[]) =>
    execFileSync('git', args, { cwd: work, encoding: 'utf8' }).trim();
  const commit = (files: Record<string, string>, message: string) => {
    for (const [path, content] of Object.entries(files)) {
      mkdirSync(dirname(join(work, path)), { recursive: true });
      writeFileSync(join(work, path), content);
    }
    git('add', '.');
    git(
      '-c',
      'user.name=Ben',
      '-c',
      'user.email=ben@northwind.example',
      'commit',
      '--quiet',
      '--message',
      message,
    );
    git('push', '--quiet', bare, 'HEAD:refs/heads/main');
    return git('rev-parse', 'HEAD');
  };
  mkdirSync(work, { recursive: true });
  execFileSync('git', ['init', '--quiet', '--bare', bare]);
  git('init', '--quiet');
  return { url: `file://${bare}`, commit };
}

/** Waits for a condition that comes about by itself. */
async function until(condition: () => boolean): Promise<void> {
  const deadline = Date.now() + 30_000;
  while (!condition()) {
    if (Date.now() > deadline) {
      throw new Error('The condition did not come about');
    }
    await new Promise(resolve => setTimeout(resolve, 20));
  }
}

describe('the simulated Jenkins', () => {
  jest.setTimeout(60_000);
  let root: string;
  let stop: AbortController;
  let running: RunningJenkins;
  let client: JenkinsClient;
  const clock = new AdjustableClock();

  async function start(): Promise<void> {
    stop = new AbortController();
    running = await startJenkins({
      port: 0,
      dataDir: join(root, 'jenkins'),
      clock,
      users: [{ name: 'backstage', apiToken: 'api-token' }],
      environment: { IMAGE_REGISTRY: 'registry.test/northwind' },
      credentials: [
        {
          id: 'image-registry',
          username: 'pusher',
          password: 'registry-password',
        },
      ],
      tickMs: 50,
      signal: stop.signal,
      log: () => {},
    });
    client = JenkinsClient.create({
      baseUrl: running.url,
      username: 'backstage',
      apiToken: 'api-token',
    });
  }

  async function end(): Promise<void> {
    stop.abort();
    await running.closed;
  }

  async function createJob(gitUrl: string, cron?: string): Promise<void> {
    await client.applyFolder('orders');
    await client.applyJob('orders/image', {
      gitUrl,
      branch: 'main',
      triggers: { githubPush: true, cron },
    });
  }

  beforeEach(async () => {
    root = mkdtempSync(join(tmpdir(), 'jenkins-'));
    await start();
  });
  afterEach(async () => {
    await end();
    rmSync(root, { recursive: true, force: true });
  });

  it('runs the scripts of the repository for real', async () => {
    const repository = createRepository(root);
    const commit = repository.commit(FILES, 'Start orders');
    await createJob(repository.url);
    await client.triggerBuild('orders/image');
    await running.jenkins.idle();

    const log = await client.readConsole('orders/image', 1);
    expect(log?.text).toContain('on origin/main');
    expect(log?.text).toContain('orders/image 1');
    expect(log?.text).toContain('the password is ****');
    expect(log?.text).not.toContain('registry-password');
    expect(await client.findBuild('orders/image', 1)).toMatchObject({
      result: 'SUCCESS',
      commit,
      branch: 'origin/main',
      artifacts: ['out/day.json', 'out/image.json'],
    });
    expect(await client.findTestCounts('orders/image', 1)).toEqual({
      passed: 1,
      failed: 0,
      skipped: 1,
    });
    const stages = await client.findStages('orders/image', 1);
    expect(stages?.map(({ name, state }) => [name, state])).toEqual([
      ['Declarative: Checkout SCM', 'success'],
      ['Test', 'success'],
      ['Image', 'success'],
      ['Elsewhere', 'skipped'],
      ['Push', 'success'],
      ['On timer', 'skipped'],
      ['Declarative: Post Actions', 'success'],
    ]);
    const [pushed] = running.images.pushed();
    expect(pushed.name).toBe(
      `registry.test/northwind/orders:${commit.slice(0, 7)}`,
    );
    const image = await client.findArtifact('orders/image', 1, {
      path: 'out/image.json',
    });
    expect(JSON.parse(String(image)).digest).toBe(pushed.digest);
  });

  it('gives the same commit the same digest, and a new base another one', async () => {
    const repository = createRepository(root);
    repository.commit(FILES, 'Start orders');
    await createJob(repository.url);
    const digestOf = async () => {
      await client.triggerBuild('orders/image');
      await running.jenkins.idle();
      return running.images.pushed()[0].digest;
    };
    const first = await digestOf();
    expect(await digestOf()).toBe(first);
    const published = running.publishBaseImage('node:24', {
      critical: 1,
      high: 0,
      medium: 0,
      low: 0,
    });
    expect(published.digest).not.toBe(published.previous);
    expect(await digestOf()).not.toBe(first);
  });

  it('stops at the first script that fails and says so', async () => {
    const repository = createRepository(root);
    repository.commit(
      { ...FILES, 'ci/image.sh': 'echo "no space left" >&2\nexit 3\n' },
      'Break it',
    );
    await createJob(repository.url);
    await client.triggerBuild('orders/image');
    await running.jenkins.idle();
    const log = await client.readConsole('orders/image', 1);
    expect(log?.text).toContain('no space left');
    expect(log?.text).toContain('ERROR: script returned exit code 3');
    expect(log?.text).toContain(
      'Stage "Push" skipped due to earlier failure(s)',
    );
    expect(log?.text).toContain('It failed');
    expect(await client.findBuild('orders/image', 1)).toMatchObject({
      result: 'FAILURE',
      artifacts: [],
    });
  });

  it('builds on the timer and on a push', async () => {
    const repository = createRepository(root);
    const first = repository.commit(FILES, 'Start orders');
    await createJob(repository.url, '@daily');
    const push = () =>
      fetch(`${running.url}/github-webhook/`, {
        method: 'POST',
        headers: {
          'x-github-event': 'push',
          'content-type': 'application/json',
        },
        body: JSON.stringify({
          ref: 'refs/heads/main',
          repository: { clone_url: repository.url },
          pusher: { name: 'ben' },
        }),
      });
    await push();
    await running.jenkins.idle();
    await push();
    await running.jenkins.idle();
    const second = repository.commit({ 'src/main.js': '2\n' }, 'Change it');
    await push();
    await running.jenkins.idle();
    running.triggerCron('orders/image');
    await running.jenkins.idle();
    const builds = await client.listBuilds('orders/image', { limit: 10 });
    expect(builds?.map(({ commit, causes }) => [commit, ...causes])).toEqual([
      [second, 'Started by timer'],
      [second, 'Started by GitHub push by ben'],
      [first, 'Started by GitHub push by ben'],
    ]);
    const log = await client.readConsole('orders/image', 3);
    expect(log?.text).toContain('Base of orders/image');

    clock.advance(24 * 60 * 60_000);
    await until(() => running.jenkins.builds('orders/image').length === 4);
    await running.jenkins.idle();
    const day = await client.findArtifact('orders/image', 4, {
      path: 'out/day.json',
    });
    expect(String(day).trim()).toBe(clock.now().toISOString().slice(0, 10));
  });

  it('comes back with its jobs and builds, and ends what was cut off', async () => {
    const repository = createRepository(root);
    repository.commit(
      {
        ...FILES,
        'ci/test.sh': 'mkdir -p build; test -e ../release || sleep 30\n',
      },
      'Hang',
    );
    await createJob(repository.url);
    await client.triggerBuild('orders/image');
    await until(
      () => running.jenkins.builds('orders/image')[0]?.stages.length === 2,
    );
    writeFileSync(
      join(root, 'jenkins', 'workspace', 'orders', 'release'),
      'go on\n',
    );
    await end();
    await start();
    await running.jenkins.idle();
    expect(await client.findBuild('orders/image', 1)).toMatchObject({
      result: 'SUCCESS',
    });
    expect(await client.findJob('orders/image')).toMatchObject({ kind: 'job' });
  });

  it('tells which line of a Jenkinsfile it does not understand', async () => {
    const repository = createRepository(root);
    repository.commit(
      {
        Jenkinsfile: `pipeline {
  agent any
  stages {
    stage('A') {
      steps {
        build job: 'other'
      }
    }
  }
}`,
      },
      'Trigger another',
    );
    await createJob(repository.url);
    await client.triggerBuild('orders/image');
    await running.jenkins.idle();
    const log = await client.readConsole('orders/image', 1);
    expect(log?.text).toContain(
      "line 6: the simulated Jenkins has no step 'build'",
    );
    expect(log?.text).toContain('Finished: FAILURE');
  });

  it('keeps strangers away from the tools and the builds away from our environment', async () => {
    const answer = await fetch(`${running.url}/simulated-tools`, {
      method: 'POST',
      body: JSON.stringify({ tool: 'docker', args: [], cwd: '/', stdin: '' }),
    });
    expect(answer.status).toBe(403);
    process.env.SECRET_OF_THE_PORTAL = 'canary';
    try {
      const repository = createRepository(root);
      repository.commit({ ...FILES, 'ci/test.sh': 'env\n' }, 'Look around');
      await createJob(repository.url);
      await client.triggerBuild('orders/image');
      await running.jenkins.idle();
    } finally {
      delete process.env.SECRET_OF_THE_PORTAL;
    }
    const log = await client.readConsole('orders/image', 1);
    expect(log?.text).toContain('BUILD_URL=');
    expect(log?.text).not.toContain('canary');
  });
});
