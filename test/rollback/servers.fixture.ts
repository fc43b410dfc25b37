import { differing } from './moving.fixture.ts';

/** As servers are that have only stages. */
export const withoutAliases = (address: string) =>
  differing(address, ({ has, model }) => ({
    has: async (feature, ...more) => feature !== 'aliases' && has(feature, ...more),
    async model(...args) {
      const found = await model(...args);
      return found && { ...found, aliases: new Map() };
    },
    setAlias: () => Promise.reject(new Error('there are no aliases')),
  }));

/** As servers are that have only aliases. */
export const withoutStages = (address: string) =>
  differing(address, ({ has, versions, version }) => ({
    has: async (feature, ...more) => feature !== 'stages' && has(feature, ...more),
    async *versions(...args) {
      for await (const one of versions(...args)) yield { ...one, stage: '' };
    },
    async version(...args) {
      const one = await version(...args);
      return one && { ...one, stage: '' };
    },
    moveToStage: () => Promise.reject(new Error('there are no stages')),
  }));
