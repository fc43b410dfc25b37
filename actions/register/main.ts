import { runAction } from '@passmuster/action-kit/runner/action.ts';
import { register } from '@passmuster/verbs/register/run.ts';
import { spec } from '@passmuster/verbs/register/spec.ts';
import { openRegister } from '@passmuster/wiring/register.ts';

await runAction(spec, register, openRegister);
