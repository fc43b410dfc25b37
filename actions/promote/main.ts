import { runAction } from '@passmuster/action-kit/runner/action.ts';
import { promote } from '@passmuster/verbs/promote/run.ts';
import { spec } from '@passmuster/verbs/promote/spec.ts';
import { openPromote } from '@passmuster/wiring/promote.ts';

await runAction(spec, promote, openPromote);
