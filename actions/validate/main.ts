import { runAction } from '@passmuster/action-kit/runner/action.ts';
import { validate } from '@passmuster/verbs/validate/run.ts';
import { spec } from '@passmuster/verbs/validate/spec.ts';
import { openValidate } from '@passmuster/wiring/validate.ts';

await runAction(spec, validate, openValidate);
