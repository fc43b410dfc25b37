import { runAction } from '@passmuster/action-kit/runner/action.ts';
import { verify } from '@passmuster/verbs/verify/run.ts';
import { spec } from '@passmuster/verbs/verify/spec.ts';
import { openVerify } from '@passmuster/wiring/verify.ts';

await runAction(spec, verify, openVerify);
