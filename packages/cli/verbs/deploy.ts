import { deploy } from '@passmuster/verbs/deploy/run.ts';
import { spec } from '@passmuster/verbs/deploy/spec.ts';
import { openDeploy } from '@passmuster/wiring/deploy.ts';
import { commandOf } from '../command.ts';

export const command = commandOf(spec, deploy, openDeploy);
