// SPDX-License-Identifier: Apache-2.0
import Typography from '@mui/material/Typography';
import { useState } from 'react';
import { Action } from './Action';
import { Choice, plainOptions } from './Choice';
import { CommandButton } from './CommandButton';
import type { SimulatorState } from './stateSchema';
import type { RunCommand } from './useSimulator';
import { VendorCard } from './VendorCard';
import { WorkloadTable } from './WorkloadTable';

const CONDITIONS = [
  { value: 'normal', label: 'Answers' },
  { value: 'slow', label: 'Slow' },
  { value: 'silent', label: 'Silent: accepts and says nothing' },
  { value: 'down', label: 'Dropped: refuses connections' },
];

/** What happens in the cluster and on the way to it. */
export function ClusterCard(props: { state: SimulatorState; run: RunCommand }) {
  const { state, run } = props;
  const { condition, workloads, failNext } = state.cluster;
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
        title="The way to the cluster"
        hint="The portal keeps the last known state and says since when."
      >
        <Choice
          label="Cluster"
          value={condition}
          options={CONDITIONS}
          onChange={value => run({ type: 'set-cluster', condition: value })}
        />
      </Action>
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
        {failNext.length > 0 && (
          <Typography variant="body2" color="warning.main">
            The next rollout fails in: {failNext.join(', ')}
          </Typography>
        )}
      </Action>
      <WorkloadTable workloads={workloads} />
    </VendorCard>
  );
}
