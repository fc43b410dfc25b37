"""Experiments and runs, by the fluent functions and by MlflowClient."""

import mlflow
import pandas
from mlflow import MlflowClient
from mlflow.entities import Metric, Param, RunTag, ViewType

from steps import files_in, named, step

client = MlflowClient()


def train():
    """Returns the id of a run that a version can come from."""
    experiment = step("set experiment", lambda: mlflow.set_experiment("training")).experiment_id
    named(f"mlflow-artifacts:/{experiment}/", "mlflow-artifacts:/EXPERIMENT/")
    first = fluent_run()
    second = client_run(experiment)
    look_for_runs(experiment, first, second)
    keep_experiments(experiment)
    keep_runs(experiment)
    return first


def fluent_run():
    with mlflow.start_run(run_name="fluent") as active:
        run = named(active.info.run_id, "FIRST")
        step("log params", lambda: mlflow.log_params({"lr": 0.1, "layers": 4, "note": "a 'b' \"c\""}))
        step("log param", lambda: mlflow.log_param("seed", 7))
        step("log the same param", lambda: mlflow.log_param("seed", 7))
        step("log params again", lambda: mlflow.log_params({"lr": 0.1}))
        step("change a param", lambda: mlflow.log_param("seed", 8))
        step("change a param in a batch", lambda: mlflow.log_params({"lr": 0.2}))
        step("log metrics", lambda: mlflow.log_metrics({"acc": 0.5, "loss": 2.0}, step=1))
        step("log metric", lambda: mlflow.log_metric("acc", 0.75, step=2))
        step("log a late step", lambda: mlflow.log_metric("acc", 0.25, step=0))
        step("log no number", lambda: mlflow.log_metric("odd", float("nan")))
        step("log infinities", lambda: mlflow.log_metrics({"up": float("inf"), "down": float("-inf")}))
        step("set tag", lambda: mlflow.set_tag("team", "Grüße 🚀"))
        step("set tags", lambda: mlflow.set_tags({"a.b": "dotted", "empty": "", "gone": "x"}))
        step("delete tag", lambda: mlflow.delete_tag("gone"))
        step("delete a tag that is not there", lambda: mlflow.delete_tag("gone"))
        table = pandas.DataFrame({"x": [1, 2, 3]})
        data = mlflow.data.from_pandas(table, source="https://example.com/x.csv", name="numbers")
        step("log input", lambda: mlflow.log_input(data, context="training"))
        step("log text", lambda: mlflow.log_text("hello", "notes/hello.txt"))
        step("log dict", lambda: mlflow.log_dict({"a": [1, "ä"]}, "notes/a b.json"))
        with mlflow.start_run(nested=True) as inner:
            child = named(inner.info.run_id, "CHILD")
            step("log in a nested run", lambda: mlflow.log_metric("inner", 1, timestamp=5))
        step("nested run", lambda: client.get_parent_run(child).info.run_id)
        step("delete nested run", lambda: mlflow.delete_run(child))
    step("run", lambda: mlflow.get_run(run))
    step("list files", lambda: [f.path for f in client.list_artifacts(run)])
    step("list a folder", lambda: [[f.path, f.file_size] for f in client.list_artifacts(run, "notes")])
    uri = client.get_run(run).info.artifact_uri
    step("load text", lambda: mlflow.artifacts.load_text(f"{uri}/notes/hello.txt"))
    step("load dict", lambda: mlflow.artifacts.load_dict(f"{uri}/notes/a b.json"))
    step("load what is not there", lambda: mlflow.artifacts.load_text(f"{uri}/none.txt"))
    step("download a folder", lambda: files_in(client.download_artifacts(run, "notes")))
    return run


def client_run(experiment):
    run = client.create_run(experiment, tags={"by": "client"}).info.run_id
    named(run, "SECOND")
    metrics = [Metric("acc", value / 10, 1000 + value, value) for value in range(6)]
    metrics += [Metric("acc", 0.9, 2000, 3), Metric("acc", 0.8, 2000, 5), Metric("big", 1e300, 1, -1)]
    batch = lambda: client.log_batch(run, metrics, [Param("lr", "0.2")], [RunTag("kind", "batch")])
    step("log batch", batch)
    step("log batch again", batch)
    step("log an empty batch", lambda: client.log_batch(run))
    step("history", lambda: client.get_metric_history(run, "acc"))
    step("history of no metric", lambda: client.get_metric_history(run, "none"))
    step("name of an unnamed run", lambda: client.get_run(run))
    step("rename run", lambda: client.update_run(run, name="renamed"))
    step("renamed run", lambda: client.get_run(run).info.run_name)
    step("end run", lambda: client.set_terminated(run, "FAILED", end_time=5_000_000_000_000))
    step("ended run", lambda: client.get_run(run))
    step("metric without key", lambda: client.log_metric(run, "", 1))
    step("metric with an odd key", lambda: client.log_metric(run, "a{b}", 1))
    step("metric of no run", lambda: client.log_metric("0" * 32, "a", 1))
    step("no run", lambda: client.get_run("0" * 32))
    return run


def look_for_runs(experiment, *runs):
    def found(**given):
        order = given.pop("order_by", ["attributes.start_time ASC"])
        pages = client.search_runs([experiment], order_by=order, **given)
        return [run.info.run_id for run in pages]

    for query in [
        "metrics.acc > 0.75",
        "metrics.acc >= 0.75 and params.lr = '0.1'",
        "metrics.none > 0",
        "params.lr != '0.1'",
        "params.note LIKE '%''%'",
        "params.lr ILIKE '0._'",
        "tags.`a.b` = 'dotted'",
        'tags."a.b" = "dotted"',
        "tags.by = 'client'",
        "tags.by != 'client'",
        "attributes.status = 'FAILED'",
        "status != 'FAILED'",
        "run_name LIKE 'flu%'",
        "attributes.start_time > 0",
        "attributes.end_time > 4999999999999",
        f"run_id IN ('{runs[0]}', 'other')",
        f"attributes.run_id = '{runs[1]}'",
        f"run_id NOT IN ('{runs[0]}')",
        "datasets.name = 'numbers'",
        "dataset.context = 'training'",
        "datasets.name = 'letters'",
        "tags.by IS NULL",
        "params.seed IS NOT NULL",
        "metrics.acc = 'text'",
        "params.lr > 0",
        "nothing.at = 'all'",
        "metrics.acc > 0.1 OR metrics.acc < 0",
        "name = ",
    ]:
        step(f"runs where {query}".replace(runs[0], "FIRST").replace(runs[1], "SECOND"),
             lambda: found(filter_string=query))
    for order in ["metrics.acc DESC", "metrics.acc ASC", "params.lr DESC", "tags.by", "attributes.end_time DESC", "up"]:
        step(f"runs by {order}", lambda: found(order_by=[order]))
    step("a page of runs", lambda: found(max_results=1))
    page = client.search_runs([experiment], order_by=["start_time ASC"], max_results=1)
    token = page.token
    step("next page of runs", lambda: found(order_by=["start_time ASC"], max_results=1, page_token=token))
    step("a bad page of runs", lambda: found(page_token="nonsense"))
    step("too many runs", lambda: found(max_results=50001))
    step("runs as a list", lambda: [run.info.run_id for run in mlflow.search_runs(
        [experiment], order_by=["start_time ASC"], output_format="list")])
    step("runs as a table", lambda: sorted(
        column for column in mlflow.search_runs([experiment]).columns if not column.startswith("tags.mlflow.")))


def keep_experiments(experiment):
    step("experiment", lambda: client.get_experiment(experiment))
    step("experiment by name", lambda: client.get_experiment_by_name("training"))
    step("no experiment by name", lambda: client.get_experiment_by_name("none"))
    step("no experiment", lambda: client.get_experiment("999999"))
    step("the same experiment again", lambda: client.create_experiment("training"))
    other = client.create_experiment("other", tags={"k": "v"})
    step("set experiment tag", lambda: client.set_experiment_tag(other, "more", "w"))
    step("rename experiment", lambda: client.rename_experiment(other, "another"))
    step("rename experiment to one that is there", lambda: client.rename_experiment(other, "training"))
    step("renamed experiment", lambda: client.get_experiment(other))
    step("delete experiment", lambda: client.delete_experiment(other))
    step("experiments", lambda: client.search_experiments(order_by=["name ASC"]))
    step("deleted experiments", lambda: client.search_experiments(ViewType.DELETED_ONLY))
    step("experiments like", lambda: client.search_experiments(filter_string="name LIKE 'tr%'"))
    step("run in a deleted experiment", lambda: client.create_run(other))
    step("restore experiment", lambda: client.restore_experiment(other))
    step("experiments by tag", lambda: client.search_experiments(filter_string="tags.k = 'v'"))


def keep_runs(experiment):
    run = named(client.create_run(experiment, run_name="short").info.run_id, "THIRD")
    step("log many params", lambda: client.log_batch(run, params=[Param(f"p{n}", "1") for n in range(101)]))
    step("log a long param", lambda: client.log_param(run, "long", "x" * 6001))
    step("log a long tag", lambda: client.set_tag(run, "long", "x" * 8001))
    step("lengths", lambda: [len(kept["long"]) for kept in [
        client.get_run(run).data.params, client.get_run(run).data.tags]])
    step("log a long key", lambda: client.log_metric(run, "k" * 251, 1))
    step("delete run", lambda: client.delete_run(run))
    step("deleted run", lambda: client.get_run(run))
    step("metric of a deleted run", lambda: client.log_metric(run, "a", 1))
    step("deleted runs", lambda: [
        one.info.run_id for one in client.search_runs([experiment], run_view_type=ViewType.DELETED_ONLY)])
    step("restore run", lambda: client.restore_run(run))
    step("restored run", lambda: client.get_run(run))
