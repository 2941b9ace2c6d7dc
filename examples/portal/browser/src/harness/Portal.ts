// SPDX-License-Identifier: Apache-2.0
import type { ChildProcess } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { addCatalogFile } from './addCatalogFile';
import { freePorts } from './freePorts';
import { Ingress } from './Ingress';
import { PortalApi } from './PortalApi';
import { endProcess, logFolder, spawnSource } from './processes';
import { until } from './until';
import { type World, worldSchema } from './worldSchema';
import { type Ports, writeTestConfig } from './writeTestConfig';

const WITHOUT_ONBOARDING = ['onboarding: true', 'onboarding: false'] as const;

/** One command of the simulator's control, which checks the rest itself. */
export type SimulatorCommand = { type: string; [key: string]: unknown };

/** How a portal under test differs from the demo. */
export interface PortalOptions {
  /** Changes to the text of the configuration. */
  replace?: Array<readonly [from: string, to: string]>;
  /** More entities for the catalog, as YAML. */
  catalog?: string;
  /** Whether it fills itself with the demo's three services. */
  onboarding?: boolean;
  /**
   * Whether the vendors are simulated in a process of their own, and so live on
   * when the portal is killed; the portal then stands behind an ingress.
   */
  vendorsApart?: boolean;
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
  /** Where the logs of the portals of this run are. */
  readonly logs = logFolder();
  /** The file that it is configured with. */
  readonly config: string;
  readonly #control: string;
  #process: ChildProcess | undefined;
  #simulator: ChildProcess | undefined;
  #ingress: Ingress | undefined;

  private constructor(options: {
    ports: Ports;
    folder: string;
    config: string;
    controlPort?: number;
  }) {
    this.ports = options.ports;
    this.folder = options.folder;
    this.address = `http://localhost:${options.ports.portal}`;
    this.config = options.config;
    this.#control = options.controlPort
      ? `http://localhost:${options.controlPort}`
      : `${this.address}/api/delivery-simulator`;
  }

  /** Starts a portal and waits until a visitor can use it. */
  static async start(options: PortalOptions = {}): Promise<Portal> {
    const started = await Portal.prepare(options);
    await started.start();
    return started;
  }

  /** Makes everything ready for a portal without starting it. */
  static async prepare(options: PortalOptions = {}): Promise<Portal> {
    const { onboarding = false, vendorsApart = false } = options;
    const folder = mkdtempSync(join(tmpdir(), 'delivery-portal-'));
    const [
      portal,
      github,
      jenkins,
      spinnaker,
      kubernetes,
      charts,
      gitlab,
      control,
      behind,
    ] = await freePorts(9);
    const ports = {
      portal,
      github,
      gitlab,
      jenkins,
      spinnaker,
      kubernetes,
      charts,
    };
    const config = writeTestConfig({
      ports,
      folder,
      replace: [
        ...(options.replace ?? []),
        ...(onboarding ? [] : [WITHOUT_ONBOARDING]),
      ],
    });
    if (options.catalog !== undefined) {
      addCatalogFile({ config, folder, entities: options.catalog });
    }
    if (!vendorsApart) {
      return new Portal({ ports, folder, config });
    }
    const started = new Portal({ ports, folder, config, controlPort: control });
    await started.#startVendors(control);
    await started.#startIngress(behind);
    return started;
  }

  async #startIngress(behind: number): Promise<void> {
    const front = this.ports.portal;
    const text = readFileSync(this.config, 'utf8');
    writeFileSync(
      this.config,
      text.replace(`port: ${front}\n`, `port: ${behind}\n`),
    );
    this.#ingress = await Ingress.start({ from: front, to: behind });
  }

  async #startVendors(controlPort: number): Promise<void> {
    const text = readFileSync(this.config, 'utf8');
    const own = join(this.folder, 'simulator.yaml');
    writeFileSync(own, text);
    this.#simulator = spawnSource({
      source: 'examples/simulator/src/main.ts',
      args: ['--config', own, '--control-port', String(controlPort)],
      log: 'simulator.log',
    });
    const url = `${this.#control}/control/clock`;
    await until(async () => (await fetch(url)).ok, {
      what: 'the simulator to answer',
    });
    writeFileSync(
      this.config,
      text
        .replace(/vendors: \[.*\]/, 'vendors: []')
        .replace('demo:\n', `demo:\n  clock: { url: '${url}' }\n`),
    );
  }

  /** Starts the process again, on the data that is there. */
  async start(): Promise<void> {
    const child = spawnSource({
      source: 'examples/portal/backend/src/index.ts',
      args: ['--config', this.config],
      log: 'portal.log',
    });
    this.#process = child;
    const state = await until(
      async () => {
        if (child.exitCode !== null) {
          return 'ended' as const;
        }
        await this.as('ben').whoAmI();
        return 'ready' as const;
      },
      { what: 'the portal to let Ben in', within: 90_000 },
    );
    if (state === 'ended') {
      throw new Error(`The portal did not start; see ${logFolder()}`);
    }
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
    await endProcess(this.#process, 'SIGTERM');
  }

  /** Ends the process as a power cut would. */
  async kill(): Promise<void> {
    await endProcess(this.#process, 'SIGKILL');
  }

  /** Stops the process and removes its data. */
  async dispose(): Promise<void> {
    await this.stop();
    await endProcess(this.#simulator, 'SIGTERM');
    await this.#ingress?.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }
}
