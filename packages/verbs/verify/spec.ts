import { boolean, globs, text } from '@passmuster/action-kit/spec/kinds.ts';
import { defineVerb } from '@passmuster/action-kit/spec/verb.ts';
import { registryAddressProblem } from '@passmuster/core/registry-address.ts';

export const MANIFEST = 'passmuster.manifest.json';

export const spec = defineVerb({
  name: 'verify',
  about: 'Say whether the files of a folder are the files that were registered, byte for byte.',
  permissions: [],
  inputs: {
    path: text({
      about: 'The folder that holds the model.',
      required: true,
      example: './model',
    }),
    manifest: text({
      about: `What the files are held against: a manifest of ours, a SHA256SUMS file or a single file’s .dvc. Left out, it is ${MANIFEST} in the folder.`,
      example: './model/SHA256SUMS',
    }),
    write: boolean({
      about: 'Make the manifest from the files, in place of holding them against it.',
      default: 'false',
    }),
    'expect-version': text({
      about: 'The version that the folder’s VERSION file must hold.',
      example: 'v1.2.0',
    }),
    model: text({
      about:
        'The registered model: the files must also be those that `register` sealed as this version of it.',
      example: 'gpt-custom',
    }),
    version: text({
      about: 'The version of `model`: `v1.2.0`, `7`, `@alias`, a stage, `run:<id>` or `latest`.',
      example: 'v1.2.0',
    }),
    registry: text({
      about:
        'The registry of `model`: an address, or `embedded:` and the path of a file. Left out, the one in MLFLOW_TRACKING_URI; no policy is read.',
      example: 'https://mlflow.example.com',
      check: registryAddressProblem,
    }),
    'allow-extra': globs({
      about:
        'Files that may be there without standing in the manifest, one pattern a line (`*.md` at the top, `**/*.md` everywhere); with `write` they are left out of it.',
      example: '*.md',
    }),
  },
  outputs: {
    verdict:
      'Whether the files are the ones listed, or with `write` whether the manifest lists them now: `pass` or `fail`.',
    digest:
      'The root digest over all names, sizes and contents (`sha256:…`); empty unless they pass.',
    files: 'How many files were found to be as listed.',
    report: 'The path of a JSON report that names every difference.',
  },
  examples: [
    {
      title: 'Hold a downloaded model against its manifest',
      inputs: { path: './model', 'expect-version': 'v1.2.0', 'allow-extra': '*.md\nlogs/**' },
    },
    {
      title: 'Hold it against what was registered',
      inputs: { path: './model', model: 'gpt-custom', version: 'v1.2.0' },
    },
    { title: 'Make the manifest after training', inputs: { path: './model', write: 'true' } },
    {
      title: 'Use the checksums that came with the files',
      inputs: { path: './model', manifest: './model/SHA256SUMS' },
    },
  ],
});
