import { describe } from 'vitest';
import { openedOnce } from '../../opened-once.ts';
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
  const subject: Subject = openedOnce(open);

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
