"""Whether a version is good enough: its run against a bound, and against the run of the champion."""

import sys

from mlflow import MlflowClient

model, number = sys.argv[1:]
client = MlflowClient()


def accuracy(version):
    return client.get_run(version.run_id).data.metrics["accuracy"]


candidate = accuracy(client.get_model_version(model, number))
champion = accuracy(client.get_model_version_by_alias(model, "champion"))
print(f"accuracy {candidate}, of the champion {champion}")
sys.exit(0 if candidate >= 0.85 and candidate >= champion - 0.01 else 1)
