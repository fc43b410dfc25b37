import { afterAll, beforeAll, describe } from 'vitest';
import { MLFLOW_VERSIONS, type Mlflow, startMlflow } from '../services/mlflow.ts';
import { effectsUnderFaults } from './effects.ts';
import { endsUnderFaults } from './ends.ts';

describe.each(MLFLOW_VERSIONS)('MLflow %s behind a broken network', (version) => {
  let server: Mlflow;
  beforeAll(async () => {
    server = await startMlflow(version);
  });
  afterAll(() => server.stop());
  endsUnderFaults(() => server.url);
  effectsUnderFaults(() => server.url);
});
