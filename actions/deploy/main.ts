import { runAction } from '@passmuster/action-kit/runner/action.ts';
import { deploy } from '@passmuster/verbs/deploy/run.ts';
import { spec } from '@passmuster/verbs/deploy/spec.ts';
import { openDeploy } from '@passmuster/wiring/deploy.ts';

await runAction(spec, deploy, openDeploy);
