import { validate } from '@passmuster/verbs/validate/run.ts';
import { spec } from '@passmuster/verbs/validate/spec.ts';
import { openValidate } from '@passmuster/wiring/validate.ts';
import { commandOf } from '../command.ts';

export const command = commandOf(spec, validate, openValidate);
