import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';

const definitions = readdirSync('api_definitions')
  .filter(file => file.endsWith('.json'))
  .map(file => ({
    file,
    api: JSON.parse(readFileSync(`api_definitions/${file}`, 'utf8')),
  }));

test('there is something to offer', () => {
  assert.ok(definitions.length > 0);
  for (const { file, api } of definitions) {
    assert.match(api.openapi, /^3\./, file);
    assert.ok(Object.keys(api.paths).length > 0, file);
  }
});

test('no two APIs claim the same path', () => {
  const paths = definitions.map(({ api }) => api['x-wso2-basePath']);
  assert.deepEqual(paths, [...new Set(paths)]);
  for (const path of paths) {
    assert.match(path, /^\/[\w./-]+$/);
  }
});

test('every API has a service behind it', () => {
  for (const { file, api } of definitions) {
    const { urls } = api['x-wso2-production-endpoints'];
    assert.ok(urls.length > 0, file);
    for (const url of urls) {
      assert.match(new URL(url).protocol, /^https?:$/, file);
    }
  }
});

test('no API is open to everybody by mistake', () => {
  for (const { file, api } of definitions) {
    assert.notEqual(api['x-wso2-disable-security'], true, file);
  }
});
