import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { test } from 'node:test';
import { readXml } from '../lib/readXml.js';

const ROOT = 'src/synapse-configs';
const files = readdirSync(ROOT, { recursive: true })
  .filter(file => file.endsWith('.xml'))
  .map(file => join(ROOT, file));
const read = file => readXml(readFileSync(file, 'utf8'));

test('every file is well-formed and named as what it holds', () => {
  for (const file of files) {
    const { attributes } = read(file);
    assert.equal(attributes.name ?? attributes.key, basename(file, '.xml'), file);
  }
});

test('no two APIs claim the same context', () => {
  const contexts = files
    .map(read)
    .filter(({ name }) => name === 'api')
    .map(({ attributes }) => attributes.context);
  assert.deepEqual(contexts, [...new Set(contexts)]);
  assert.ok(contexts.includes('/${{ values.name }}'));
});

test('JSON payloads without arguments are JSON', () => {
  const payloads = element => [
    ...(element.name === 'payloadFactory' ? [element] : []),
    ...element.children.flatMap(payloads),
  ];
  for (const file of files) {
    for (const { attributes, children } of payloads(read(file))) {
      const format = children.find(({ name }) => name === 'format');
      if (attributes['media-type'] === 'json' && !format.text.includes('$')) {
        assert.doesNotThrow(() => JSON.parse(format.text), file);
      }
    }
  }
});
