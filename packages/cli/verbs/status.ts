import { status } from '@passmuster/verbs/status/run.ts';
import { spec } from '@passmuster/verbs/status/spec.ts';
import { openStatus } from '@passmuster/wiring/status.ts';
import { commandOf } from '../command.ts';

export const command = commandOf(spec, status, openStatus);
