// SPDX-License-Identifier: Apache-2.0
export interface Config {
  delivery?: {
    kubernetes?: {
      /**
       * The clusters, by name, in which Helm's own records are read; none when absent.
       *
       * @remarks
       * It takes the role of rbac-helm-releases.yaml there, with which every Secret can be
       * listed; only those of the type `helm.sh/release.v1` are asked for.
       */
      helmReleases?: string[];
    };
  };
  /** The configuration of Backstage's own Kubernetes plugin; nothing is added to it. */
  kubernetes?: {
    /** Where clusters come from; those of type `config` are watched. */
    clusterLocatorMethods?: Array<{
      /** `config` for clusters that are listed here. */
      type: string;
      clusters?: Array<{
        /** The name by which environments of delivery speak of the cluster. */
        name: string;
        /** Address of the API server. */
        url: string;
        /** `serviceAccount` for clusters that are watched. */
        authProvider?: string;
        /**
         * Token of the service account; that of the portal's own Pod when absent.
         * @visibility secret
         */
        serviceAccountToken?: string;
        /** A file that holds the token, instead; read again as it rotates. */
        serviceAccountTokenFile?: string;
        /** The authority of the API server's certificate: PEM, encoded in base64. */
        caData?: string;
        /** A file that holds the authority, instead of `caData`. */
        caFile?: string;
        /** Accepts any certificate; for trying things out only. */
        skipTLSVerify?: boolean;
      }>;
    }>;
  };
}
