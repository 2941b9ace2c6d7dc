// SPDX-License-Identifier: Apache-2.0
import { escapeXml } from './escapeXml';

/**
 * Renders the `config.xml` of a folder.
 *
 * @public
 */
export function renderFolderConfig(options: { description?: string }): string {
  return `<?xml version='1.1' encoding='UTF-8'?>
<com.cloudbees.hudson.plugins.folder.Folder>
  <description>${escapeXml(options.description ?? '')}</description>
  <properties/>
</com.cloudbees.hudson.plugins.folder.Folder>
`;
}
