"""Somebody who trains, evaluates and registers with MLflow's own Python client, for `validate` to judge."""

import mlflow
import pandas
from mlflow import MlflowClient
from mlflow.exceptions import MlflowException

from steps import step

MODEL = "measured"
client = MlflowClient()


def data(name, values):
    table = pandas.DataFrame({"x": values})
    return mlflow.data.from_pandas(table, source=f"https://example.com/{name}.csv", name=name)


HELD_OUT, OTHER = data("held-out", [1, 2, 3]), data("held-out", [4, 5])


def logged_model(run):
    """Of MLflow 3; nothing where the client or the server has none."""
    try:
        experiment = client.get_run(run).info.experiment_id
        model = client.create_logged_model(experiment, name="model", source_run_id=run)
        return client.finalize_logged_model(model.model_id, "READY").model_id
    except (AttributeError, MlflowException):
        return None


def register(run, model):
    source = f"models:/{model}" if model else f"{client.get_run(run).info.artifact_uri}/model"
    more = {"model_id": model} if model else {}
    return client.create_model_version(MODEL, source, run_id=run, **more).version


def train(dataset, log):
    """A version from a run, and the logged model of that, where there is one."""
    with mlflow.start_run() as active:
        mlflow.log_input(dataset, context="eval")
        log()
        run = active.info.run_id
    model = logged_model(run)
    return {"run": run, "model": model, "version": register(run, model)}


def log_the_champion():
    mlflow.log_metric("accuracy", 0.8)
    mlflow.log_metric("up", float("inf"))


def log_the_candidate():
    mlflow.log_metric("accuracy", 0.5, step=1)
    mlflow.log_metric("accuracy", 0.9, step=3)
    mlflow.log_metric("accuracy", 0.1, step=2)
    mlflow.log_metric("odd", float("nan"))
    mlflow.log_metrics({"up": float("inf"), "down": float("-inf")})
    mlflow.log_metric("toxicity/v1/mean", 0.02)
    many = {f"m{number}": number for number in range(1_200)}
    for start in range(0, len(many), 1_000):
        mlflow.log_metrics(dict(list(many.items())[start : start + 1_000]))


def evaluate(model):
    """In a run of its own, as an evaluation after training is."""
    with mlflow.start_run():
        mlflow.log_metric("mmlu", 0.62, model_id=model, dataset=HELD_OUT)


if __name__ == "__main__":
    mlflow.set_experiment("measured")
    client.create_registered_model(MODEL)
    champion = step("champion", lambda: train(HELD_OUT, log_the_champion))
    candidate = step("candidate", lambda: train(HELD_OUT, log_the_candidate))
    step("elsewhere", lambda: train(OTHER, lambda: mlflow.log_metric("accuracy", 0.9)))
    client.set_registered_model_alias(MODEL, "champion", champion["version"])
    if candidate["model"]:
        step("evaluated", lambda: evaluate(candidate["model"]))
