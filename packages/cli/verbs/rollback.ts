import { rollback } from '@passmuster/verbs/rollback/run.ts';
import { spec } from '@passmuster/verbs/rollback/spec.ts';
import { openRollback } from '@passmuster/wiring/rollback.ts';
import { commandOf } from '../command.ts';

export const command = commandOf(spec, rollback, openRollback);
