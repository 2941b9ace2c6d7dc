// SPDX-License-Identifier: Apache-2.0
import { InputError } from '@backstage/errors';
import {
  GIT_SCM,
  JOB_ROOT,
  SCM_DEFINITION,
  TRIGGER,
  TRIGGERS_PROPERTY,
} from '../config/renderJobConfig';
import {
  childElement,
  childElements,
  descendant,
  parseXml,
  textOf,
  XmlElement,
} from '../config/xmlTree';

/**
 * The repository a job builds.
 *
 * @public
 */
export type FakeGit = {
  url: string;
  /** The branch specification as Jenkins stores it, for example `main` from `*\/main`. */
  branch: string;
  scriptPath: string;
  credentialsId?: string;
};

/** What a fake controller understands of a `config.xml`. */
export type FakeItemConfig =
  | { kind: 'folder'; description: string }
  | {
      kind: 'job';
      description: string;
      disabled: boolean;
      keepBuilds: number;
      git?: FakeGit;
      /** Default values of the defined parameters. */
      parameters: Record<string, string>;
      triggers: { githubPush: boolean; poll?: string; cron?: string };
    };

const FOLDER_ROOTS = new Set([
  'com.cloudbees.hudson.plugins.folder.Folder',
  'com.cloudbees.hudson.plugin.folder.Folder',
]);
const DEFAULT_KEEP = 100;

/**
 * Reads what a `config.xml` asks of the controller.
 *
 * @throws InputError when the root element is of a kind this fake does not have.
 */
export function readItemConfig(xml: string): FakeItemConfig {
  const { root } = parseXml(xml);
  const description = textOf(childElement(root, 'description')) ?? '';
  if (FOLDER_ROOTS.has(root.name)) {
    return { kind: 'folder', description };
  }
  if (root.name !== JOB_ROOT) {
    throw new InputError(`No such item type: ${root.name}`);
  }
  const properties = childElement(root, 'properties');
  const keep = textOf(
    descendant(
      properties,
      'jenkins.model.BuildDiscarderProperty',
      'strategy',
      'numToKeep',
    ),
  );
  const git = readGit(childElement(root, 'definition'));
  const keepBuilds = Number(keep ?? -1);
  return {
    kind: 'job',
    description,
    disabled: textOf(childElement(root, 'disabled')) === 'true',
    keepBuilds: keepBuilds > 0 ? keepBuilds : DEFAULT_KEEP,
    ...(git ? { git } : {}),
    parameters: readParameters(properties),
    triggers: readTriggers(properties),
  };
}

function readGit(definition: XmlElement | undefined): FakeGit | undefined {
  const scm = descendant(definition, 'scm');
  if (
    definition?.attributes.class !== SCM_DEFINITION ||
    scm?.attributes.class !== GIT_SCM
  ) {
    return undefined;
  }
  const remote = descendant(
    scm,
    'userRemoteConfigs',
    'hudson.plugins.git.UserRemoteConfig',
  );
  const spec = textOf(
    descendant(scm, 'branches', 'hudson.plugins.git.BranchSpec', 'name'),
  );
  const credentialsId = textOf(descendant(remote, 'credentialsId'));
  return {
    url: textOf(descendant(remote, 'url')) ?? '',
    branch: (spec ?? '*/master').replace(/^(\*\/|origin\/|refs\/heads\/)/, ''),
    scriptPath: textOf(descendant(definition, 'scriptPath')) ?? 'Jenkinsfile',
    ...(credentialsId ? { credentialsId } : {}),
  };
}

function readParameters(
  properties: XmlElement | undefined,
): Record<string, string> {
  const definitions = descendant(
    properties,
    'hudson.model.ParametersDefinitionProperty',
    'parameterDefinitions',
  );
  const parameters: Record<string, string> = {};
  for (const definition of definitions ? childElements(definitions) : []) {
    const name = textOf(childElement(definition, 'name'));
    if (name) {
      parameters[name] = textOf(childElement(definition, 'defaultValue')) ?? '';
    }
  }
  return parameters;
}

function readTriggers(properties: XmlElement | undefined) {
  const triggers = descendant(properties, TRIGGERS_PROPERTY, 'triggers');
  const spec = (name: string) =>
    textOf(descendant(triggers, name, 'spec')) || undefined;
  const poll = spec(TRIGGER.poll);
  const cron = spec(TRIGGER.cron);
  return {
    githubPush: Boolean(descendant(triggers, TRIGGER.githubPush)),
    ...(poll ? { poll } : {}),
    ...(cron ? { cron } : {}),
  };
}
