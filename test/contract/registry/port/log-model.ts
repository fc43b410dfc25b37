/** As MLflow's own client logs one; nothing of ours does. Absent where the server has none. */
export async function logModel(
  address: string,
  experiment: string,
  run: string,
): Promise<string | undefined> {
  const answer = await fetch(`${address}/api/2.0/mlflow/logged-models`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      experiment_id: experiment,
      name: 'model',
      source_run_id: run,
      params: [{ key: 'depth', value: '3' }],
    }),
  });
  if (!answer.ok) return undefined;
  const { model } = (await answer.json()) as { model: { info: { model_id: string } } };
  return model.info.model_id;
}
