"""Registered models and their versions, stages, aliases and tags, by MlflowClient."""

import time

import mlflow
from mlflow import MlflowClient

from steps import files_in, in_order, step

client = MlflowClient()
ODD = "Ünï 'quoted' 100%+&# model"


def promote(run):
    create(run)
    describe_and_tag()
    stages()
    aliases()
    look_for_models()
    look_for_versions(run)
    copy_and_rename()
    delete()


def create(run):
    step("create model", lambda: client.create_registered_model("m", {"team": "vision", "a.b-c": "1"}, "first"))
    step("create it again", lambda: client.create_registered_model("m"))
    step("create an odd name", lambda: client.create_registered_model(ODD))
    step("get an odd name", lambda: client.get_registered_model(ODD))
    step("create without a name", lambda: client.create_registered_model(""))
    if step("create with a slash", lambda: client.create_registered_model("a/b")):
        client.delete_registered_model("a/b")
    step("get model", lambda: client.get_registered_model("m"))
    step("get no model", lambda: client.get_registered_model("none"))
    source = client.get_run(run).info.artifact_uri + "/notes"
    from_run = lambda: client.create_model_version("m", source, run, tags={"v": "one"}, description="from a run")
    step("create version from a run", lambda: from_run().version)
    step("create version from runs:", lambda: client.create_model_version("m", f"runs:/{run}/notes", run).version)
    step("create version elsewhere", lambda: client.create_model_version(
        "m", "s3://bucket/a b/model", run_link="https://example.com/run", await_creation_for=0))
    step("create version by address", lambda: client.create_model_version("m", "passmuster://x/y", tags={"v": "four"}))
    step("create version of an odd name", lambda: client.create_model_version(ODD, "s3://bucket/odd"))
    step("create version of no model", lambda: client.create_model_version("none", "s3://bucket/x"))
    step("create version of another model", lambda: client.create_model_version("m", "models:/m/3"))
    step("create version of no version", lambda: client.create_model_version("m", "models:/m/99"))
    step("create version from a local path", lambda: client.create_model_version("m", "/etc/passwd"))
    step("create version from above", lambda: client.create_model_version("m", f"{source}/../../x", run))
    step("register", lambda: mlflow.register_model("s3://bucket/other", "other").version)
    step("register again", lambda: mlflow.register_model("s3://bucket/other", "other", tags={"k": "v"}).version)
    step("version", lambda: [client.get_model_version("m", "3"), client.get_model_version("m", 4)])
    step("version from a run", lambda: client.get_model_version("m", "1").run_id)
    step("no version", lambda: client.get_model_version("m", "99"))
    step("version of no model", lambda: client.get_model_version("none", "1"))
    step("version that is no number", lambda: client.get_model_version("m", "first"))
    step("where it is", lambda: [client.get_model_version_download_uri("m", n) for n in ["3", "5"]])
    step("where no version is", lambda: client.get_model_version_download_uri("m", "99"))


def describe_and_tag():
    step("describe model", lambda: client.update_registered_model("m", "zweite Ä"))
    step("describe no model", lambda: client.update_registered_model("none", "x"))
    step("describe version", lambda: client.update_model_version("m", "3", "third"))
    step("describe no version", lambda: client.update_model_version("m", "99", "x"))
    step("wipe the description", lambda: client.update_model_version("m", "1", ""))
    step("tag model", lambda: client.set_registered_model_tag("m", "state", "open 'for' \"all\""))
    step("tag model again", lambda: client.set_registered_model_tag("m", "team", "audio"))
    step("tag model with nothing", lambda: client.set_registered_model_tag("m", "empty", ""))
    step("tag model with a number", lambda: client.set_registered_model_tag("m", "number", 5))
    step("tag version", lambda: client.set_model_version_tag("m", "3", "gate", "passed"))
    step("tag version by stage", lambda: client.set_model_version_tag("m", key="x", value="y", stage="None"))
    step("tag with a long value", lambda: client.set_model_version_tag("m", "3", "long", "x" * 4999))
    step("tag with too long a value", lambda: client.set_model_version_tag("m", "3", "longer", "x" * 100001))
    step("tag with a bad key", lambda: client.set_model_version_tag("m", "3", "a=b", "x"))
    step("tag with no key", lambda: client.set_model_version_tag("m", "3", "", "x"))
    step("tag no version", lambda: client.set_model_version_tag("m", "99", "a", "x"))
    step("tag no model", lambda: client.set_registered_model_tag("none", "a", "x"))
    step("tags", lambda: [client.get_registered_model("m").tags, sorted(client.get_model_version("m", "3").tags)])
    step("untag model", lambda: client.delete_registered_model_tag("m", "number"))
    step("untag model of nothing", lambda: client.delete_registered_model_tag("m", "none"))
    step("untag version", lambda: client.delete_model_version_tag("m", "3", "long"))
    step("untag no version", lambda: client.delete_model_version_tag("m", "99", "long"))
    step("described and tagged", lambda: [client.get_registered_model("m"), client.get_model_version("m", "3")])


def stages():
    move = client.transition_model_version_stage
    step("stage", lambda: move("m", "1", "Staging"))
    step("stage in small letters", lambda: move("m", 2, "production"))
    step("archive what is there", lambda: move("m", "3", "Production", archive_existing_versions=True))
    step("without archiving", lambda: move("m", "4", "Production"))
    step("archive both", lambda: move("m", "1", "Production", True))
    step("stages", lambda: [[v.version, v.current_stage] for v in in_order(client.search_model_versions("name = 'm'"))])
    step("to the same stage", lambda: move("m", "1", "Production"))
    step("to no stage", lambda: move("m", "1", "Live"))
    step("archive from Archived", lambda: move("m", "1", "Archived", True))
    step("stage of no version", lambda: move("m", "99", "Staging"))
    step("stage of no model", lambda: move("none", "1", "Staging"))
    step("latest of a stage", lambda: client.get_latest_versions("m", ["Production"]))
    step("latest of all stages", lambda: in_order(client.get_latest_versions("m")))
    step("latest of small letters", lambda: [v.version for v in client.get_latest_versions("m", ["archived"])])
    step("latest of no stage", lambda: client.get_latest_versions("m", ["Live"]))
    step("latest of no model", lambda: client.get_latest_versions("none"))


def aliases():
    alias = client.set_registered_model_alias
    before = client.get_registered_model("m").last_updated_timestamp
    step("alias", lambda: alias("m", "champion", "3"))
    step("second alias", lambda: alias("m", "Champion", "3"))
    step("move alias", lambda: alias("m", "champion", 4))
    step("by alias", lambda: client.get_model_version_by_alias("m", "champion"))
    step("version has its aliases", lambda: client.get_model_version("m", "3").aliases)
    step("model has its aliases", lambda: client.get_registered_model("m").aliases)
    step("times stay", lambda: before == client.get_registered_model("m").last_updated_timestamp)
    step("alias to no version", lambda: alias("m", "champion", "99"))
    step("alias of no model", lambda: alias("none", "champion", "1"))
    step("reserved alias", lambda: alias("m", "Latest", "1"))
    step("alias like a version", lambda: alias("m", "v12", "1"))
    step("nearly like a version", lambda: alias("m", "v1x", "1"))
    step("bad alias", lambda: alias("m", "a b", "1"))
    step("empty alias", lambda: alias("m", "", "1"))
    step("long alias", lambda: alias("m", "a" * 256, "1"))
    step("by no alias", lambda: client.get_model_version_by_alias("m", "none"))
    step("by alias of no model", lambda: client.get_model_version_by_alias("none", "champion"))
    step("by alias latest", lambda: client.get_model_version_by_alias("m", "latest").version)
    step("download by alias", lambda: alias("m", "notes", "1") or download("models:/m@notes"))
    step("download by number", lambda: download("models:/m/1"))
    step("download by stage", lambda: download("models:/m/Production"))
    step("download by no stage", lambda: download("models:/m/Staging"))
    step("delete the notes' alias", lambda: client.delete_registered_model_alias("m", "notes"))
    step("delete alias", lambda: client.delete_registered_model_alias("m", "Champion"))
    step("delete it again", lambda: client.delete_registered_model_alias("m", "Champion"))
    step("delete alias of no model", lambda: client.delete_registered_model_alias("none", "x"))
    step("aliases left", lambda: client.get_registered_model("m").aliases)


def download(uri):
    return files_in(mlflow.artifacts.download_artifacts(uri))


def look_for_models():
    def found(query=None, **given):
        pages = client.search_registered_models(query, **given)
        return {"names": [one.name for one in pages], "more": bool(pages.token)}

    for name in ["list-a", "list-b", "LIST-c"]:
        client.create_registered_model(name, {"list": name, "kind": "it's"})
        time.sleep(0.01)  # Or two would be made at the same time, as far as a server tells.
    for query in [
        None,
        "name = 'm'",
        "name != 'm'",
        "name LIKE 'list-%'",
        "name ILIKE 'list-%'",
        f'name = "{ODD}"',
        "tags.list = 'list-a'",
        "tag.list != 'list-a'",
        "tags.kind = \"it's\" AND name LIKE '%b'",
        "tags.`a.b-c` = '1'",
        "tags.kind ILIKE 'IT%'",
        "name = 'm' OR name = 'other'",
        "name > 'm'",
        "name = m",
        "name",
        "creation_timestamp > 0",
        "name = 'x'; DROP TABLE registered_models",
    ]:
        step(f"models where {query}", lambda: found(query))
    step("models backwards", lambda: found(order_by=["name DESC"]))
    step("models by time", lambda: found("tags.kind LIKE '%'", order_by=["last_updated_timestamp ASC", "name"]))
    step("models by nothing known", lambda: found(order_by=["colour"]))
    first = client.search_registered_models(max_results=2)
    step("a page of models", lambda: found(max_results=2))
    step("the next page of models", lambda: found(max_results=2, page_token=first.token))
    step("a bad page of models", lambda: found(page_token="nonsense"))
    step("too many models", lambda: found(max_results=1001))


def look_for_versions(run):
    def found(query=None, **given):
        pages = client.search_model_versions(query, **given)
        names = [[one.name, one.version] for one in pages]
        return {"names": names if "order_by" in given else sorted(names), "more": bool(pages.token)}

    for query in [
        None,
        "name = 'm'",
        "name LIKE 'o%'",
        f"run_id = '{run}'",
        f"run_id IN ('{run}', 'x')",
        f"name = 'm' and run_id = '{run}' and version_number > 1",
        "version_number <= 2 and name = 'm'",
        "source_path LIKE 's3://bucket/%'",
        "source_path = 's3://bucket/other'",
        "tags.gate = 'passed'",
        "tags.v != 'one'",
        "tag.v LIKE 'f%' and name = 'm'",
        f'name = "{ODD}"',
        "current_stage = 'Production'",
        "aliases = 'champion'",
        "name = 'm' OR name = 'other'",
        "version_number = 'x'",
        "name = 'm",
    ]:
        step(f"versions where {query}".replace(run, "FIRST"), lambda: found(query))
    numbers = {"order_by": ["version_number ASC"]}
    step("versions by number", lambda: found("name = 'm'", **numbers))
    step("versions by name and number", lambda: found(order_by=["name DESC", "version_number DESC"]))
    step("a page of versions", lambda: found("name = 'm'", max_results=2, **numbers))
    token = client.search_model_versions("name = 'm'", max_results=2, **numbers).token
    step("the next page of versions", lambda: found("name = 'm'", max_results=2, page_token=token, **numbers))
    step("a bad page of versions", lambda: found(page_token="nonsense"))
    step("too many versions", lambda: found(max_results=200001))
    step("a whole version found", lambda: client.search_model_versions("name = 'm' and version_number = 3"))


def copy_and_rename():
    step("copy version", lambda: client.copy_model_version("models:/m/3", "copied"))
    step("copy version again", lambda: client.copy_model_version("models:/m@champion", "copied").version)
    step("copy no version", lambda: client.copy_model_version("models:/m/99", "copied"))
    step("where the copy is", lambda: client.get_model_version_download_uri("copied", "1"))
    step("rename model", lambda: client.rename_registered_model("m", "renamed"))
    step("renamed model", lambda: client.get_registered_model("renamed"))
    step("versions came along", lambda: [v.version for v in in_order(client.search_model_versions("name = 'renamed'"))])
    step("alias came along", lambda: client.get_model_version_by_alias("renamed", "champion").version)
    step("old name", lambda: client.get_registered_model("m"))
    step("rename to one that is there", lambda: client.rename_registered_model("renamed", "other"))
    step("rename no model", lambda: client.rename_registered_model("none", "x"))
    step("rename to nothing", lambda: client.rename_registered_model("renamed", " "))


def delete():
    step("delete version", lambda: client.delete_model_version("renamed", "2"))
    step("deleted version", lambda: client.get_model_version("renamed", "2"))
    step("delete it twice", lambda: client.delete_model_version("renamed", "2"))
    step("delete version with alias", lambda: client.delete_model_version("renamed", "4"))
    step("alias of a deleted version", lambda: client.get_model_version_by_alias("renamed", "champion"))
    step("aliases of the model", lambda: client.get_registered_model("renamed").aliases)
    highest = in_order(client.search_model_versions("name = 'renamed'"))[-1].version
    step("delete the highest", lambda: client.delete_model_version("renamed", highest))
    step("its number is not used again", lambda: int(
        client.create_model_version("renamed", "s3://bucket/next").version) - int(highest))
    step("delete model", lambda: client.delete_registered_model("renamed"))
    step("deleted model", lambda: client.get_registered_model("renamed"))
    step("delete model twice", lambda: client.delete_registered_model("renamed"))
    step("its versions went too", lambda: [v.version for v in client.search_model_versions("name = 'renamed'")])
    step("create it anew", lambda: client.create_registered_model("renamed"))
    step("from the beginning", lambda: client.create_model_version("renamed", "s3://bucket/anew").version)
