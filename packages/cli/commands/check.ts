import { shared } from '@passmuster/action-kit/spec/shared.ts';
import { defineVerb, type Verb } from '@passmuster/action-kit/spec/verb.ts';
import { namedText } from '@passmuster/core/cluster/steps.ts';
import { InputError } from '@passmuster/core/errors.ts';
import type { Files } from '@passmuster/core/files.ts';
import { code, type Text } from '@passmuster/core/page.ts';
import { endedWaivers } from '@passmuster/core/policy/ended-waivers.ts';
import { loadPolicy } from '@passmuster/core/policy/load.ts';
import { refuseLink } from '@passmuster/core/policy/trusted-policy.ts';
import { decodeUtf8 } from '@passmuster/core/utf8.ts';
import { MOST_YAML_BYTES } from '@passmuster/core/yaml/limits.ts';
import { placeText } from '@passmuster/report/ending.ts';
import { plural } from '@passmuster/report/quantity.ts';

export const spec = defineVerb({
  name: 'check',
  about: 'Check that the policy file is well formed, and show what it comes to.',
  permissions: [],
  inputs: { config: shared.config },
  outputs: {},
  examples: [
    { title: 'Check passmuster.yaml in this folder', inputs: {} },
    { title: 'Check another file', inputs: { config: 'ci/passmuster.yaml' } },
  ],
});

export const check: Verb<typeof spec, { readonly files: Files }> = async (
  { config },
  { files, clock, voice },
) => {
  const bytes = await files.read(config, MOST_YAML_BYTES);
  if (bytes === undefined) {
    throw new InputError([
      { message: `There is no ${config} here.`, hint: 'Name another with --config.' },
    ]);
  }
  await refuseLink(config, files);
  const policy = loadPolicy(decodeUtf8(bytes, config), config);
  for (const ended of endedWaivers(policy, clock.now())) {
    voice.warn([`${placeText(ended)}:`, ended.message, ended.hint].join(' '));
  }
  const models = [...policy.models];
  const environments = [...policy.environments];
  const rows = environments.map(([name, { after, stage, alias, approvals, configmap }]): Text[] => [
    code(name),
    after ? code(after) : '—',
    stage ? code(stage) : '—',
    code(alias),
    String(approvals.count),
    configmap ? code(namedText(configmap.place)) : '—',
  ]);
  const sizes = `${plural(models.length, 'model')}, ${plural(environments.length, 'environment')}`;
  return {
    result: 'done',
    outputs: {},
    page: [
      { kind: 'verdict', verdict: 'pass', text: `${config} is well formed: ${sizes}` },
      ...(rows.length > 0
        ? [
            {
              kind: 'table' as const,
              columns: ['environment', 'after', 'stage', 'alias', 'approvals', 'configmap'],
              rows,
            },
          ]
        : []),
    ],
    report: {
      file: config,
      models: models.map(([name]) => name),
      environments: environments.map(([name]) => name),
    },
    annotations: [],
  };
};
