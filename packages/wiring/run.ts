import type { Open } from '@passmuster/action-kit/spec/verb.ts';
import type { RunPorts } from '@passmuster/verbs/promotion/inputs.ts';
import type { spec } from '@passmuster/verbs/promotion/spec.ts';
import { openServing } from './serving.ts';

export const openRun: Open<typeof spec, RunPorts> = openServing;
