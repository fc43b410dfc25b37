# Has a version served as scripts do: looks, patches, restarts what reads it, and waits until that is done.
# A patch alone restarts nothing: pods read the environment when they start.
set -eu
was=$(kubectl get configmap versions --namespace "$1" --output 'jsonpath={.data.current_version}')
test "$was" != "$2"
kubectl patch configmap versions --namespace "$1" --type merge \
  --patch "{\"data\":{\"current_version\":\"$2\"}}"
kubectl rollout restart deployment/api --namespace "$1"
kubectl rollout status deployment/api --namespace "$1" --timeout 120s
