"""Every version of a model with its tags, as MLflow's own client has them."""

import sys

from mlflow import MlflowClient

versions = MlflowClient().search_model_versions(
    f"name = '{sys.argv[1]}'", order_by=["version_number ASC"]
)
for version in versions:
    tags = ",".join(f"{key}={value}" for key, value in sorted(version.tags.items()))
    print(version.version, tags)
