// SPDX-License-Identifier: Apache-2.0
import { Content, Page, Progress } from '@backstage/core-components';
import {
  configApiRef,
  discoveryApiRef,
  useApi,
} from '@backstage/core-plugin-api';
import type { SignInPageProps } from '@backstage/plugin-app-react';
import Alert from '@mui/material/Alert';
import Card from '@mui/material/Card';
import CardActionArea from '@mui/material/CardActionArea';
import CardContent from '@mui/material/CardContent';
import Stack from '@mui/material/Stack';
import Typography from '@mui/material/Typography';
import { useCallback, useEffect, useRef, useState } from 'react';
import { chosenUser } from './chosenUser';
import { DemoIdentity } from './DemoIdentity';
import { readDemoUsers } from './readDemoUsers';

/** Lets the visitor choose which of the demo users to be. */
export function DemoSignInPage({ onSignInSuccess }: SignInPageProps) {
  const config = useApi(configApiRef);
  const discoveryApi = useApi(discoveryApiRef);
  const [failure, setFailure] = useState<string>();
  const [name, setName] = useState(chosenUser.get);
  const users = readDemoUsers(config);

  const signIn = useCallback(
    async (user: string) => {
      const identity = new DemoIdentity({
        name: user,
        discoveryApi,
        onSignOut: () => {
          chosenUser.clear();
          window.location.assign('/');
        },
      });
      try {
        await identity.signIn();
      } catch (error) {
        chosenUser.clear();
        setName(undefined);
        setFailure(error instanceof Error ? error.message : String(error));
        return;
      }
      chosenUser.set(user);
      onSignInSuccess(identity);
    },
    [discoveryApi, onSignInSuccess],
  );

  const began = useRef(false);
  useEffect(() => {
    if (name && !began.current) {
      began.current = true;
      signIn(name);
    }
    if (!name) {
      began.current = false;
    }
  }, [name, signIn]);

  if (name) {
    return <Progress />;
  }
  return (
    <Page themeId="home">
      <Content>
        <Stack
          component="main"
          spacing={2}
          sx={{ maxWidth: 560, margin: '8vh auto 0' }}
        >
          <Typography variant="h4" component="h1">
            {config.getOptionalString('app.title') ?? 'Backstage'}
          </Typography>
          <Typography>
            A demo on your own machine. Choose who you are; another browser tab
            can be somebody else.
          </Typography>
          {failure ? (
            <Alert severity="error">You could not sign in: {failure}</Alert>
          ) : undefined}
          {users.map(user => (
            <Card key={user.name} variant="outlined">
              <CardActionArea
                aria-label={`Sign in as ${user.title}`}
                onClick={() => setName(user.name)}
              >
                <CardContent>
                  <Typography variant="h6" component="h2">
                    {user.title}
                  </Typography>
                  <Typography color="text.secondary">
                    <strong>{user.role}.</strong> {user.may}
                  </Typography>
                </CardContent>
              </CardActionArea>
            </Card>
          ))}
        </Stack>
      </Content>
    </Page>
  );
}
