// SPDX-License-Identifier: Apache-2.0
export interface Config {
  /**
   * The vendors that the demo simulates. All of them listen on loopback only.
   */
  simulator?: {
    /** The folder that keeps their state, relative to the working directory. */
    dataDir: string;
    /**
     * Which vendors to simulate; GitHub, GitLab, Jenkins, Spinnaker, the cluster and the chart
     * repository when absent.
     */
    vendors?: Array<
      | 'github'
      | 'gitlab'
      | 'gitea'
      | 'azure'
      | 'bitbucketServer'
      | 'bitbucketCloud'
      | 'jenkins'
      | 'spinnaker'
      | 'kubernetes'
      | 'charts'
    >;
    /** The loopback name or address they listen on; `localhost` when absent. */
    host?: string;
    github?: {
      /** 7081 when absent. */
      port?: number;
      accounts?: Array<{
        login: string;
        /** @visibility secret */
        token: string;
      }>;
      /** Which organisations there are; every name is one when absent. */
      organisations?: string[];
      /** Who else hears of every push, beside the simulated Jenkins. */
      webhooks?: string[];
    };
    gitlab?: {
      /** 7087 when absent. */
      port?: number;
      accounts?: Array<{
        login: string;
        /** @visibility secret */
        token: string;
      }>;
      /** Which groups and subgroups there are; every name is one when absent. */
      organisations?: string[];
      /** Who else hears of every push, beside the simulated Jenkins. */
      webhooks?: string[];
    };
    gitea?: {
      /** 7088 when absent. */
      port?: number;
      accounts?: Array<{
        login: string;
        /** @visibility secret */
        token: string;
      }>;
      /** Which organisations there are; every name is one when absent. */
      organisations?: string[];
      /** Who else hears of every push, beside the simulated Jenkins. */
      webhooks?: string[];
    };
    /** A Bitbucket Data Center. */
    bitbucketServer?: {
      /** 7090 when absent. */
      port?: number;
      accounts?: Array<{
        login: string;
        /** @visibility secret */
        token: string;
      }>;
      /** The keys of its projects; every key is one when absent. */
      organisations?: string[];
      /** Who else hears of every push, beside the simulated Jenkins. */
      webhooks?: string[];
    };
    azure?: {
      /** 7089 when absent. */
      port?: number;
      accounts?: Array<{
        login: string;
        /** @visibility secret */
        token: string;
      }>;
      /** Which projects there are, each `organisation/project`; every name is one when absent. */
      organisations?: string[];
      /** Who else hears of every push, beside the simulated Jenkins. */
      webhooks?: string[];
    };
    /** A Bitbucket Cloud, to which requests to bitbucket.org have to be led. */
    bitbucketCloud?: {
      /** 7091 when absent. */
      port?: number;
      accounts?: Array<{
        login: string;
        /** @visibility secret */
        token: string;
      }>;
      /** Its workspaces, and its projects as `workspace/PROJECT`; every name is one when absent. */
      organisations?: string[];
      /** Who else hears of every push, beside the simulated Jenkins. */
      webhooks?: string[];
    };
    jenkins?: {
      /** 7082 when absent. */
      port?: number;
      users?: Array<{
        name: string;
        /** @visibility secret */
        apiToken: string;
      }>;
      /** What every build finds in its environment. */
      environment?: { [name: string]: string };
      /** The credentials that jobs name, by their id. */
      credentials?: Array<{
        id: string;
        username: string;
        /** @visibility secret */
        password: string;
      }>;
    };
    spinnaker?: {
      /** 7083 when absent. */
      port?: number;
      /**
       * Opens Gate.
       * @visibility secret
       */
      token?: string;
      /** Where charts are fetched from; the simulated chart repository when absent. */
      chartRepositoryUrl?: string;
      /** Where the accounts deploy to. */
      accounts?: Array<{
        name: string;
        /** The cluster's address; the simulated one when absent. */
        url?: string;
        /**
         * Needed with an address.
         * @visibility secret
         */
        token?: string;
      }>;
      /** Where the claim stage asks. */
      claim?: {
        url: string;
        /** @visibility secret */
        token: string;
      };
    };
    kubernetes?: {
      /** 7084 when absent. */
      port?: number;
      /** `local` when absent. */
      clusterName?: string;
      tokens?: Array<{
        user: string;
        /** @visibility secret */
        token: string;
        /** What it may do: `watch` Workloads and Pods (when absent), or `all`. */
        access?: 'watch' | 'all';
      }>;
    };
    charts?: {
      /** 7085 when absent. */
      port?: number;
      /** Asked for uploads and logins. */
      credentials?: {
        username: string;
        /** @visibility secret */
        password: string;
      };
    };
  };
}
