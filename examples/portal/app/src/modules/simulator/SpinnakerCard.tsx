// SPDX-License-Identifier: Apache-2.0
import { useState } from 'react';
import { Action } from './Action';
import { Choice } from './Choice';
import { CommandButton } from './CommandButton';
import { ExecutionStages } from './ExecutionStages';
import type { SimulatorState } from './stateSchema';
import type { RunCommand } from './useSimulator';
import { VendorCard } from './VendorCard';

const FAULTS = [
  { value: 'none', label: 'None' },
  { value: 'slow', label: 'Slow' },
  { value: 'error-before-accepting', label: 'Error 500 before it accepts' },
  { value: 'error-after-accepting', label: 'Error 500 after it accepted' },
  { value: 'lose-response', label: 'Accepts and loses the answer' },
];

/** What a person could do in Spinnaker's own user interface, and what Gate does wrong. */
export function SpinnakerCard(props: {
  state: SimulatorState;
  run: RunCommand;
}) {
  const { state, run } = props;
  const { fault, pipelines, executions } = state.spinnaker;
  const [chosen, setChosen] = useState<string>();
  const [executionId, setExecutionId] = useState<string>();
  const options = pipelines.map((pipeline, index) => ({
    value: String(index),
    label: `${pipeline.application}: ${pipeline.name}`,
  }));
  const pipeline = pipelines[Number(chosen ?? 0)];
  const start = pipeline && {
    type: 'start-pipeline',
    application: pipeline.application,
    pipeline: pipeline.name,
  };
  const execution =
    executions.find(({ id }) => id === executionId) ?? executions[0];
  return (
    <VendorCard title="Spinnaker" name="spinnaker" state={state} run={run}>
      <Action
        title="When a promotion is started"
        hint="How Gate meets the next requests that start a Spinnaker pipeline."
      >
        <Choice
          label="Fault"
          value={fault}
          options={FAULTS}
          onChange={value => run({ type: 'set-gate-fault', fault: value })}
        />
      </Action>
      <Action
        title="Start a Spinnaker pipeline by hand"
        hint="Without a promotion: its claim is refused, unless it is left out."
      >
        <Choice
          label="Spinnaker pipeline"
          value={chosen ?? (options.length > 0 ? '0' : '')}
          options={options}
          onChange={setChosen}
        />
        <CommandButton label="Start" run={run} color="error" command={start} />
        <CommandButton
          label="Start without its claim"
          run={run}
          color="error"
          command={start && { ...start, withoutClaim: true }}
        />
      </Action>
      <Action
        title="Go round the gates of a Spinnaker execution"
        hint="Skip or restart a Spinnaker stage by hand; the portal sees it within a minute."
      >
        <Choice
          label="Spinnaker execution"
          value={execution?.id ?? ''}
          options={executions.map(one => ({
            value: one.id,
            label: `${one.application}: ${one.name}, ${
              one.status
            } (${one.id.slice(-6)})`,
          }))}
          onChange={setExecutionId}
        />
        {execution && <ExecutionStages execution={execution} run={run} />}
      </Action>
    </VendorCard>
  );
}
