import { afterAll, beforeAll, describe } from 'vitest';
import { aliasContract } from './aliases.ts';
import { artifactContract } from './artifacts.ts';
import { featureContract } from './features.ts';
import { modelContract } from './models.ts';
import type { Opened, Subject } from './opened.ts';
import { runContract } from './runs.ts';
import { searchContract } from './search.ts';
import { selectorContract } from './selectors.ts';
import { stageContract } from './stages.ts';
import { versionContract } from './versions.ts';

/** What the port promises, held against one server: the same tests for MLflow and for what stands in for it. */
export function portContract(open: () => Promise<Opened>): void {
  let opened: Opened | undefined;
  const subject: Subject = () => {
    if (opened === undefined) throw new Error('No server was opened.');
    return opened;
  };

  beforeAll(async () => {
    opened = await open();
  }, 180_000);
  afterAll(async () => opened?.close());

  describe('features', () => featureContract(subject));
  describe('models', () => modelContract(subject));
  describe('aliases', () => aliasContract(subject));
  describe('versions', () => versionContract(subject));
  describe('stages', () => stageContract(subject));
  describe('searches', () => searchContract(subject));
  describe('selectors', () => selectorContract(subject));
  describe('runs', () => runContract(subject));
  describe('files', () => artifactContract(subject));
}
