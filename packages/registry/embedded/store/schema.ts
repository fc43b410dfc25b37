/** Says in the file itself whose it is. */
export const APPLICATION = 0x50_4d_52_47;

/** Raised with every change of what follows. */
export const SCHEMA_VERSION = 1;

/**
 * Tags are found by key and the beginning of their value: whole values would make the index as
 * large as the table, and states and names are short.
 */
export const INDEXED_START = 48;

const TABLES = `
CREATE TABLE models (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  created INTEGER NOT NULL,
  updated INTEGER NOT NULL,
  description TEXT
) STRICT;

CREATE TABLE model_tags (
  model INTEGER NOT NULL REFERENCES models ON DELETE CASCADE,
  key TEXT NOT NULL,
  value TEXT NOT NULL,
  UNIQUE (model, key)
) STRICT;
CREATE INDEX model_tags_by_value ON model_tags (key, substr(value, 1, ${INDEXED_START}), model);

CREATE TABLE versions (
  model INTEGER NOT NULL REFERENCES models ON DELETE CASCADE,
  number INTEGER NOT NULL,
  created INTEGER NOT NULL,
  updated INTEGER NOT NULL,
  stage TEXT NOT NULL,
  description TEXT,
  source TEXT NOT NULL,
  storage TEXT NOT NULL,
  run_id TEXT,
  run_link TEXT,
  UNIQUE (model, number)
) STRICT;
CREATE INDEX versions_by_stage ON versions (model, stage, number);
CREATE INDEX versions_by_run ON versions (run_id);
CREATE INDEX versions_by_change ON versions (updated);

CREATE TABLE version_tags (
  model INTEGER NOT NULL,
  number INTEGER NOT NULL,
  key TEXT NOT NULL,
  value TEXT NOT NULL,
  UNIQUE (model, number, key),
  FOREIGN KEY (model, number) REFERENCES versions (model, number) ON DELETE CASCADE
) STRICT;
CREATE INDEX version_tags_by_value
  ON version_tags (key, substr(value, 1, ${INDEXED_START}), model, number);

CREATE TABLE aliases (
  model INTEGER NOT NULL,
  alias TEXT NOT NULL,
  number INTEGER NOT NULL,
  PRIMARY KEY (model, alias),
  FOREIGN KEY (model, number) REFERENCES versions (model, number) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
CREATE INDEX aliases_by_version ON aliases (model, number);

CREATE TABLE experiments (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL UNIQUE,
  artifact_location TEXT NOT NULL,
  lifecycle TEXT NOT NULL,
  created INTEGER NOT NULL,
  updated INTEGER NOT NULL
) STRICT;

CREATE TABLE experiment_tags (
  experiment INTEGER NOT NULL REFERENCES experiments,
  key TEXT NOT NULL,
  value TEXT NOT NULL,
  UNIQUE (experiment, key)
) STRICT;

CREATE TABLE runs (
  id INTEGER PRIMARY KEY,
  run_id TEXT NOT NULL UNIQUE,
  experiment INTEGER NOT NULL REFERENCES experiments,
  name TEXT NOT NULL,
  user_id TEXT NOT NULL,
  status TEXT NOT NULL,
  started INTEGER NOT NULL,
  ended INTEGER,
  artifact_uri TEXT NOT NULL,
  lifecycle TEXT NOT NULL
) STRICT;
CREATE INDEX runs_by_start ON runs (experiment, started);

CREATE TABLE run_tags (
  run INTEGER NOT NULL REFERENCES runs,
  key TEXT NOT NULL,
  value TEXT NOT NULL,
  UNIQUE (run, key)
) STRICT;

CREATE TABLE params (
  run INTEGER NOT NULL REFERENCES runs,
  key TEXT NOT NULL,
  value TEXT NOT NULL,
  UNIQUE (run, key)
) STRICT;

CREATE TABLE metrics (
  run INTEGER NOT NULL REFERENCES runs,
  key TEXT NOT NULL,
  timestamp INTEGER NOT NULL,
  step INTEGER NOT NULL,
  value REAL NOT NULL,
  is_nan INTEGER NOT NULL,
  PRIMARY KEY (run, key, timestamp, step, value, is_nan)
) STRICT, WITHOUT ROWID;

CREATE TABLE latest_metrics (
  run INTEGER NOT NULL REFERENCES runs,
  key TEXT NOT NULL,
  timestamp INTEGER NOT NULL,
  step INTEGER NOT NULL,
  value REAL NOT NULL,
  is_nan INTEGER NOT NULL,
  UNIQUE (run, key)
) STRICT;

CREATE TABLE datasets (
  id INTEGER PRIMARY KEY,
  experiment INTEGER NOT NULL REFERENCES experiments,
  name TEXT NOT NULL,
  digest TEXT NOT NULL,
  source_type TEXT NOT NULL,
  source TEXT NOT NULL,
  schema TEXT,
  profile TEXT,
  UNIQUE (experiment, name, digest)
) STRICT;

CREATE TABLE inputs (
  id INTEGER PRIMARY KEY,
  run INTEGER NOT NULL REFERENCES runs,
  dataset INTEGER NOT NULL REFERENCES datasets,
  UNIQUE (run, dataset)
) STRICT;

CREATE TABLE input_tags (
  input INTEGER NOT NULL REFERENCES inputs,
  key TEXT NOT NULL,
  value TEXT NOT NULL,
  UNIQUE (input, key)
) STRICT;

CREATE TABLE artifacts (
  path TEXT PRIMARY KEY,
  size INTEGER NOT NULL,
  content BLOB NOT NULL
) STRICT;
`;

export const creation = (now: number): string => `${TABLES}
INSERT INTO experiments (id, name, artifact_location, lifecycle, created, updated)
  VALUES (0, 'Default', 'mlflow-artifacts:/0', 'active', ${now}, ${now});
PRAGMA application_id = ${APPLICATION};
PRAGMA user_version = ${SCHEMA_VERSION};
`;
