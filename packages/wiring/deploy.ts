import type { Open } from '@passmuster/action-kit/spec/verb.ts';
import type { DeployPorts } from '@passmuster/verbs/deploy/inputs.ts';
import type { spec } from '@passmuster/verbs/deploy/spec.ts';
import { openServing } from './serving.ts';

export const openDeploy: Open<typeof spec, DeployPorts> = openServing;
