import type { Conditions } from '@passmuster/core/evidence/measured.ts';
import { found } from '@passmuster/core/quote.ts';
import { isMap } from '@passmuster/core/shape/map.ts';
import { mapIn, numberIn, own, textIn } from './fields.ts';
import type { Findings } from './findings.ts';
import { partialTasks } from './lm-eval-partial.ts';
import { pointerTo } from './pointer.ts';

/** What stands among the scores and is none. */
const NO_SCORES = ['alias', 'name', 'sample_len', 'sample_count'];

/** `acc,none` is a metric and the filter that the answers went through. */
function parts(key: string): { metric: string; filter: string } {
  const comma = key.lastIndexOf(',');
  if (comma < 0) return { metric: key, filter: '' };
  return { metric: key.slice(0, comma), filter: key.slice(comma) };
}

const errorKey = (key: string): string => {
  const { metric, filter } = parts(key);
  return `${metric}_stderr${filter}`;
};

function versionOf(document: unknown, task: string): string | undefined {
  const version = own(document, 'versions', task);
  return typeof version === 'string' || typeof version === 'number' ? String(version) : undefined;
}

function promptOf(document: unknown): string | undefined {
  const template = textIn(document, 'chat_template_sha');
  const instruction = textIn(document, 'system_instruction_sha');
  const known = [
    ...(template === undefined ? [] : [`chat template ${template}`]),
    ...(instruction === undefined ? [] : [`system instruction ${instruction}`]),
  ];
  return known.length > 0 ? known.join(', ') : undefined;
}

/** The hash of a task is one of its samples; it is written only when those are kept. */
function conditionsOf(document: unknown, task: string): Conditions {
  const dataset = textIn(document, 'task_hashes', task);
  const version = versionOf(document, task);
  const prompt = promptOf(document);
  const shots = numberIn(document, 'n-shot', task);
  const tool = textIn(document, 'lm_eval_version');
  return {
    ...(dataset !== undefined && { dataset }),
    ...(version !== undefined && { task: version }),
    ...(prompt !== undefined && { prompt }),
    ...(shots !== undefined && { shots }),
    ...(tool !== undefined && { tool: `lm_eval ${tool}` }),
  };
}

const DIRECTIONS = new Map<unknown, 'higher' | 'lower'>([
  [true, 'higher'],
  [false, 'lower'],
]);

/** `results_*.json` of lm-evaluation-harness. */
export function readLmEval(document: unknown, findings: Findings): boolean {
  const results = own(document, 'results');
  if (!isMap(results) || !Object.values(results).every(isMap)) return false;
  const isRun = ['versions', 'configs', 'n-shot'].some((key) => isMap(own(document, key)));
  if (!isRun && own(document, 'config', 'limit') === undefined) return false;

  const limit = own(document, 'config', 'limit') ?? null;
  if (limit !== null) {
    const words = 'Give the results of a whole run, without `--limit`.';
    findings.remark(`The run was partial: its limit was ${found(limit)}. ${words}`);
  }
  const partial = partialTasks(document);
  const reasonAgainst = (task: string): string | undefined => {
    const part = limit === null ? partial.get(task) : `limit ${found(limit)}`;
    return part && `of a partial run (${part})`;
  };
  for (const section of ['results', 'groups']) {
    for (const [task, scores] of Object.entries(mapIn(document, section))) {
      const why = reasonAgainst(task);
      const conditions = conditionsOf(document, task);
      const samples = own(document, 'n-samples', task, 'effective') ?? own(scores, 'sample_len');
      for (const [key, value] of Object.entries(mapIn(scores))) {
        if (NO_SCORES.includes(key) || key.trim() === '' || isErrorOf(scores, key)) continue;
        // A group also stands among the tasks.
        if (section === 'groups' && Object.is(own(results, task, key), value)) continue;
        const { metric, filter } = parts(key);
        const name = `${task}.${metric}${filter === ',none' ? '' : filter}`;
        const at = pointerTo(section, task, key);
        if (why !== undefined) findings.refuse(name, why, at);
        else {
          const better = DIRECTIONS.get(own(document, 'higher_is_better', task, metric));
          const standardError = own(scores, errorKey(key));
          findings.take(name, value, at, { samples, standardError, better, conditions });
        }
      }
    }
  }
  return true;
}

/** Whether the key holds the standard error of another one beside it. */
function isErrorOf(scores: unknown, key: string): boolean {
  const { metric, filter } = parts(key);
  if (!metric.endsWith('_stderr')) return false;
  return own(scores, metric.slice(0, -'_stderr'.length) + filter) !== undefined;
}
