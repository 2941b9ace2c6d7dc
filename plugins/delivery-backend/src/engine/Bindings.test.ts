// SPDX-License-Identifier: Apache-2.0
import {
  FakeCdEngine,
  FakeClock,
} from 'backstage-plugin-delivery-node/testUtils';
import { CONFIG, ORDERS } from '../__testUtils__/demoConfig';
import { Bindings } from './Bindings';

describe('Bindings', () => {
  it('lets readers ask for nothing that a sweep looked at', async () => {
    const clock = new FakeClock();
    const engine = new FakeCdEngine({ clock });
    const inspect = jest.spyOn(engine, 'inspect');
    const bindings = new Bindings({ engine, clock });
    const [dev] = CONFIG.paths.get('default')?.environments ?? [];
    const look = (fresh: boolean) => bindings.of(ORDERS, dev, { fresh });
    const swept = await look(true);
    for (let sweep = 0; sweep < 3; sweep += 1) {
      clock.advance({ seconds: 20 });
      await expect(look(false)).resolves.toEqual(swept);
      await look(true);
    }
    expect(inspect).toHaveBeenCalledTimes(4);
    clock.advance({ minutes: 2 });
    await expect(look(false)).resolves.toEqual(swept);
    expect(inspect).toHaveBeenCalledTimes(5);
  });
});
