import { globProblem } from '../../globs.ts';
import { oneOf } from '../../shape/choice.ts';
import { defaulted, optional } from '../../shape/keys.ts';
import { list } from '../../shape/list.ts';
import { map } from '../../shape/map.ts';
import { record } from '../../shape/record.ts';
import { text } from '../../shape/text.ts';
import { SCHEMES } from '../../versions/identifier.ts';
import { MODEL_DEFAULTS } from '../defaults.ts';
import { gates } from './gate.ts';
import { disguise, NOT_BLANK, TRIMMED, VISIBLE } from './names.ts';

const name = text({
  description: 'The name of a model, as the registry has it.',
  examples: ['gpt-custom'],
  minLength: 1,
  maxLength: 256,
  patterns: [VISIBLE, TRIMMED],
  refuse: disguise,
});

const BELOW_THE_ROOT = {
  regex: /^(?!\/|[A-Za-z]:)(?!(?:.*\/)?\.\.(?:\/|$))[^\\]*$/u,
  says: 'a path below the root of the repository, with `/` between names and without `..`',
};

const evaluation = text({
  description: 'A glob of files with metrics, relative to the root of the repository.',
  examples: ['eval/results_*.json'],
  minLength: 1,
  maxLength: 1000,
  patterns: [VISIBLE, NOT_BLANK, BELOW_THE_ROOT],
  refuse: (pattern) => {
    const problem = globProblem(pattern);
    return problem && `is no pattern: it ${problem}`;
  },
});

const versioning = oneOf(SCHEMES, {
  description:
    'How its versions are named: `v1.2.0`, the commit as `abc123f`, or the time as `2024-11-05-14-30-00`.',
});

const evidence = oneOf(['bound', 'unbound'], {
  description:
    'What evidence `promote` takes: `bound` is only what provably speaks of the version, `unbound` is any.',
});

const bind = oneOf(['digest', 'name'], {
  description:
    'What an evaluation file must name to speak of a version: its root digest, or with `name` at least the model and its number.',
});

const comparable = oneOf(['required'], {
  description:
    'With `required`, gates on the champion do not pass unless both values are proven to be comparable.',
  examples: ['required'],
});

const model = record(
  {
    gates: defaulted(
      gates('What every version of this model must pass, in every environment.'),
      [],
    ),
    evaluations: defaulted(
      list(evaluation, {
        description: 'Files with metrics, read beside the metrics of the run.',
        examples: [['eval/results_*.json']],
      }),
      [],
    ),
    versioning: defaulted(versioning, MODEL_DEFAULTS.versioning),
    evidence: defaulted(evidence, MODEL_DEFAULTS.evidence),
    bind: defaulted(bind, MODEL_DEFAULTS.bind),
    comparable: optional(comparable),
  },
  { description: 'What is decided for one model.', examples: [{ gates: ['perplexity <= 12.5'] }] },
);

export const models = map(name, model, {
  description: 'What is decided for each model, by its name in the registry.',
  examples: [{ 'gpt-custom': { gates: ['perplexity <= 12.5'] } }],
});
