import { run } from '@passmuster/verbs/promotion/run.ts';
import { spec } from '@passmuster/verbs/promotion/spec.ts';
import { openRun } from '@passmuster/wiring/run.ts';
import { commandOf } from '../command.ts';

export const command = commandOf(spec, run, openRun);
