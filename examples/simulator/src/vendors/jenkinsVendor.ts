// SPDX-License-Identifier: Apache-2.0
import { RunningJenkins, startJenkins } from '../jenkins/startJenkins';
import { conditionsOf, Vendor } from './Vendor';
import type { VendorSetting } from './VendorSetting';

/** The simulated Jenkins, and what the control changes in it. */
export interface JenkinsVendor
  extends Vendor,
    Pick<
      RunningJenkins,
      'jenkins' | 'images' | 'publishBaseImage' | 'triggerCron'
    > {}

/**
 * Starts the simulated Jenkins; its builds are told where charts go and where Spinnaker is,
 * unless the configuration says otherwise.
 */
export async function jenkinsVendor(
  setting: VendorSetting,
  others: { chartsUrl?: string; spinnakerUrl?: string },
): Promise<JenkinsVendor> {
  const { config, dataDir, clock, signal, log } = setting;
  const { chartsUrl, spinnakerUrl } = others;
  const { port, users, credentials, environment } = config.jenkins;
  const running = await startJenkins({
    port,
    users,
    credentials,
    environment: {
      ...(chartsUrl ? chartRepositories(chartsUrl) : {}),
      ...(spinnakerUrl ? { SPINNAKER_URL: spinnakerUrl } : {}),
      ...environment,
    },
    host: config.host,
    dataDir,
    clock,
    signal,
    log,
  });
  const { url, closed, jenkins, images, publishBaseImage, triggerCron } =
    running;
  return Object.assign(conditionsOf(running), {
    url,
    closed,
    jenkins,
    images,
    publishBaseImage,
    triggerCron,
  });
}

/** Both kinds of chart repository, for services of either hand-over; neither has TLS here. */
function chartRepositories(chartsUrl: string): Record<string, string> {
  return {
    CHART_REPOSITORY_URL: chartsUrl,
    CHART_OCI_REPOSITORY_URL: `oci://${new URL(chartsUrl).host}/charts`,
    CHART_REPOSITORY_PLAIN_HTTP: 'true',
  };
}
