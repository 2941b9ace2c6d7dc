// SPDX-License-Identifier: Apache-2.0
import type { SpinnakerSettings } from '../config/readSpinnakerSettings';

/** The page of an application, in Spinnaker's own user interface when that is configured. */
export function applicationUrl(
  settings: SpinnakerSettings,
  name: string,
): string {
  const path = encodeURIComponent(name);
  return settings.uiUrl
    ? `${settings.uiUrl.replace(/\/+$/, '')}/#/applications/${path}/executions`
    : `${settings.baseUrl.replace(/\/+$/, '')}/applications/${path}`;
}
