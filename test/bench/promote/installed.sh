# What a job does that has no Python of its own: an environment, MLflow's client, and then the script.
set -eu
python3 -m venv "$1"
"$1/bin/python" -m pip install --quiet --no-input --disable-pip-version-check --no-cache-dir "mlflow==$2"
"$1/bin/python" "$3" "$4" "$5"
