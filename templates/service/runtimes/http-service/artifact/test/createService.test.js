import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { createService } from '../src/createService.js';

const server = createService({
  name: '${{ values.name }}',
  environment: 'test',
  version: '1.2.3',
  healthPath: '${{ values.container.healthPath }}',
});
let address;

before(async () => {
  await new Promise(resolve => server.listen(0, '127.0.0.1', resolve));
  address = `http://127.0.0.1:${server.address().port}`;
});

after(() => new Promise(resolve => server.close(resolve)));

test('says what it is', async () => {
  const response = await fetch(address);
  assert.equal(response.status, 200);
  assert.deepEqual(await response.json(), {
    service: '${{ values.name }}',
    environment: 'test',
    version: '1.2.3',
  });
});

test('says that it is well', async () => {
  const response = await fetch(`${address}${{ values.container.healthPath }}`);
  assert.equal(response.status, 200);
});

test('knows nothing else', async () => {
  const response = await fetch(`${address}/nothing/here`);
  assert.equal(response.status, 404);
});
