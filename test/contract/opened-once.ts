import { afterAll, beforeAll } from 'vitest';

interface Closing {
  close(): Promise<void>;
}

/** What a whole suite is held against: opened before its first test, closed after its last. */
export function openedOnce<Opened extends Closing>(open: () => Promise<Opened>): () => Opened {
  let opened: Opened | undefined;
  beforeAll(async () => {
    opened = await open();
  }, 180_000);
  afterAll(async () => opened?.close());
  return () => {
    if (opened === undefined) throw new Error('No server was opened.');
    return opened;
  };
}
