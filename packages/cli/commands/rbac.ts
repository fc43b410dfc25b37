import { boolean, lines, text } from '@passmuster/action-kit/spec/kinds.ts';
import { shared } from '@passmuster/action-kit/spec/shared.ts';
import { defineVerb, type InputsOf, type Verb } from '@passmuster/action-kit/spec/verb.ts';
import type { Named } from '@passmuster/core/cluster/cluster.ts';
import { manifestOf } from '@passmuster/core/cluster/roles/manifest.ts';
import { restartedIn } from '@passmuster/core/cluster/roles/restarted.ts';
import { mayRunAnything } from '@passmuster/core/cluster/roles/rules.ts';
import { type Subject, userOf, type Wanted } from '@passmuster/core/cluster/roles/wanted.ts';
import { namedIn, namedText } from '@passmuster/core/cluster/steps.ts';
import { InputError } from '@passmuster/core/errors.ts';
import type { Files } from '@passmuster/core/files.ts';
import { loadPolicy } from '@passmuster/core/policy/load.ts';
import { NAMESPACED_NAME } from '@passmuster/core/policy/shapes/names.ts';
import { refuseLink } from '@passmuster/core/policy/trusted-policy.ts';
import { unknownEnvironment } from '@passmuster/core/policy/unknown-environment.ts';
import { found, quotable } from '@passmuster/core/quote.ts';
import { decodeUtf8 } from '@passmuster/core/utf8.ts';
import { MOST_YAML_BYTES } from '@passmuster/core/yaml/limits.ts';

const isNamespaced = (place: string | undefined): string | undefined =>
  place === undefined || NAMESPACED_NAME.regex.test(place)
    ? undefined
    : `must be ${NAMESPACED_NAME.says}`;

export const spec = defineVerb({
  name: 'rbac',
  about:
    'Print the least Role that `deploy`, `run` and `rollback` need in a cluster, and its binding, for `kubectl apply -f -`.',
  permissions: [],
  inputs: {
    environment: text({
      about: 'The environment whose ConfigMap it is about, as the policy names it.',
      example: 'production',
    }),
    configmap: text({
      about: 'The ConfigMap as `namespace/name`, where no policy names it.',
      example: 'ml-production/llm-model-versions',
      check: isNamespaced,
    }),
    'service-account': text({
      about:
        'Who gets it, as `namespace/name`. Left out, the service account `passmuster` in the namespace of the ConfigMap.',
      example: 'ml-production/deployer',
      check: isNamespaced,
    }),
    user: text({
      about: 'Who gets it, as the API server calls them, in place of a service account.',
      example: 'github:acme/models',
    }),
    restart: lines({
      about:
        'The same as for `deploy`: only these workloads may then be changed. Left out, all of the namespace may.',
      example: 'deployment/llm-inference',
    }),
    create: boolean({ about: 'Also what `create` of `deploy` needs.', default: 'false' }),
    'delete-pods': boolean({
      about: 'Also what it takes to free a StatefulSet whose pods are stuck.',
      default: 'false',
    }),
    restrict: boolean({
      about:
        'Also an admission policy that lets this user change nothing of a workload but our own annotations.',
      default: 'false',
    }),
    'read-only': boolean({ about: 'Only what `status` needs.', default: 'false' }),
    config: shared.config,
  },
  outputs: {},
  examples: [
    { title: 'For the service account passmuster', inputs: { environment: 'production' } },
    {
      title: 'For whoever a job on GitHub logs in as, and as little as can be',
      inputs: {
        environment: 'production',
        user: 'github:acme/models',
        restart: 'deployment/llm-inference',
        restrict: 'true',
      },
    },
    {
      title: 'Only to look',
      inputs: { environment: 'production', 'read-only': 'true' },
    },
  ],
});

type Inputs = InputsOf<typeof spec>;

async function policyAt(config: string, files: Files) {
  const bytes = await files.read(config, MOST_YAML_BYTES);
  if (bytes === undefined) {
    throw new InputError([
      {
        message: `There is no ${config} here.`,
        hint: 'Name another with --config, or the ConfigMap with --configmap.',
      },
    ]);
  }
  await refuseLink(config, files);
  return loadPolicy(decodeUtf8(bytes, config), config);
}

async function configMapOf(inputs: Inputs, files: Files): Promise<Named> {
  const { environment, configmap, config } = inputs;
  if ((environment === undefined) === (configmap === undefined)) {
    const message =
      environment === undefined
        ? 'Neither --environment nor --configmap is given.'
        : '--environment and --configmap are both given.';
    throw new InputError([{ message, hint: 'Give one of them.' }]);
  }
  if (environment === undefined) return namedIn(configmap ?? '');
  const policy = await policyAt(config, files);
  const unknown = unknownEnvironment({ policy }, { environment });
  if (unknown.length > 0) throw new InputError(unknown);
  const own = policy.environments.get(environment)?.configmap;
  if (own) return own.place;
  throw new InputError([
    {
      message: `${found(environment)} has no \`configmap\` in ${quotable(config)}, so nothing of it is in a cluster.`,
      hint: `Add \`configmap: namespace/name\` to it there.`,
    },
  ]);
}

function subjectOf(inputs: Inputs, { namespace }: Named): Subject {
  const { user, 'service-account': account } = inputs;
  if (user === undefined) {
    const own = account === undefined ? { namespace, name: 'passmuster' } : namedIn(account);
    return { kind: 'ServiceAccount', ...own };
  }
  if (account === undefined) return { kind: 'User', name: user };
  throw new InputError([
    { message: '--user and --service-account are both given.', hint: 'Give one of them.' },
  ]);
}

function refuseIdle(wanted: Wanted): void {
  if (mayRunAnything(wanted)) return;
  throw new InputError([
    {
      message: '--restrict is given, but nothing of a workload may be changed anyway.',
      hint: 'Leave it out.',
    },
  ]);
}

export const rbac: Verb<typeof spec, { readonly files: Files }> = async (inputs, { files }) => {
  const configmap = await configMapOf(inputs, files);
  const wanted: Wanted = {
    configmap,
    subject: subjectOf(inputs, configmap),
    isReadOnly: inputs['read-only'],
    restarted: restartedIn(inputs.restart),
    creates: inputs.create,
    deletesPods: inputs['delete-pods'],
  };
  if (inputs.restrict) refuseIdle(wanted);
  const manifest = manifestOf(wanted, inputs.restrict);
  return {
    result: 'done',
    outputs: {},
    page: [{ kind: 'code', language: 'yaml', text: manifest }],
    report: { configmap: namedText(configmap), user: userOf(wanted.subject), manifest },
    annotations: [],
  };
};
