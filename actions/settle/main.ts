import { runAction } from '@passmuster/action-kit/runner/action.ts';
import { settle } from '@passmuster/verbs/settle/run.ts';
import { spec } from '@passmuster/verbs/settle/spec.ts';
import { openSettle } from '@passmuster/wiring/settle.ts';

await runAction(spec, settle, openSettle);
