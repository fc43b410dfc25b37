import { runAction } from '@passmuster/action-kit/runner/action.ts';
import { rollback } from '@passmuster/verbs/rollback/run.ts';
import { spec } from '@passmuster/verbs/rollback/spec.ts';
import { openRollback } from '@passmuster/wiring/rollback.ts';

await runAction(spec, rollback, openRollback);
