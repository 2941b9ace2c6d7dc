// SPDX-License-Identifier: Apache-2.0
import {
  FakeBuildSource,
  FakeCdEngine,
  FakeClock,
  FakeEnvironmentObserver,
} from 'backstage-plugin-delivery-node/testUtils';
import { SoakGate } from '../gates/SoakGate';
import { Ports } from './Ports';

const clock = new FakeClock();

describe('Ports', () => {
  it('keeps what modules add, and leaves their sections to them', () => {
    const ports = new Ports();
    const engine = new FakeCdEngine({ clock });
    ports.addEngine(engine);
    ports.addBuildSource(new FakeBuildSource());
    ports.setClock(clock);
    expect(ports.engine).toBe(engine);
    expect(ports.clock).toBe(clock);
    expect(ports.sections).toEqual(['fake', 'fake']);
    expect(ports.gates.map(({ type }) => type)).toContain('approvals');
  });

  it.each<[string, (ports: Ports) => void, string]>([
    [
      'engine',
      ports => ports.addEngine(new FakeCdEngine({ clock })),
      'There is a CD engine "fake" already',
    ],
    [
      'build source',
      ports => ports.addBuildSource(new FakeBuildSource()),
      'The build source "fake" was added already',
    ],
    [
      'observer',
      ports => ports.addObserver(new FakeEnvironmentObserver()),
      'The observer "fake" was added already',
    ],
    [
      'gate',
      ports => ports.addGate({ ...SoakGate, type: 'mine' }),
      'The gate "mine" was added already',
    ],
    ['clock', ports => ports.setClock(clock), 'The clock was replaced already'],
  ])('refuses a second %s of the same name', (_, add, message) => {
    const ports = new Ports();
    add(ports);
    expect(() => add(ports)).toThrow(message);
  });

  it('refuses a gate that would replace one of ours', () => {
    expect(() => new Ports().addGate(SoakGate)).toThrow(
      'The gate "soak" was added already',
    );
  });
});
