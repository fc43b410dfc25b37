"""Moves a version as scripts do: the stage, which archives what was there, and then the alias."""

import sys

from mlflow import MlflowClient

model, number = sys.argv[1:]
client = MlflowClient()
client.transition_model_version_stage(
    model, number, "Production", archive_existing_versions=True
)
client.set_registered_model_alias(model, "champion", number)
