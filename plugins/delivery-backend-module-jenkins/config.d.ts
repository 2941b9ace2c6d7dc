// SPDX-License-Identifier: Apache-2.0
export interface Config {
  delivery?: {
    /** The Jenkins controllers that build services. */
    jenkins?: {
      instances: Array<{
        /**
         * Letters, digits and dashes. An entity names it before its folder, as in
         * `jenkins.io/job-full-name: other:orders`; `default` needs no naming, and nor does
         * the only one.
         */
        name: string;
        /** The address of the controller, with its path prefix when it has one. */
        baseUrl: string;
        /** The user that reads jobs and builds. */
        username: string;
        /**
         * An API token of that user, not a password.
         * @visibility secret
         */
        apiToken: string;
      }>;
    };
  };
}
