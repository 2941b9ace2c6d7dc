// SPDX-License-Identifier: Apache-2.0
import { useState } from 'react';
import { Action } from './Action';
import { Choice } from './Choice';
import { CommandButton } from './CommandButton';
import type { SimulatorState } from './stateSchema';
import type { RunCommand } from './useSimulator';
import { VendorCard } from './VendorCard';

/** What happens around the builds: base images and timers. */
export function JenkinsCard(props: { state: SimulatorState; run: RunCommand }) {
  const { state, run } = props;
  const { jobs, baseImages } = state.jenkins;
  const [image, setImage] = useState<string>();
  const [job, setJob] = useState<string>();
  const chosenImage = image ?? baseImages[0]?.image;
  const chosenJob =
    job ?? jobs.find(({ name }) => name.endsWith('/image'))?.name;
  return (
    <VendorCard title="Jenkins" name="jenkins" state={state} run={run}>
      <Action
        title="Publish a new base image"
        hint="The same tag names another digest from now on; the next timer of each image job finds it."
      >
        <Choice
          label="Base image"
          value={chosenImage ?? ''}
          options={baseImages.map(one => ({
            value: one.image,
            label: `${one.image} (${one.digest.slice(7, 15)})`,
          }))}
          onChange={setImage}
        />
        <CommandButton
          label="Publish"
          run={run}
          command={
            chosenImage
              ? { type: 'publish-base-image', image: chosenImage }
              : undefined
          }
        />
      </Action>
      <Action
        title="Let a timer go off"
        hint="As the nightly build of an image job would."
      >
        <Choice
          label="Job"
          value={chosenJob ?? ''}
          options={jobs.map(({ name, builds: [last] }) => ({
            value: name,
            label: last
              ? `${name} (#${last.number} ${last.result ?? 'running'})`
              : name,
          }))}
          onChange={setJob}
        />
        <CommandButton
          label="Start"
          run={run}
          command={
            chosenJob ? { type: 'trigger-cron', job: chosenJob } : undefined
          }
        />
      </Action>
    </VendorCard>
  );
}
