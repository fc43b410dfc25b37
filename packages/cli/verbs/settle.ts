import { settle } from '@passmuster/verbs/settle/run.ts';
import { spec } from '@passmuster/verbs/settle/spec.ts';
import { openSettle } from '@passmuster/wiring/settle.ts';
import { commandOf } from '../command.ts';

export const command = commandOf(spec, settle, openSettle);
