import { describe } from 'vitest';
import { MLFLOW_VERSIONS, startMlflow } from '../../services/mlflow.ts';
import { validateContract } from './contract.ts';
import { openedAt } from './opened.ts';

describe.each(MLFLOW_VERSIONS)('MLflow %s', (version) => {
  validateContract(async () => {
    const { url, stop } = await startMlflow(version);
    return openedAt(url, `mlflow-${version}`, stop);
  });
});
