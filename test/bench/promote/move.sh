# Moves a version as scripts do: the stage, which archives what was there, and then the alias.
set -eu
post() {
  curl -sS --fail -o /dev/null -H 'content-type: application/json' \
    "$MLFLOW_TRACKING_URI/api/2.0/mlflow/$1" -d "$2"
}
post model-versions/transition-stage \
  "{\"name\":\"$1\",\"version\":\"$2\",\"stage\":\"Production\",\"archive_existing_versions\":true}"
post registered-models/alias "{\"name\":\"$1\",\"alias\":\"champion\",\"version\":\"$2\"}"
