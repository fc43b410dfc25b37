import { verify } from '@passmuster/verbs/verify/run.ts';
import { spec } from '@passmuster/verbs/verify/spec.ts';
import { openVerify } from '@passmuster/wiring/verify.ts';
import { commandOf } from '../command.ts';

export const command = commandOf(spec, verify, openVerify);
