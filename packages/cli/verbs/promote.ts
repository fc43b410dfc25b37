import { promote } from '@passmuster/verbs/promote/run.ts';
import { spec } from '@passmuster/verbs/promote/spec.ts';
import { openPromote } from '@passmuster/wiring/promote.ts';
import { commandOf } from '../command.ts';

export const command = commandOf(spec, promote, openPromote);
