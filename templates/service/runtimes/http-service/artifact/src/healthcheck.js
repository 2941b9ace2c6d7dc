const port = process.env.PORT ?? '${{ values.container.port }}';
const path = process.env.HEALTH_PATH ?? '${{ values.container.healthPath }}';

try {
  const response = await fetch(`http://127.0.0.1:${port}${path}`, {
    signal: AbortSignal.timeout(2000),
  });
  process.exitCode = response.ok ? 0 : 1;
} catch {
  process.exitCode = 1;
}
