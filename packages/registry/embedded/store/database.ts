import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite';

/** More different statements than the registry has by itself; searches make others. */
const MOST_PREPARED = 500;

/** SQLite's own codes. */
const BUSY = 5;
const BUSY_KINDS = 0xff;

/** Another process is writing; nothing of ours has happened. */
export const isBusy = (error: unknown): boolean =>
  error instanceof Error &&
  'errcode' in error &&
  typeof error.errcode === 'number' &&
  (error.errcode & BUSY_KINDS) === BUSY;

/** One open file: statements are prepared once, and what belongs together happens at once. */
export class Database {
  readonly #sqlite: DatabaseSync;
  readonly #prepared = new Map<string, StatementSync>();

  constructor(sqlite: DatabaseSync) {
    this.#sqlite = sqlite;
  }

  /** The shape of a row is what the statement says; nobody checks it a second time. */
  all<Row>(sql: string, ...values: SQLInputValue[]): Row[] {
    return this.#statement(sql).all(...values) as Row[];
  }

  one<Row>(sql: string, ...values: SQLInputValue[]): Row | undefined {
    return this.#statement(sql).get(...values) as Row | undefined;
  }

  /** How many rows it changed. */
  run(sql: string, ...values: SQLInputValue[]): number {
    return Number(this.#statement(sql).run(...values).changes);
  }

  /** The id of the row that it made. */
  insert(sql: string, ...values: SQLInputValue[]): number {
    return Number(this.#statement(sql).run(...values).lastInsertRowid);
  }

  /** What one caller reads, no other changes meanwhile. */
  read<Result>(work: () => Result): Result {
    return this.#transaction('BEGIN', work);
  }

  /** All of it or nothing, after every other writer and before the next; on disk when it returns. */
  write<Result>(work: () => Result): Result {
    return this.#transaction('BEGIN IMMEDIATE', work);
  }

  close(): void {
    this.#prepared.clear();
    this.#sqlite.close();
  }

  #transaction<Result>(begin: string, work: () => Result): Result {
    this.#statement(begin).run();
    try {
      const result = work();
      this.#statement('COMMIT').run();
      return result;
    } catch (error) {
      // A full disk may have ended it already.
      if (this.#sqlite.isTransaction) this.#statement('ROLLBACK').run();
      throw error;
    }
  }

  #statement(sql: string): StatementSync {
    const known = this.#prepared.get(sql);
    if (known) return known;
    if (this.#prepared.size >= MOST_PREPARED) this.#prepared.clear();
    const statement = this.#sqlite.prepare(sql);
    this.#prepared.set(sql, statement);
    return statement;
  }
}
