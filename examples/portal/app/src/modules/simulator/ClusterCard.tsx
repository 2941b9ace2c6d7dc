// SPDX-License-Identifier: Apache-2.0
import { useState } from 'react';
import { Action } from './Action';
import { Choice, plainOptions } from './Choice';
import { CommandButton } from './CommandButton';
import type { SimulatorState } from './stateSchema';
import type { RunCommand } from './useSimulator';
import { VendorCard } from './VendorCard';
import { WorkloadTable } from './WorkloadTable';

/** What happens in the cluster. */
export function ClusterCard(props: { state: SimulatorState; run: RunCommand }) {
  const { state, run } = props;
  const [name, setName] = useState<string>();
  const [environment, setEnvironment] = useState<string>();
  const service =
    state.services.find(one => one.name === name) ?? state.services[0];
  const environments = service?.environments ?? [];
  const chosen = environments.includes(environment ?? '')
    ? environment
    : environments[0];
  const target =
    service && chosen
      ? { service: service.name, environment: chosen }
      : undefined;
  return (
    <VendorCard title="Kubernetes" name="kubernetes" state={state} run={run}>
      <Action
        title="In one environment"
        hint="Break the next rollout, or change the running image past everything."
      >
        <Choice
          label="Service"
          value={service?.name ?? ''}
          options={plainOptions(state.services.map(one => one.name))}
          onChange={setName}
        />
        <Choice
          label="Environment"
          value={chosen ?? ''}
          options={plainOptions(environments)}
          onChange={setEnvironment}
        />
        <CommandButton
          label="Fail the next rollout"
          run={run}
          color="error"
          command={target && { type: 'fail-next-rollout', ...target }}
        />
        <CommandButton
          label="Apply another image by hand"
          run={run}
          color="error"
          command={target && { type: 'apply-image', ...target }}
        />
      </Action>
      <WorkloadTable workloads={state.workloads} />
    </VendorCard>
  );
}
