import { LONGEST_GATE } from '../../gates/gate.ts';
import { either } from '../../shape/either.ts';
import { list } from '../../shape/list.ts';
import { record } from '../../shape/record.ts';
import { text } from '../../shape/text.ts';
import { NOT_BLANK, VISIBLE } from './names.ts';

const line = text({
  description: 'One comparison with a metric on its left.',
  examples: ['perplexity <= 12.5', 'mmlu_accuracy >= champion - 0.01'],
  minLength: 1,
  maxLength: LONGEST_GATE,
  patterns: [VISIBLE, NOT_BLANK],
});

const WARNING = { warn: 'latency_p95_ms <= champion * 1.10' };

const warning = record(
  { warn: line },
  { description: 'A gate that only warns when it does not pass.', examples: [WARNING] },
);

const gate = either([line, warning], {
  description: 'A gate: one line, or `warn:` and a line for one that only warns.',
  examples: ['perplexity <= 12.5', WARNING],
});

/** A list of gates; the description says whom they judge. */
export const gates = (description: string) =>
  list(gate, { description, examples: [['perplexity <= 12.5', WARNING]] });
