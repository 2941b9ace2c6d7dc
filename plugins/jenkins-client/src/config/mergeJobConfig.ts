// SPDX-License-Identifier: Apache-2.0
import { ConflictError } from '@backstage/errors';
import { JobDefinition } from './JobDefinition';
import {
  branchSpec,
  checkJobDefinition,
  DEFAULT_SCRIPT_PATH,
  GIT_SCM,
  JOB_ROOT,
  renderGitScm,
  renderRemote,
  renderScmDefinition,
  renderTrigger,
  SCM_DEFINITION,
  TRIGGER,
  TRIGGERS_PROPERTY,
} from './renderJobConfig';
import {
  childElement,
  childElements,
  descendant,
  parseXml,
  printXml,
  setText,
  textOf,
  XmlElement,
  xmlFragment,
} from './xmlTree';

/**
 * The outcome of {@link mergeJobConfig}.
 *
 * @public
 */
export type MergedJobConfig =
  | { kind: 'unchanged' }
  | {
      kind: 'changed';
      xml: string;
      /** Names of the fields that differed, for a person to read. */
      fields: string[];
    };

/**
 * Brings a job's `config.xml` in line with a definition and leaves everything else as a
 * person made it: description, parameters, other triggers, checkout extensions, comments.
 *
 * @throws ConflictError when the job is not of the kind that runs a Jenkinsfile.
 * @throws InputError when the existing text is no XML, or the definition cannot be rendered.
 * @public
 */
export function mergeJobConfig(
  existingXml: string,
  definition: JobDefinition,
): MergedJobConfig {
  checkJobDefinition(definition);
  const document = parseXml(existingXml);
  const { root } = document;
  if (root.name !== JOB_ROOT) {
    throw new ConflictError(
      `The Jenkins job exists as '${root.name}', which does not run a Jenkinsfile; rename or remove it, then try again`,
    );
  }
  const fields = [
    ...mergeDefinition(root, definition),
    ...mergeTriggers(root, definition),
  ];
  return fields.length === 0
    ? { kind: 'unchanged' }
    : { kind: 'changed', xml: printXml(document), fields };
}

function mergeDefinition(
  root: XmlElement,
  definition: JobDefinition,
): string[] {
  const existing = childElement(root, 'definition');
  if (!existing || existing.attributes.class !== SCM_DEFINITION) {
    replaceChild(root, existing, xmlFragment(renderScmDefinition(definition)));
    return ['definition'];
  }
  const fields: string[] = [];
  const scm = childElement(existing, 'scm');
  if (!scm || scm.attributes.class !== GIT_SCM) {
    replaceChild(existing, scm, xmlFragment(renderGitScm(definition)));
    fields.push('scm');
  } else {
    fields.push(...mergeGitScm(scm, definition));
  }
  const scriptPath = definition.scriptPath ?? DEFAULT_SCRIPT_PATH;
  if (mergeText(existing, 'scriptPath', scriptPath)) {
    fields.push('scriptPath');
  }
  return fields;
}

function mergeGitScm(scm: XmlElement, definition: JobDefinition): string[] {
  const fields: string[] = [];
  const remotes = ensureChild(scm, 'userRemoteConfigs');
  const remote = childElements(remotes)[0];
  if (!remote) {
    remotes.children.push(xmlFragment(renderRemote(definition)));
    fields.push('gitUrl');
  } else {
    if (mergeText(remote, 'url', definition.gitUrl)) {
      fields.push('gitUrl');
    }
    if (mergeText(remote, 'credentialsId', definition.credentialsId)) {
      fields.push('credentialsId');
    }
  }
  const branches = ensureChild(scm, 'branches');
  const specs = childElements(branches);
  const wanted = branchSpec(definition.branch);
  if (specs.length === 1 && mergeText(specs[0], 'name', wanted)) {
    fields.push('branch');
  } else if (specs.length !== 1) {
    const spec = xmlFragment(
      '<hudson.plugins.git.BranchSpec><name/></hudson.plugins.git.BranchSpec>',
    );
    setText(ensureChild(spec, 'name'), wanted);
    branches.children.splice(0, branches.children.length, spec);
    fields.push('branch');
  }
  return fields;
}

function mergeTriggers(root: XmlElement, definition: JobDefinition): string[] {
  const fields: string[] = [];
  const kinds: (keyof typeof TRIGGER)[] = ['githubPush', 'poll', 'cron'];
  for (const kind of kinds) {
    const existing = descendant(
      root,
      'properties',
      TRIGGERS_PROPERTY,
      'triggers',
      TRIGGER[kind],
    );
    const rendered = renderTrigger(kind, definition);
    if (!rendered && !existing) {
      continue;
    }
    const triggers = ensureChild(
      ensureChild(ensureChild(root, 'properties'), TRIGGERS_PROPERTY),
      'triggers',
    );
    if (!rendered) {
      replaceChild(triggers, existing, undefined);
      fields.push(`triggers.${kind}`);
    } else if (!existing) {
      triggers.children.push(xmlFragment(rendered));
      fields.push(`triggers.${kind}`);
    } else {
      const spec = textOf(childElement(xmlFragment(rendered), 'spec')) ?? '';
      if (mergeText(existing, 'spec', spec)) {
        fields.push(`triggers.${kind}`);
      }
    }
  }
  return fields;
}

/** Sets the text of a child, or removes the child for undefined; says whether that changed anything. */
function mergeText(
  parent: XmlElement,
  name: string,
  wanted: string | undefined,
): boolean {
  const existing = childElement(parent, name);
  if (wanted === undefined) {
    replaceChild(parent, existing, undefined);
    return Boolean(textOf(existing));
  }
  if ((textOf(existing) ?? '') === wanted.trim()) {
    return false;
  }
  setText(existing ?? ensureChild(parent, name), wanted);
  return true;
}

function ensureChild(parent: XmlElement, name: string): XmlElement {
  const existing = childElement(parent, name);
  if (existing) {
    return existing;
  }
  const made: XmlElement = {
    kind: 'element',
    name,
    attributes: {},
    children: [],
  };
  parent.children.push(made);
  return made;
}

function replaceChild(
  parent: XmlElement,
  existing: XmlElement | undefined,
  replacement: XmlElement | undefined,
): void {
  const at = existing
    ? parent.children.indexOf(existing)
    : parent.children.length;
  parent.children.splice(
    at,
    existing ? 1 : 0,
    ...(replacement ? [replacement] : []),
  );
}
