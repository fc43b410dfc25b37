import { describe } from 'vitest';
import { MLFLOW_VERSIONS, startMlflow } from '../../services/mlflow.ts';
import { portContract } from './port/contract.ts';
import { openedAt } from './port/over-http.ts';

describe.each(MLFLOW_VERSIONS)('MLflow %s', (version) => {
  portContract(async () => {
    const { url, stop } = await startMlflow(version);
    return openedAt(url, `mlflow-${version}`, stop);
  });
});
