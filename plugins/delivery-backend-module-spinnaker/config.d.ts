// SPDX-License-Identifier: Apache-2.0
export interface Config {
  delivery?: {
    /** The Spinnaker that carries promotions out. */
    spinnaker?: {
      /** Address of Gate, for example `https://gate.example.com`. */
      baseUrl: string;
      /**
       * An API token of the service account.
       * @visibility secret
       */
      token?: string;
      /** For basic authentication, together with `password`. */
      username?: string;
      /** @visibility secret */
      password?: string;
      /** Address of Deck, for links to executions. */
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
      /**
       * Whether executions into gated environments must claim admission before they
       * deploy. `required` is the only value.
       */
      claims?: 'required';
    };
  };
}
