/** The servers that this suite judges by, and ours. */
export type Server = 'embedded' | 'mlflow-3.17.2' | 'mlflow-2.22.5';

interface Difference<Value> {
  readonly is: Readonly<Record<Server, Value>>;
  readonly because: string;
}

const difference = <Value>(
  because: string,
  embedded: Value,
  three: Value,
  two: Value,
): Difference<Value> => ({
  is: { embedded, 'mlflow-3.17.2': three, 'mlflow-2.22.5': two },
  because,
});

/** All in which they differ through the port. */
export const DIFFERENCES = {
  takesSlashInModelName: difference(
    'since 3.11 a name must not look like a path; the embedded one follows',
    false,
    false,
    true,
  ),
  longestTag: difference(
    '2.22.5 takes 5,000 characters, later ones 100,000',
    100_000,
    100_000,
    5000,
  ),
  takesProxySourceWithoutRun: difference(
    'since 3.17 a source behind the file proxy must lie below the run or logged model that is named',
    false,
    false,
    true,
  ),
  keepsAliasesOfDeleted: difference(
    'up to 3.11 an alias stays when its version is deleted',
    false,
    false,
    true,
  ),
  takesHashInFileName: difference(
    'MLflow reads the path of a file as an address; the embedded one has no use for that',
    true,
    false,
    false,
  ),
  hasLoggedModels: difference(
    'they came with 3.0; the embedded one has none yet',
    false,
    true,
    false,
  ),
  keepsDataOfMetrics: difference(
    'a metric names its data since 3.0; the embedded one does not keep that yet',
    false,
    true,
    false,
  ),
} as const;
