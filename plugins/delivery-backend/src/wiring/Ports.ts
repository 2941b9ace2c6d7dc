// SPDX-License-Identifier: Apache-2.0
import { ConflictError } from '@backstage/errors';
import {
  systemClock,
  type BuildSource,
  type CdEngine,
  type Clock,
  type DeliveryBuildSourceExtensionPoint,
  type DeliveryClockExtensionPoint,
  type DeliveryEngineExtensionPoint,
  type DeliveryGateExtensionPoint,
  type DeliveryObserverExtensionPoint,
  type EnvironmentObserver,
  type Gate,
} from 'backstage-plugin-delivery-node';
import { builtInGates } from '../gates/builtInGates';

/**
 * What the modules added: engines, build sources, observers, gates, the clock.
 *
 * @remarks
 * Modules add before the plugin itself begins. An id that is there already is an
 * error, so that no module takes another one's place unnoticed.
 */
export class Ports
  implements
    DeliveryEngineExtensionPoint,
    DeliveryBuildSourceExtensionPoint,
    DeliveryObserverExtensionPoint,
    DeliveryGateExtensionPoint,
    DeliveryClockExtensionPoint
{
  readonly #sources = new Map<string, BuildSource>();
  readonly #observers = new Map<string, EnvironmentObserver>();
  readonly #gates = new Map<string, Gate>(
    builtInGates.map(gate => [gate.type, gate]),
  );
  #engine: CdEngine | undefined;
  #clock: Clock | undefined;

  addEngine(engine: CdEngine): void {
    if (this.#engine) {
      throw new ConflictError(
        this.#engine.id === engine.id
          ? `There is a CD engine "${engine.id}" already`
          : `There can be one CD engine: "${
              this.#engine.id
            }" is installed, so "${engine.id}" cannot be`,
      );
    }
    this.#engine = engine;
  }

  addBuildSource(source: BuildSource): void {
    addOnce(this.#sources, source.id, source, 'build source');
  }

  addObserver(observer: EnvironmentObserver): void {
    addOnce(this.#observers, observer.id, observer, 'observer');
  }

  addGate<Config>(gate: Gate<Config>): void {
    addOnce<Gate>(this.#gates, gate.type, gate, 'gate');
  }

  setClock(clock: Clock): void {
    if (this.#clock) {
      throw new ConflictError('The clock was replaced already');
    }
    this.#clock = clock;
  }

  get engine(): CdEngine | undefined {
    return this.#engine;
  }

  /** Whether a module brought the clock. */
  get hasClock(): boolean {
    return this.#clock !== undefined;
  }

  get clock(): Clock {
    return this.#clock ?? systemClock;
  }

  get buildSources(): BuildSource[] {
    return [...this.#sources.values()];
  }

  get observers(): EnvironmentObserver[] {
    return [...this.#observers.values()];
  }

  get gates(): Gate[] {
    return [...this.#gates.values()];
  }

  /** The sections of the configuration that belong to the modules. */
  get sections(): string[] {
    return [
      ...(this.#engine ? [this.#engine.id] : []),
      ...this.#sources.keys(),
      ...this.#observers.keys(),
    ];
  }
}

function addOnce<T>(
  all: Map<string, T>,
  id: string,
  one: T,
  what: string,
): void {
  if (all.has(id)) {
    throw new ConflictError(`The ${what} "${id}" was added already`);
  }
  all.set(id, one);
}
