/** A kubeconfig for a server that listens on the loopback only, and so without TLS. */
export const kubeconfigFor = (url: string, token: string, namespace: string): string =>
  `apiVersion: v1
kind: Config
current-context: double
clusters:
  - name: double
    cluster:
      server: ${url}
contexts:
  - name: double
    context:
      cluster: double
      user: double
      namespace: ${namespace}
users:
  - name: double
    user:
      token: ${JSON.stringify(token)}
`;
