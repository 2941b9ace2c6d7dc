// SPDX-License-Identifier: Apache-2.0
import type { KubernetesApi } from '../api/KubernetesApi';
import type { KindTable } from '../model/KindTable';
import type { SimulatorClock } from '../../clock';
import type { ObjectKey, ObjectStore } from '../store/ObjectStore';
import type { StoreEvent } from '../store/StoreEvent';
import type { EventRecorder } from './EventRecorder';
import type { KubernetesTiming } from './KubernetesTiming';
import type { OwnedObjects } from './OwnedObjects';
import type { RolloutFaults } from './RolloutFaults';
import type { Timers } from './Timers';

/** What every controller works with. */
export interface ControllerContext {
  store: ObjectStore;
  api: KubernetesApi;
  kinds: KindTable;
  clock: SimulatorClock;
  timing: KubernetesTiming;
  timers: Timers;
  owned: OwnedObjects;
  events: EventRecorder;
  faults: RolloutFaults;
  /** Looks at an object again, soon; the controller of its kind does. */
  enqueue(key: ObjectKey): void;
}

/** Brings what is there nearer to what is wanted, one object at a time. */
export interface Controller {
  /** The objects to look at after a change. */
  affectedBy(event: StoreEvent): ObjectKey[];
  /** Looks at one object; called again until nothing is left to do. */
  reconcile(key: ObjectKey): void;
}
