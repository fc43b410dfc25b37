# A version with its tags, and its model where there is none: 400 is how MLflow says that there is one.
set -eu
post() {
  curl -sS -o /dev/null -w '%{http_code}' -H 'content-type: application/json' \
    "$MLFLOW_TRACKING_URI/api/2.0/mlflow/$1" -d "$2"
}
case $(post registered-models/create "{\"name\": \"$1\"}") in 200 | 400) ;; *) exit 1 ;; esac
[ "$(post model-versions/create "{\"name\": \"$1\", \"source\": \"s3://models/bench\", \"tags\": [
  {\"key\": \"passmuster.version\", \"value\": \"$2\"},
  {\"key\": \"passmuster.digest\", \"value\": \"$3\"}]}")" = 200 ]
