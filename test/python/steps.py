"""Says what each step of a user got, in words that are the same on every server and every day."""

import json
import math
import sys
from pathlib import Path

from mlflow.entities import Experiment, Metric, Run
from mlflow.entities.model_registry import ModelVersion, RegisteredModel
from mlflow.exceptions import MlflowException
from mlflow.store.entities import PagedList

# MLflow prints for people; what we print is for a program.
out, sys.stdout = sys.stdout, sys.stderr
names = {}


def named(identifier, name):
    """From here on an identifier that the server chose reads like this."""
    names[identifier] = name
    return identifier


def step(name, do):
    """One line: what came of it, or the error code that the user sees."""
    value = None
    try:
        value = do()
        said = {"result": plain(value)}
    except MlflowException as error:
        said = {"error": error.error_code}
    except Exception as error:  # Whatever else it is, it must be the same on every server.
        said = {"crash": type(error).__name__}
    print(json.dumps({"step": name, **said}, sort_keys=True), file=out, flush=True)
    return value


def plain(value):
    """Without what differs from run to run: identifiers, times, places."""
    if isinstance(value, str):
        for identifier, name in names.items():
            value = value.replace(identifier, name)
        return value
    if isinstance(value, float) and not math.isfinite(value):
        return str(value)
    if isinstance(value, dict):
        return {str(key): plain(one) for key, one in sorted(value.items())}
    if isinstance(value, PagedList):
        return {"items": [plain(one) for one in value], "more": bool(value.token)}
    if isinstance(value, (list, tuple)):
        return [plain(one) for one in value]
    for kind, describe in DESCRIBED.items():
        if isinstance(value, kind):
            return plain(describe(value))
    # Lists of protobuf.
    return [plain(one) for one in value] if hasattr(value, "__len__") else value


def files_in(folder):
    return sorted(path.relative_to(folder).as_posix() for path in Path(folder).rglob("*"))


def in_order(versions):
    return sorted(versions or [], key=lambda version: int(version.version))


def model(one: RegisteredModel):
    return {
        "name": one.name,
        "description": one.description,
        "tags": one.tags,
        "aliases": one.aliases,
        "latest": [[v.current_stage, v.version] for v in in_order(one.latest_versions)],
        "times": one.creation_timestamp <= one.last_updated_timestamp,
    }


def version(one: ModelVersion):
    return {
        "name": one.name,
        "version": one.version,
        "stage": one.current_stage,
        "description": one.description,
        "source": one.source,
        "run": one.run_id,
        "link": one.run_link,
        "user": one.user_id,
        "status": [one.status, one.status_message],
        "tags": one.tags,
        "aliases": sorted(one.aliases),
        "times": one.creation_timestamp <= one.last_updated_timestamp,
    }


def run(one: Run):
    tags = one.data.tags
    return {
        "id": one.info.run_id,
        "status": one.info.status,
        "ended": one.info.end_time is not None and one.info.end_time >= one.info.start_time,
        "stage": one.info.lifecycle_stage,
        "named": bool(one.info.run_name) and tags.get("mlflow.runName") == one.info.run_name,
        "artifacts": one.info.artifact_uri.split(one.info.run_id)[-1],
        "metrics": one.data.metrics,
        "params": one.data.params,
        "tags": {key: value for key, value in tags.items() if not key.startswith("mlflow.")},
        "datasets": [
            {
                "name": given.dataset.name,
                "digest": given.dataset.digest,
                "kind": given.dataset.source_type,
                "source": given.dataset.source,
                "profile": given.dataset.profile,
                "tags": {tag.key: tag.value for tag in given.tags},
            }
            for given in one.inputs.dataset_inputs
        ],
    }


def experiment(one: Experiment):
    tags = {key: value for key, value in one.tags.items() if not key.startswith("mlflow.")}
    return {"name": one.name, "stage": one.lifecycle_stage, "tags": tags}


DESCRIBED = {
    RegisteredModel: model,
    ModelVersion: version,
    Run: run,
    Experiment: experiment,
    Metric: lambda one: [one.key, one.value, one.timestamp, one.step],
}
