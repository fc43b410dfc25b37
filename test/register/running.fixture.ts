import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '@passmuster/action-kit/run/clock.ts';
import { thisHost } from '@passmuster/action-kit/run/host.ts';
import type { CheckedOut } from '@passmuster/core/git.ts';
import type { Registry } from '@passmuster/core/registry/registry.ts';
import { diskFiles } from '@passmuster/evidence/files/index.ts';
import { registryOpener } from '@passmuster/registry/open.ts';
import { markdown } from '@passmuster/report/markdown.ts';
import type { Ports } from '@passmuster/verbs/register/ports.ts';
import { reportSchema } from '@passmuster/verbs/register/report.ts';
import { register } from '@passmuster/verbs/register/run.ts';
import { spec } from '@passmuster/verbs/register/spec.ts';
import { onTestFinished } from 'vitest';
import { runnerOf } from '../run-verb.ts';
import { surroundings } from '../surroundings.ts';

const told = runnerOf(spec, register, reportSchema());

/** Nobody is waited for that long; what a busy machine needs for one request is a part of it. */
export const LEASE = 60_000;

const clock = systemClock();
const host = thisHost({});

/** What a run has around it, with a real clock and real chance: tickets are real, too. */
export const around = () => surroundings({ clock, host });

export const openRegistry = (address: string): Promise<Registry> =>
  registryOpener({ ...around(), variables: {}, home: '/nowhere', address })(undefined);

/** A registry in a file of its own. */
export async function emptyRegistry(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'register-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return `embedded:${folder}/registry.db`;
}

/** One test's view of a registry, closed with the test. */
export async function looking(address: string): Promise<Registry> {
  const registry = await openRegistry(address);
  onTestFinished(() => registry.close());
  return registry;
}

const DEFAULTS = { model: 'gpt-custom', source: 's3://models/1', config: 'passmuster.yaml' };

export interface Differing extends Partial<Ports> {
  readonly code?: CheckedOut;
}

/** The verb, as a step or a terminal would run it. */
export async function run(
  registry: string,
  given: Record<string, string>,
  { code, ...ports }: Differing = {},
) {
  const outcome = await told(
    { ...DEFAULTS, registry, ...given },
    {
      ...around(),
      files: diskFiles(),
      git: { checkedOut: async () => code },
      forge: undefined,
      openRegistry: () => openRegistry(registry),
      lease: LEASE,
      ...ports,
    },
  );
  const page = markdown(outcome.page, 1e6).replace(/[\\`]/g, '');
  return { ...outcome, page, rendered: outcome.page };
}
