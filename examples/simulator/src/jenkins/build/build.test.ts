// SPDX-License-Identifier: Apache-2.0
import {
  mkdirSync,
  mkdtempSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findFiles } from './findFiles';
import { junitCounts } from './junitCounts';
import { SecretMask } from './SecretMask';

describe('SecretMask', () => {
  it('hides secrets however the output is cut, and in other spellings', () => {
    let text = '';
    const mask = new SecretMask(piece => {
      text += piece;
    });
    mask.hide(['pass/word', 'ab']);
    mask.add('one pass/');
    mask.add('word two\nabc ');
    mask.add(`${btoa('pass/word')} ${encodeURIComponent('pass/word')}`);
    mask.line('end');
    expect(text).toBe('one **** two\nabc **** ****\nend\n');
  });
});

describe('findFiles', () => {
  it('matches Ant patterns inside the workspace only', () => {
    const root = mkdtempSync(join(tmpdir(), 'files-'));
    try {
      for (const path of [
        'a.json',
        'build/a.xml',
        'build/deep/b.xml',
        '.git/c.xml',
      ]) {
        mkdirSync(join(root, path, '..'), { recursive: true });
        writeFileSync(join(root, path), '');
      }
      symlinkSync('/etc/hostname', join(root, 'build', 'link.xml'));
      expect(findFiles(root, 'build/*.xml')).toEqual(['build/a.xml']);
      expect(findFiles(root, '**/*.xml, a.json')).toEqual([
        'a.json',
        'build/a.xml',
        'build/deep/b.xml',
      ]);
      expect(findFiles(root, 'build/')).toHaveLength(2);
      expect(findFiles(root, '../*')).toEqual([]);
    } finally {
      rmSync(root, { recursive: true, force: true });
    }
  });
});

describe('junitCounts', () => {
  it('counts cases by what is in them', () => {
    expect(
      junitCounts(`<testsuites>
        <testcase name="a"/>
        <testcase name="b"><failure message="no">x</failure></testcase>
        <testcase name="c"><error/></testcase>
        <testcase name="d"><skipped/></testcase>
        <testcase name="e"><system-out><![CDATA[<failure/>]]></system-out></testcase>
        <!-- <testcase name="f"/> -->
      </testsuites>`),
    ).toEqual({ passed: 2, failed: 2, skipped: 1 });
    expect(junitCounts('')).toEqual({ passed: 0, failed: 0, skipped: 0 });
  });
});
