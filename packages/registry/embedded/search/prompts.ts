import { INDEXED_START } from '../store/schema.ts';
import type { Condition } from './conditions.ts';
import { tagKey } from './entities.ts';
import type { Sql } from './sql.ts';

const IS_PROMPT = 'mlflow.prompt.is_prompt';

const isAboutPrompts = (condition: Condition): boolean =>
  /^tags?$/.test(condition.entity) && tagKey(condition) === IS_PROMPT;

function asksForPrompts({ comparator, operand }: Condition): boolean {
  const value = operand.kind === 'text' ? operand.value.toLowerCase() : '';
  return (comparator === '=' && value === 'true') || (comparator === '!=' && value === 'false');
}

export interface Prompts {
  /** Without the one about prompts, where it only says that there should be none. */
  readonly conditions: readonly Condition[];
  readonly wanted: boolean;
}

/**
 * MLflow keeps prompts where it keeps models, and leaves them out of every search that does not
 * ask for them; its clients add `!= 'true'`, which holds for what has no such tag as well.
 */
export function promptsIn(conditions: readonly Condition[]): Prompts {
  const about = conditions.find(isAboutPrompts);
  if (about && asksForPrompts(about)) return { conditions, wanted: true };
  return { conditions: conditions.filter((one) => !isAboutPrompts(one)), wanted: false };
}

/** What is no prompt, by a tag of the model itself or of any of its versions. */
export const noPrompt = (table: 'model_tags' | 'version_tags', model: string): Sql => ({
  text:
    `${model} NOT IN (SELECT p.model FROM ${table} p WHERE p.key = '${IS_PROMPT}' ` +
    `AND substr(p.value, 1, ${INDEXED_START}) = 'true' AND p.value = 'true')`,
  values: [],
});
