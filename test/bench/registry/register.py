"""A version with its tags, and its model where there is none."""

import sys

from mlflow import MlflowClient
from mlflow.exceptions import MlflowException

model, name, digest = sys.argv[1:]
client = MlflowClient()
try:
    client.create_registered_model(model)
except MlflowException as error:
    if error.error_code != "RESOURCE_ALREADY_EXISTS":
        raise
tags = {"passmuster.version": name, "passmuster.digest": digest}
client.create_model_version(model, "s3://models/bench", tags=tags)
