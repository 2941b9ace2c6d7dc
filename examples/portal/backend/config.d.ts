// SPDX-License-Identifier: Apache-2.0
export interface Config {
  /** The demo portal's own settings. */
  demo?: {
    /** Whether a new demo creates and fills three services by itself. */
    onboarding?: boolean;
    /** The GitHub organisation that owns the repositories of new services. */
    organisation?: string;
    /** Where the repositories are made: the host of a GitHub integration. */
    sourceHost?: string;
    clock?: {
      /**
       * Where a simulator in a process of its own says how far its clock was
       * moved; not needed when the simulator runs in the portal.
       */
      url?: string;
    };
  };
}
