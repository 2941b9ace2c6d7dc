import { createServer } from 'node:http';

/**
 * The HTTP service: says what it is on `/`, and that it is well on the health path.
 * Nothing listens yet.
 */
export function createService({ name, environment, version, healthPath }) {
  return createServer((request, response) => {
    const { pathname } = new URL(request.url, 'http://service');
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      answer(response, 405, { error: 'Only GET is understood here' });
    } else if (pathname === healthPath) {
      answer(response, 200, { status: 'ok' });
    } else if (pathname === '/') {
      answer(response, 200, { service: name, environment, version });
    } else {
      answer(response, 404, { error: `There is no ${pathname}` });
    }
  });
}

function answer(response, status, body) {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(`${JSON.stringify(body)}\n`);
}
