import { existsSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { unsound } from '@passmuster/action-kit/spec/sound.ts';
import { COMMANDS } from 'passmuster/commands.ts';
import { expect, test } from 'vitest';
import { staleFiles } from '../scripts/generate.ts';

const folders = (path: string): string[] =>
  readdirSync(fileURLToPath(new URL(path, import.meta.url)), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name);

/** Folders with a spec; others hold what several verbs share. */
const verbs = folders('../packages/verbs').filter((name) =>
  existsSync(fileURLToPath(new URL(`../packages/verbs/${name}/spec.ts`, import.meta.url))),
);

test('every verb is an action and a command', () => {
  // That of `run` is the root's.
  expect([...folders('../actions'), 'promotion'].sort()).toEqual(verbs);
  const names = verbs.map((name) => (name === 'promotion' ? 'run' : name));
  expect(Object.keys(COMMANDS)).toEqual(expect.arrayContaining(names));
});

test.each(Object.entries(COMMANDS))('the spec of %s is sound', async (name, load) => {
  const { spec } = await load();
  expect(spec.name).toBe(name);
  expect(unsound(spec)).toEqual([]);
});

test('no generated file is stale, and one that is would be named', async () => {
  expect(await staleFiles()).toEqual([]);
  const spoilt = async (file: string) =>
    file === 'actions/verify/action.yml' ? 'spoilt' : undefined;
  expect(await staleFiles(spoilt)).toEqual(['actions/verify/action.yml']);
});
