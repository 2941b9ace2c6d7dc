import { createService } from './createService.js';

const port = Number(process.env.PORT ?? ${{ values.container.port }});
const server = createService({
  name: process.env.SERVICE ?? '${{ values.name }}',
  environment: process.env.ENVIRONMENT ?? 'local',
  version: process.env.VERSION ?? 'unknown',
  healthPath: process.env.HEALTH_PATH ?? '${{ values.container.healthPath }}',
});

server.listen(port, () => console.log(`Listening on port ${port}`));

for (const signal of ['SIGTERM', 'SIGINT']) {
  process.once(signal, () => {
    server.close();
    server.closeIdleConnections();
  });
}
