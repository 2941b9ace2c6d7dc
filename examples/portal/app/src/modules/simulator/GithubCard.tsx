// SPDX-License-Identifier: Apache-2.0
import TextField from '@mui/material/TextField';
import { useState } from 'react';
import { Action } from './Action';
import { Choice, plainOptions } from './Choice';
import { CommandButton } from './CommandButton';
import type { SimulatorState } from './stateSchema';
import type { RunCommand } from './useSimulator';
import { VendorCard } from './VendorCard';

const EVERY_ENVIRONMENT = '*';

/** What a developer or operator would push. */
export function GithubCard(props: { state: SimulatorState; run: RunCommand }) {
  const { state, run } = props;
  const [chosen, setChosen] = useState<string>();
  const [message, setMessage] = useState('Improve the greeting');
  const [environment, setEnvironment] = useState(EVERY_ENVIRONMENT);
  const [key, setKey] = useState('replicas');
  const [value, setValue] = useState('2');

  const service =
    state.services.find(one => one.name === chosen) ?? state.services[0];
  return (
    <VendorCard title="GitHub" name="github" state={state} run={run}>
      <Action title="Service">
        <Choice
          label="Service"
          value={service?.name ?? ''}
          options={plainOptions(state.services.map(one => one.name))}
          onChange={setChosen}
        />
      </Action>
      <Action
        title="Push a source change"
        hint="A commit in the artifact repository: a new image, and a Release for dev."
      >
        <TextField
          size="small"
          label="Commit message"
          value={message}
          onChange={event => setMessage(event.target.value)}
          sx={{ flexGrow: 1 }}
        />
        <CommandButton
          label="Push"
          run={run}
          command={
            service && message
              ? { type: 'push-source', service: service.name, message }
              : undefined
          }
        />
      </Action>
      <Action
        title="Change a value"
        hint="A commit in the chart repository: the same image, another configuration."
      >
        <Choice
          label="Environment"
          value={environment}
          options={[
            { value: EVERY_ENVIRONMENT, label: 'all' },
            ...plainOptions(service?.environments ?? []),
          ]}
          onChange={setEnvironment}
        />
        <TextField
          size="small"
          label="Key"
          value={key}
          onChange={event => setKey(event.target.value)}
        />
        <TextField
          size="small"
          label="Value"
          value={value}
          onChange={event => setValue(event.target.value)}
          sx={{ width: 100 }}
        />
        <CommandButton
          label="Commit"
          run={run}
          command={
            service && key
              ? {
                  type: 'change-value',
                  service: service.name,
                  environment:
                    environment === EVERY_ENVIRONMENT ? undefined : environment,
                  key,
                  value: plainValue(value),
                }
              : undefined
          }
        />
      </Action>
    </VendorCard>
  );
}

/** What YAML would make of the text: a number or a switch where it looks like one. */
function plainValue(text: string): string | number | boolean {
  if (text === 'true' || text === 'false') {
    return text === 'true';
  }
  return /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : text;
}
