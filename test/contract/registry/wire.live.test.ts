import { afterAll, beforeAll, describe } from 'vitest';
import { MLFLOW_VERSIONS, type Mlflow, startMlflow } from '../../services/mlflow.ts';
import { wireContract } from './wire/run.ts';

describe.each(MLFLOW_VERSIONS)('MLflow %s', (version) => {
  let mlflow: Mlflow;

  beforeAll(async () => {
    mlflow = await startMlflow(version);
  });

  afterAll(() => mlflow?.stop());

  wireContract(`mlflow-${version}`, () => mlflow.url);
});
