import { runAction } from '@passmuster/action-kit/runner/action.ts';
import { status } from '@passmuster/verbs/status/run.ts';
import { spec } from '@passmuster/verbs/status/spec.ts';
import { openStatus } from '@passmuster/wiring/status.ts';

await runAction(spec, status, openStatus);
