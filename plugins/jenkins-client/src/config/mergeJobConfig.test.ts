// SPDX-License-Identifier: Apache-2.0
import { readItemConfig } from '../testUtils/readItemConfig';
import { JobDefinition } from './JobDefinition';
import { mergeJobConfig } from './mergeJobConfig';
import { renderFolderConfig } from './renderFolderConfig';
import { renderJobConfig } from './renderJobConfig';

const definition: JobDefinition = {
  description: 'Builds the image of orders',
  gitUrl: 'http://git.test/northwind/orders.git',
  branch: 'main',
  credentialsId: 'git-push',
  triggers: { githubPush: true, poll: 'H/5 * * * *', cron: 'H 4 * * *' },
};

function merged(xml: string, wanted: JobDefinition) {
  const result = mergeJobConfig(xml, wanted);
  if (result.kind === 'unchanged') {
    throw new Error('Nothing was changed');
  }
  return result;
}

describe('mergeJobConfig', () => {
  it('finds nothing to do in what was rendered', () => {
    expect(mergeJobConfig(renderJobConfig(definition), definition)).toEqual({
      kind: 'unchanged',
    });
  });

  it.each<[string, Partial<JobDefinition>, string[]]>([
    ['repository', { gitUrl: 'http://git.test/other.git' }, ['gitUrl']],
    ['branch', { branch: 'release-1' }, ['branch']],
    ['script path', { scriptPath: 'ci/Jenkinsfile' }, ['scriptPath']],
    ['credentials', { credentialsId: 'other' }, ['credentialsId']],
    ['no credentials', { credentialsId: undefined }, ['credentialsId']],
    [
      'schedules',
      { triggers: { githubPush: true, poll: 'H/10 * * * *' } },
      ['triggers.poll', 'triggers.cron'],
    ],
  ])('changes only the %s', (_, change, fields) => {
    const wanted = { ...definition, ...change };
    const result = merged(renderJobConfig(definition), wanted);
    expect(result.fields).toEqual(fields);
    expect(readItemConfig(result.xml)).toEqual(
      readItemConfig(renderJobConfig(wanted)),
    );
    expect(mergeJobConfig(result.xml, wanted)).toEqual({ kind: 'unchanged' });
  });

  it('keeps what a person edited, to the letter', () => {
    const edited = renderJobConfig(definition)
      .replace('Builds the image of orders', 'Ask &quot;Mina&quot; &#xd; first')
      .replace(
        '<properties>',
        `<properties><!-- agreed with security --><hudson.model.ParametersDefinitionProperty><parameterDefinitions><hudson.model.StringParameterDefinition><name>LEVEL</name><defaultValue>a &amp; b</defaultValue></hudson.model.StringParameterDefinition></parameterDefinitions></hudson.model.ParametersDefinitionProperty>`,
      )
      .replace(
        '<triggers>',
        '<triggers><jenkins.triggers.ReverseBuildTrigger><upstreamProjects>base</upstreamProjects></jenkins.triggers.ReverseBuildTrigger>',
      )
      .replace(
        '<extensions/>',
        '<extensions><hudson.plugins.git.extensions.impl.CloneOption><shallow>false</shallow></hudson.plugins.git.extensions.impl.CloneOption></extensions>',
      );
    const wanted = { ...definition, branch: 'trunk' };
    const { xml } = merged(edited, wanted);
    expect(xml).toEqual(
      edited
        .replace('*/main', '*/trunk')
        .replace(/<\?xml[^>]*>/, "<?xml version='1.1' encoding='UTF-8'?>"),
    );
  });

  it('replaces an inline script by the repository', () => {
    const inline = renderJobConfig(definition).replace(
      /<definition[\s\S]*<\/definition>/,
      '<definition class="org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition"><script>node {}</script></definition>',
    );
    const result = merged(inline, definition);
    expect(result.fields).toEqual(['definition']);
    expect(readItemConfig(result.xml)).toEqual(
      readItemConfig(renderJobConfig(definition)),
    );
  });

  it('refuses to touch something that is no Jenkinsfile job', () => {
    expect(() => mergeJobConfig(renderFolderConfig({}), definition)).toThrow(
      /does not run a Jenkinsfile; rename or remove it/,
    );
    expect(() => mergeJobConfig('<flow-definition>', definition)).toThrow(
      /not well-formed/,
    );
    expect(() =>
      mergeJobConfig(
        '<!DOCTYPE x [<!ENTITY y SYSTEM "file:///etc/hosts">]><x>&y;</x>',
        definition,
      ),
    ).toThrow(/document type/);
  });
});

describe('renderJobConfig', () => {
  it('carries hostile text as text', () => {
    const hostile = `</description><disabled>true</disabled> & "it's" ]]> é`;
    const read = readItemConfig(
      renderJobConfig({ ...definition, description: hostile }),
    );
    expect(read).toMatchObject({ description: hostile, disabled: false });
  });

  it('puts the schedules and the repository where Jenkins reads them', () => {
    expect(readItemConfig(renderJobConfig(definition))).toMatchObject({
      kind: 'job',
      git: {
        url: 'http://git.test/northwind/orders.git',
        branch: 'main',
        scriptPath: 'Jenkinsfile',
        credentialsId: 'git-push',
      },
      triggers: { githubPush: true, poll: 'H/5 * * * *', cron: 'H 4 * * *' },
    });
  });

  it.each<[Partial<JobDefinition>, RegExp]>([
    [{ gitUrl: 'https://me:secret@git.test/x.git' }, /must not carry/],
    [{ gitUrl: '  ' }, /gitUrl must not be empty/],
    [{ branch: '*' }, /branch '\*' is not the name of one branch/],
    [{ scriptPath: '../Jenkinsfile' }, /scriptPath/],
    [{ description: 'bell \u0007' }, /control characters/],
  ])('refuses %j', (change, message) => {
    expect(() => renderJobConfig({ ...definition, ...change })).toThrow(
      message,
    );
  });
});
