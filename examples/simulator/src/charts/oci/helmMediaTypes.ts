// SPDX-License-Identifier: Apache-2.0

/** The media types with which Helm keeps a chart in an OCI registry. */
export const helmMediaTypes = {
  manifest: 'application/vnd.oci.image.manifest.v1+json',
  config: 'application/vnd.cncf.helm.config.v1+json',
  chart: 'application/vnd.cncf.helm.chart.content.v1.tar+gzip',
} as const;
