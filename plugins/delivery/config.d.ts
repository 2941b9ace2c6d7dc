// SPDX-License-Identifier: Apache-2.0

/** What the forms of the portal read of Backstage's configuration, besides what it shows them. */
export interface Config {
  integrations?: {
    bitbucketCloud?: Array<{
      /**
       * `bitbucket.org`. Everything else of this integration is kept from the browser, so that
       * the forms offer it only where this is said.
       *
       * @visibility frontend
       */
      host?: string;
    }>;
  };
}
