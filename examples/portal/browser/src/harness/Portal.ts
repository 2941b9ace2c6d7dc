// SPDX-License-Identifier: Apache-2.0
import { spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { createWriteStream, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePorts } from './freePorts';
import { PortalApi } from './PortalApi';
import { repository } from './repository';
import { until } from './until';
import { type World, worldSchema } from './worldSchema';
import { type Ports, writeTestConfig } from './writeTestConfig';

const SECRETS = [
  'DEMO_CHARTS_PASSWORD',
  'DEMO_CLAIM_TOKEN',
  'DEMO_GITHUB_TOKEN',
  'DEMO_JENKINS_TOKEN',
  'DEMO_KUBERNETES_TOKEN',
  'DEMO_REGISTRY_PASSWORD',
  'DEMO_SPINNAKER_TOKEN',
];

/** One command of the simulator's control, which checks the rest itself. */
export type SimulatorCommand = { type: string; [key: string]: unknown };

/** How a portal under test differs from the demo. */
export interface PortalOptions {
  /** Changes to the text of the configuration. */
  replace?: Array<[from: string, to: string]>;
  /** Whether it fills itself with the demo's three services. */
  onboarding?: boolean;
}

/**
 * The real portal, started from its sources with its own ports and fresh data.
 *
 * @remarks
 * It can be stopped, killed and started again on the same data.
 */
export class Portal {
  readonly address: string;
  readonly ports: Ports;
  readonly folder: string;
  readonly #config: string;
  readonly #control: string;
  readonly #env: NodeJS.ProcessEnv;
  #process: ChildProcess | undefined;

  private constructor(options: {
    ports: Ports;
    folder: string;
    config: string;
  }) {
    this.ports = options.ports;
    this.folder = options.folder;
    this.address = `http://localhost:${options.ports.portal}`;
    this.#config = options.config;
    this.#control = `${this.address}/api/delivery-simulator`;
    this.#env = {
      ...process.env,
      NODE_ENV: 'development',
      NODE_OPTIONS: undefined,
      ...Object.fromEntries(
        SECRETS.map(name => [name, randomBytes(16).toString('hex')]),
      ),
    };
  }

  /** Starts a portal and waits until a visitor can use it. */
  static async start(options: PortalOptions = {}): Promise<Portal> {
    const folder = mkdtempSync(join(tmpdir(), 'delivery-portal-'));
    const [portal, github, jenkins, spinnaker, kubernetes, charts] =
      await freePorts(6);
    const ports = { portal, github, jenkins, spinnaker, kubernetes, charts };
    const { onboarding = false, replace = [] } = options;
    const config = writeTestConfig({
      ports,
      folder,
      replace: [
        ...replace,
        ...(onboarding
          ? []
          : ([['onboarding: true', 'onboarding: false']] as const)),
      ],
    });
    const started = new Portal({ ports, folder, config });
    await started.start();
    return started;
  }

  /** Starts the process again, on the data that is there. */
  async start(): Promise<void> {
    const log = createWriteStream(join(logFolder(), 'portal.log'), {
      flags: 'a',
    });
    const child = spawn(
      process.execPath,
      [
        '--no-node-snapshot',
        '--require',
        join(
          repository,
          'node_modules/@backstage/cli/config/nodeTransform.cjs',
        ),
        join(repository, 'examples/portal/backend/src/index.ts'),
        '--config',
        this.#config,
      ],
      {
        cwd: join(repository, 'examples/portal/backend'),
        env: this.#env,
        detached: true,
        stdio: ['ignore', 'pipe', 'pipe'],
      },
    );
    child.stdout.pipe(log, { end: false });
    child.stderr.pipe(log, { end: false });
    this.#process = child;
    await until(
      async () => {
        if (child.exitCode !== null) {
          return 'ended' as const;
        }
        await this.as('ben').whoAmI();
        return 'ready' as const;
      },
      { what: 'the portal to let Ben in', within: 90_000 },
    ).then(state => {
      if (state === 'ended') {
        throw new Error(`The portal did not start; see ${logFolder()}`);
      }
    });
  }

  /** The portal's API as one of the demo users. */
  as(user: string): PortalApi {
    return new PortalApi({ address: this.address, user });
  }

  /**
   * Tells the simulated world to do something, as its control page does.
   *
   * @throws Error with the answer when it refuses.
   */
  async control(command: SimulatorCommand): Promise<unknown> {
    const response = await fetch(`${this.#control}/control/commands`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(command),
    });
    const body = await response.text();
    if (!response.ok) {
      throw new Error(`The simulator answered ${response.status}: ${body}`);
    }
    return JSON.parse(body);
  }

  /** How the simulated world is now. */
  async world(): Promise<World> {
    const response = await fetch(`${this.#control}/control/state`);
    return worldSchema.parse(await response.json());
  }

  /** Asks the process to end, and waits until it has. */
  async stop(): Promise<void> {
    await this.#end('SIGTERM');
  }

  /** Ends the process as a power cut would. */
  async kill(): Promise<void> {
    await this.#end('SIGKILL');
  }

  /** Stops the process and removes its data. */
  async dispose(): Promise<void> {
    await this.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }

  async #end(signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
    const child = this.#process;
    if (!child?.pid || child.exitCode !== null) {
      return;
    }
    const ended = new Promise<void>(resolve =>
      child.once('exit', () => resolve()),
    );
    const group = -child.pid;
    process.kill(child.pid, signal);
    await Promise.race([
      ended,
      until(async () => child.exitCode !== null, {
        what: 'the portal to end',
        within: 15_000,
      }).catch(() => undefined),
    ]);
    try {
      process.kill(group, 'SIGKILL');
    } catch {
      // Nothing of the group is left, which is what was wanted.
    }
    await ended;
  }
}

function logFolder(): string {
  const folder =
    process.env.DELIVERY_TEST_FOLDER ?? join(tmpdir(), 'delivery-browser');
  mkdirSync(folder, { recursive: true });
  return folder;
}
