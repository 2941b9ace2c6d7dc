// SPDX-License-Identifier: Apache-2.0
import { Content, Progress } from '@backstage/core-components';
import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Stack from '@mui/material/Stack';
import Typography from '@mui/material/Typography';
import { ClockCard } from './ClockCard';
import { ClusterCard } from './ClusterCard';
import { GithubCard } from './GithubCard';
import { JenkinsCard } from './JenkinsCard';
import { JournalCard } from './JournalCard';
import { SpinnakerCard } from './SpinnakerCard';
import type { SimulatorState, Vendor } from './stateSchema';
import { useSimulator } from './useSimulator';
import { VendorCard } from './VendorCard';

/** The hosts of repositories beside GitHub; those that are simulated have a card. */
const OTHER_HOSTS: Partial<Record<Vendor['name'], string>> = {
  gitlab: 'GitLab',
  gitea: 'Gitea',
  azure: 'Azure DevOps',
  bitbucketServer: 'Bitbucket Data Center',
};

/** Lets a visitor of the demo change the simulated world, vendor by vendor. */
export function SimulatorPage() {
  const { state, error, run } = useSimulator();
  return (
    <Content>
      <Stack spacing={2}>
        <Typography color="text.secondary">
          The vendors of this demo are simulated on your machine. Change
          something here and watch the portal notice; nothing on this page is
          part of the product.
        </Typography>
        {error && (
          <Alert severity="warning">
            The simulator does not answer, so this may be old: {error.message}
          </Alert>
        )}
        {!state && !error && <Progress />}
        {state && (
          <>
            <ClockCard state={state} run={run} />
            <Box
              sx={{
                display: 'grid',
                gap: 2,
                gridTemplateColumns: 'repeat(auto-fit, minmax(480px, 1fr))',
                alignItems: 'start',
              }}
            >
              <Stack spacing={2}>
                <GithubCard state={state} run={run} />
                {otherHosts(state).map(([name, title]) => (
                  <VendorCard
                    key={name}
                    title={title}
                    name={name}
                    state={state}
                    run={run}
                  />
                ))}
                <JenkinsCard state={state} run={run} />
                <VendorCard
                  title="Chart repository"
                  name="charts"
                  state={state}
                  run={run}
                />
                <ClusterCard state={state} run={run} />
              </Stack>
              <Stack spacing={2}>
                <JournalCard journal={state.journal} />
                <SpinnakerCard state={state} run={run} />
              </Stack>
            </Box>
          </>
        )}
      </Stack>
    </Content>
  );
}

function otherHosts(state: SimulatorState) {
  return state.vendors.flatMap(({ name, condition }) => {
    const title = OTHER_HOSTS[name];
    return condition && title ? [[name, title] as const] : [];
  });
}
