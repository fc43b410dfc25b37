import { homedir } from 'node:os';
import type { Open } from '@passmuster/action-kit/spec/verb.ts';
import { diskFiles } from '@passmuster/evidence/files/index.ts';
import { openForge } from '@passmuster/forge/open.ts';
import { registryOpener } from '@passmuster/registry/open.ts';
import type { ValidatePorts } from '@passmuster/verbs/validate/ports.ts';
import type { spec } from '@passmuster/verbs/validate/spec.ts';

/** `owner/name/.github/workflows/x.yml@refs/heads/main`, of which the work tree has the middle. */
const workflowIn = (ref: string | undefined): string | undefined =>
  /^[^/]+\/[^/]+\/(\.github\/workflows\/[^/@]+)@/.exec(ref ?? '')?.[1];

export const openValidate: Open<typeof spec, ValidatePorts> = (inputs, around) => {
  const variables = process.env;
  const world = { ...around, variables, home: homedir() };
  const workflowFile = workflowIn(variables['GITHUB_WORKFLOW_REF']);
  return {
    files: diskFiles(),
    forge: openForge({ ...world, token: inputs['github-token'] }),
    openRegistry: registryOpener({ ...world, address: inputs.registry, makesNoFile: true }),
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
};
