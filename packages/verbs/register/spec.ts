import { granted } from '@passmuster/action-kit/spec/granted.ts';
import { globs, lines, oneOf, text } from '@passmuster/action-kit/spec/kinds.ts';
import { moving } from '@passmuster/action-kit/spec/shared.ts';
import { defineVerb } from '@passmuster/action-kit/spec/verb.ts';

export const spec = defineVerb({
  name: 'register',
  about:
    'Register a model version under a name that never changes its meaning, with what it was made of.',
  permissions: [granted.policy, granted.runs],
  inputs: {
    model: text({
      about: 'The registered model; it is made when there is none.',
      required: true,
      example: 'gpt-custom',
    }),
    source: text({
      about:
        'Where the model’s files are kept, as the registry is to know it: `s3://…`, `gs://…`, `runs:/<id>/model`, `mlflow-artifacts:/…`, `models:/m-<id>`.',
      required: true,
      example: 's3://models/gpt-custom/2024-11-05',
    }),
    path: text({
      about:
        'The folder with the model’s files. They are hashed, their manifest is written into it as `verify` does, and their root digest becomes the identity of the version; without it, source and run stand in.',
      example: './model',
    }),
    version: text({
      about:
        'The name of the version: `v1.2.0`, or as `versioning` in the policy says. Not together with `bump`.',
      example: 'v1.2.0',
    }),
    bump: oneOf(['major', 'minor', 'patch', 'auto'], {
      about:
        'Which part of the highest version goes up. `auto` looks at what changed: base model or architecture is major, data or training minor, configuration alone patch.',
    }),
    'run-id': text({
      about: 'The run of MLflow that made it.',
      example: '0123456789abcdef0123456789abcdef',
    }),
    'base-model': text({
      about: 'The model that it was made from, with its version.',
      example: 'meta-llama/Llama-3.1-8B@d04e592',
    }),
    datasets: lines({
      about: 'What it was trained on, one dataset a line: name, version, digest.',
      example: `pile, v3, sha256:${'0123456789abcdef'.repeat(4)}`,
    }),
    evaluations: globs({
      about:
        'Evaluation files, one pattern a line. Their digests are recorded, which makes them evidence for this version. Left out, those that the policy names.',
      example: 'eval/results_*.json',
    }),
    description: lines({ about: 'What a person should know of it; as many lines as it takes.' }),
    tags: lines({
      about: 'More tags for the version, one a line: `key=value`.',
      example: 'team=search',
    }),
    ...moving,
  },
  outputs: {
    outcome:
      '`registered`, `unchanged` (it was there, the same), `adopted` (it was there without a record of ours), `planned` (with `dry-run`) or `refused`.',
    version: 'The name of the version, for example `v1.2.0`.',
    number: 'The registry’s own number of it; empty where nothing was registered.',
    digest: 'The root digest of its files (`sha256:…`); empty without `path`.',
    ticket: 'The entry of the ledger that seals it.',
    report: 'The path of a JSON report.',
  },
  examples: [
    {
      title: 'Register what was just trained',
      inputs: {
        model: 'gpt-custom',
        source: 's3://models/gpt-custom/2024-11-05',
        path: './model',
        bump: 'auto',
        'base-model': 'meta-llama/Llama-3.1-8B@d04e592',
        datasets: `pile, v3, sha256:${'0123456789abcdef'.repeat(4)}`,
        evaluations: 'eval/results_*.json',
      },
    },
    {
      title: 'Register a run of MLflow under a name of your own',
      inputs: {
        model: 'gpt-custom',
        source: 'runs:/0123456789abcdef0123456789abcdef/model',
        version: 'v1.2.0',
      },
    },
  ],
});
