// SPDX-License-Identifier: Apache-2.0
import express from 'express';
import Router from 'express-promise-router';
import type { SimulatorControl } from './SimulatorControl';

/** The control's HTTP API below the plugin's own path. */
export function createControlRouter(control: SimulatorControl): express.Router {
  const router = Router();
  router.use(express.json());
  router.get('/control/state', async (_req, res) => {
    res.json(await control.state());
  });
  router.get('/control/clock', async (_req, res) => {
    res.json(control.clock());
  });
  router.post('/control/commands', async (req, res) => {
    res.json(await control.run(req.body));
  });
  return router;
}
