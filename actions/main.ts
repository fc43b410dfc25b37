import { runAction } from '@passmuster/action-kit/runner/action.ts';
import { run } from '@passmuster/verbs/promotion/run.ts';
import { spec } from '@passmuster/verbs/promotion/spec.ts';
import { openRun } from '@passmuster/wiring/run.ts';

await runAction(spec, run, openRun);
