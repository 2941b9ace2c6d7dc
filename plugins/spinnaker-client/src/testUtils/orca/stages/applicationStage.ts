// SPDX-License-Identifier: Apache-2.0
import { isJsonMap } from '../../model/Json';
import { orcaException, StageDefinition, succeeded } from '../StageDefinition';

type ApplicationTask =
  | 'createApplication'
  | 'updateApplication'
  | 'upsertApplication';

/** The tasks of `POST /tasks` that write an application into Front50. */
export function applicationStage(name: ApplicationTask): StageDefinition {
  return {
    tasks: () => [
      {
        name,
        implementingClass:
          'com.netflix.spinnaker.orca.applications.tasks.UpsertApplicationTask',
        run: async ({ stage, execution, state, now }) => {
          const { application } = stage.context;
          if (!isJsonMap(application) || typeof application.name !== 'string') {
            return {
              kind: 'failed',
              exception: orcaException(
                'IllegalArgumentException',
                'application.name must be given',
              ),
            };
          }
          const key = application.name.toLowerCase();
          const before = state.applications[key];
          state.applications[key] = {
            cloudProviders: '',
            trafficGuards: [],
            createTs: String(now),
            ...before,
            ...application,
            lastModifiedBy: execution.authentication.user ?? 'anonymous',
            updateTs: String(now),
          };
          return succeeded();
        },
      },
    ],
  };
}
