type Sqlite = typeof import('node:sqlite');

/**
 * Node’s own SQLite. The first releases of Node 24 print a warning when it is loaded; those who
 * use the registry can do nothing about it.
 */
export async function loadSqlite(): Promise<Sqlite> {
  const emit = process.emitWarning;
  process.emitWarning = (warning: string | Error, ...rest: unknown[]) => {
    if (!String(warning).includes('SQLite')) Reflect.apply(emit, process, [warning, ...rest]);
  };
  try {
    return await import('node:sqlite');
  } finally {
    process.emitWarning = emit;
  }
}
