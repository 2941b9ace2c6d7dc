// SPDX-License-Identifier: Apache-2.0
export interface Config {
  delivery?: {
    /** The default promotion path. The rest of each entry is read by the portal's delivery plugin. */
    environments?: Array<{
      name: string;
      tier: 'development' | 'staging' | 'production';
      /** `{service}` stands for the name of the service. */
      namespace: string;
      /** The deployment account of Spinnaker. */
      account: string;
      /** `automatic` lets every Release in; `requested` when absent. */
      entry?: 'automatic' | 'requested';
    }>;
    /** Further promotion paths by name. */
    paths?: {
      [name: string]: {
        environments?: Array<{
          name: string;
          tier: 'development' | 'staging' | 'production';
          namespace: string;
          account: string;
          entry?: 'automatic' | 'requested';
        }>;
      };
    };
    jenkins?: {
      instances: Array<{
        /** What templates call this controller. */
        name: string;
        baseUrl: string;
        username: string;
        /** @visibility secret */
        apiToken: string;
      }>;
    };
    spinnaker?: {
      /** The address of Gate. */
      baseUrl: string;
      /** @visibility secret */
      token?: string;
      /** For basic authentication. */
      username?: string;
      /** @visibility secret */
      password?: string;
      /** The address of Spinnaker's own user interface, for links. */
      uiUrl?: string;
      /** The artifact account that can read the chart repository; `charts` when absent. */
      chartAccount?: string;
      /** The repositories that are rendered with Kustomize, where there are such services. */
      kustomize?: {
        /** The artifact account of the kind `git/repo` that reads them. */
        account: string;
        /** The address that Spinnaker clones; `{service}` is filled in. */
        repository: string;
      };
      /**
       * A Job that Spinnaker runs after the rollout, because it runs no test hooks of Helm;
       * when it fails, so does the promotion.
       */
      testJob?: {
        /** The names of the environments after whose rollout it runs. */
        environments: string[];
        /** By digest. */
        image: string;
        /** `{service}` and `{environment}` are filled in. */
        command: string[];
        /** Names of Secrets in the namespace with the login of the image registry. */
        imagePullSecrets?: string[];
        /** 300 when absent. */
        timeoutSeconds?: number;
      };
    };
  };
}
