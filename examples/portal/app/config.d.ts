// SPDX-License-Identifier: Apache-2.0
export interface Config {
  /** The demo portal's own settings. */
  demo?: {
    /**
     * Who may sign in without a password; each is a User of the catalog.
     *
     * @deepVisibility frontend
     */
    users?: Array<{
      /** The name of the User entity in the default namespace. */
      name: string;
      /** How the person is called on the sign-in page. */
      title: string;
      /** What the person is, in a few words. */
      role: string;
      /** What the person may do, in one sentence. */
      may: string;
    }>;
  };
}
