import { homedir } from 'node:os';
import type { Open, Surroundings } from '@passmuster/action-kit/spec/verb.ts';
import { diskFiles } from '@passmuster/evidence/files/index.ts';
import { openForge } from '@passmuster/forge/open.ts';
import { registryOpener } from '@passmuster/registry/open.ts';
import type { ValidatePorts } from '@passmuster/verbs/validate/ports.ts';
import type { spec } from '@passmuster/verbs/validate/spec.ts';

/** `owner/name/.github/workflows/x.yml@refs/heads/main`, of which the work tree has the middle. */
const workflowIn = (ref: string | undefined): string | undefined =>
  /^[^/]+\/[^/]+\/(\.github\/workflows\/[^/@]+)@/.exec(ref ?? '')?.[1];

/** What it takes to judge, beside a registry. */
export function judgingPorts(
  token: string | undefined,
  around: Surroundings,
): Omit<ValidatePorts, 'openRegistry'> {
  const variables = process.env;
  const workflowFile = workflowIn(variables['GITHUB_WORKFLOW_REF']);
  return {
    files: diskFiles(),
    forge: openForge({ ...around, variables, token }),
    // Readers are many, and a run without files needs none of them.
    async readEvaluation(bytes, file) {
      const { readEvaluation } = await import('@passmuster/evidence/evaluations/index.ts');
      return readEvaluation(bytes, file);
    },
    async metricsListed(bytes, file) {
      const { metricsListed } = await import('@passmuster/evidence/evaluations/dvc-yaml.ts');
      return metricsListed(bytes, file);
    },
    ...(workflowFile !== undefined && { workflowFile }),
  };
}

export const openValidate: Open<typeof spec, ValidatePorts> = (inputs, around) => ({
  ...judgingPorts(inputs['github-token'], around),
  openRegistry: registryOpener({
    ...around,
    variables: process.env,
    home: homedir(),
    address: inputs.registry,
    makesNoFile: true,
  }),
});
