# Whether a version is good enough: its run against a bound, and against the run of the champion.
set -eu
get() {
  path=$1
  shift
  curl -sS --fail -G "$MLFLOW_TRACKING_URI/api/2.0/mlflow/$path" "$@"
}
accuracy() {
  run=$(jq -r .model_version.run_id)
  get runs/get --data-urlencode "run_id=$run" |
    jq '.run.data.metrics[] | select(.key == "accuracy").value'
}
candidate=$(get model-versions/get --data-urlencode "name=$1" --data-urlencode "version=$2" | accuracy)
champion=$(get registered-models/alias --data-urlencode "name=$1" --data-urlencode alias=champion | accuracy)
echo "accuracy $candidate, of the champion $champion"
jq -en "$candidate >= 0.85 and $candidate >= $champion - 0.01" >/dev/null
