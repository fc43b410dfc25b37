# Every version of a model with its tags, as a script of one's own has them.
set -eu
curl -sS --fail -G "$MLFLOW_TRACKING_URI/api/2.0/mlflow/model-versions/search" \
  --data-urlencode "filter=name = '$1'" --data-urlencode 'order_by=version_number ASC' |
  jq -r '.model_versions[] | "\(.version) \(.tags | sort_by(.key) | map("\(.key)=\(.value)") | join(","))"'
