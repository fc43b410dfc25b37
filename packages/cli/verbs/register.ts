import { register } from '@passmuster/verbs/register/run.ts';
import { spec } from '@passmuster/verbs/register/spec.ts';
import { openRegister } from '@passmuster/wiring/register.ts';
import { commandOf } from '../command.ts';

export const command = commandOf(spec, register, openRegister);
