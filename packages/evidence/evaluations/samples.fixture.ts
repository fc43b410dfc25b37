import { CSV, EVAL_RESULTS, JSONL, JUNIT, MODEL_CARD, NESTED_YAML } from './texts.fixture.ts';

/** One file of each kind, with invented numbers, written after the shapes that the tools document. */
export const LM_EVAL = {
  results: {
    mmlu: { alias: 'mmlu', 'acc,none': 0.612, 'acc_stderr,none': 0.004 },
    gsm8k: {
      alias: 'gsm8k',
      'exact_match,strict-match': 0.41,
      'exact_match_stderr,strict-match': 'N/A',
      'exact_match,flexible-extract': 0.44,
      'exact_match_stderr,flexible-extract': 0.0137,
    },
    wikitext: { 'word_perplexity,none': 11.25, 'word_perplexity_stderr,none': 'N/A' },
    blank: { ' ': ' ', alias: 'blank' },
  },
  groups: { mmlu: { alias: 'mmlu', 'acc,none': 0.612, 'acc_stderr,none': 0.004 } },
  configs: { mmlu: { task: 'mmlu' } },
  versions: { mmlu: 2, gsm8k: 3.0, wikitext: 2 },
  'n-shot': { mmlu: 5, gsm8k: 5, wikitext: 0 },
  higher_is_better: { mmlu: { acc: true }, wikitext: { word_perplexity: false } },
  'n-samples': { mmlu: { original: 14042, effective: 14042 } },
  config: { model: 'hf', limit: null },
  task_hashes: { gsm8k: 'b3f1' },
  chat_template_sha: 'c0ffee',
  system_instruction_sha: null,
  lm_eval_version: '0.4.9',
};

export const PROMPTFOO = {
  evalId: 'eval-1',
  results: {
    version: 3,
    stats: { successes: 2, failures: 1, errors: 1 },
    results: [
      {
        success: true,
        score: 1,
        provider: { id: 'a' },
        latencyMs: 100,
        cost: 0.25,
        namedScores: { Tone: 1 },
      },
      {
        success: true,
        score: 0.5,
        provider: { id: 'a' },
        latencyMs: 300,
        cost: 0.75,
        namedScores: { Tone: 0.5 },
      },
      {
        success: false,
        score: 0,
        provider: { id: 'a' },
        latencyMs: 200,
        cost: 0.5,
        namedScores: {},
      },
      { success: false, score: 0, provider: { id: 'a' }, error: 'timeout', namedScores: {} },
    ],
  },
};

export const TRAINER_STATE = {
  best_metric: 0.3,
  best_model_checkpoint: 'out/checkpoint-500',
  epoch: 3,
  global_step: 1500,
  log_history: [
    { epoch: 1, step: 500, eval_loss: 0.3, eval_accuracy: 0.9 },
    { epoch: 2, step: 1000, eval_loss: 0.4, eval_accuracy: 0.88 },
    { epoch: 3, step: 1500, loss: 0.1, learning_rate: 0.00001 },
  ],
};

export const TRANSFORMERS = {
  epoch: 3,
  eval_accuracy: 0.91,
  eval_loss: 0.31,
  eval_runtime: 12.5,
  eval_samples: 872,
  train_loss: 0.12,
  train_samples: 67349,
};

export const VLLM = {
  date: '20260131-120000',
  endpoint_type: 'openai-chat',
  model_id: 'gpt-custom',
  num_prompts: 200,
  request_rate: 'inf',
  max_concurrency: null,
  completed: 198,
  failed: 2,
  request_throughput: 14.2,
  mean_ttft_ms: 41.5,
  p99_itl_ms: 80.25,
  ttfts: [0.04, 0.05],
};

export const CLASSIFICATION = {
  cat: { precision: 0.8, recall: 0.75, 'f1-score': 0.774, support: 40.0 },
  dog: { precision: 0.9, recall: 0.92, 'f1-score': 0.91, support: 60.0 },
  accuracy: 0.852,
  'macro avg': { precision: 0.85, recall: 0.835, 'f1-score': 0.842, support: 100.0 },
  'weighted avg': { precision: 0.86, recall: 0.852, 'f1-score': 0.8556, support: 100.0 },
};

export const BY_GROUP = {
  overall: { accuracy: 0.9, recall: 0.8 },
  by_group: {
    accuracy: { 'F,young': 0.91, 'M,old': 0.88 },
    recall: { 'F,young': 0.81, 'M,old': 0.7 },
  },
  difference: { accuracy: 0.03 },
  ratio: { accuracy: 0.967 },
  counts: { 'F,young': 120, 'M,old': 80 },
};

export const DVC_SHOW = {
  '': {
    data: {
      'eval/metrics.json': { data: { accuracy: 0.93, loss: { test: 0.2 } } },
      'broken.json': { error: { type: 'YAMLFileCorruptedError' } },
    },
  },
  main: { data: { 'eval/metrics.json': { data: { accuracy: 0.91 } } } },
};

export const DVC_DIFF = {
  'eval/metrics.json': {
    'loss.test': { old: 0.25, new: 0.2, diff: -0.05 },
    gone: { old: 1, new: null },
  },
};

export const MLFLOW = { accuracy_score: 0.875, 'toxicity/v1/mean': 0.01, example_count: 640 };

export const LINEAGE = {
  model: 'gpt-custom',
  version: 'v1.2.0',
  training: { epochs: 3 },
  evaluation: {
    metrics: { perplexity: 11.8 },
    benchmarks: [
      { name: 'mmlu', score: 0.61, stderr: 0.004, samples: 14042, dataset: 'cais/mmlu' },
      { benchmark: 'truthfulqa', metrics: { mc1: 0.31, mc2: 0.47 } },
      { score: 0.5 },
    ],
  },
};

export const HELM = [
  { name: { name: 'exact_match', split: 'test' }, count: 1, sum: 0.61, mean: 0.61, stddev: 0 },
  {
    name: { name: 'exact_match', split: 'test', perturbation: { name: 'typos' } },
    count: 1,
    mean: 0.52,
  },
  { name: { name: 'exact_match', split: 'valid', sub_split: 'easy' }, count: 1, mean: 0.7 },
  {
    name: { name: 'exact_match', split: 'test', perturbation: { robust: true } },
    count: 1,
    mean: 0.4,
  },
  { name: { name: 'f1_score', split: 'test' }, count: 0 },
];

export const INSPECT = {
  version: 2,
  status: 'success',
  eval: { task: 'math', model: 'openai/gpt-custom', dataset: { name: 'gsm8k' } },
  results: {
    total_samples: 100,
    completed_samples: 100,
    scores: [
      {
        name: 'match',
        scorer: 'match',
        scored_samples: 98,
        unscored_samples: 2,
        metrics: {
          accuracy: { name: 'accuracy', value: 0.75 },
          stderr: { name: 'stderr', value: 0.04 },
        },
      },
    ],
  },
  invalidated: false,
};

export const DEEPEVAL = {
  testRunData: {
    testFile: 'test_rag.py',
    testCases: [{ name: 'a', success: true }],
    metricsScores: [{ metric: 'Faithfulness', scores: [1, 0.5], passes: 1, fails: 1, errors: 2 }],
    testPassed: 1,
    testFailed: 3,
  },
  testRunLink: null,
};

export const EVIDENTLY = {
  metrics: [
    { id: '1', metric_name: 'RowCount()', config: {}, value: 120 },
    { id: '2', metric_name: 'MissingValueCount(column=age)', value: { count: 6, share: 0.05 } },
    { id: '3', metric_name: 'Drift()', value: 'high' },
  ],
  tests: [{ id: '4', name: 'rows', status: 'SUCCESS' }],
};

const asJson = [
  LM_EVAL,
  PROMPTFOO,
  TRAINER_STATE,
  TRANSFORMERS,
  VLLM,
  CLASSIFICATION,
  BY_GROUP,
  DVC_SHOW,
  DVC_DIFF,
  MLFLOW,
  LINEAGE,
  HELM,
  INSPECT,
  DEEPEVAL,
  EVIDENTLY,
].map((value) => JSON.stringify(value, undefined, 1));

/** All of them as text, with a name that fits. */
export const SAMPLES: readonly (readonly [path: string, text: string])[] = [
  ...asJson.map((text) => ['results.json', text] as const),
  ['README.md', MODEL_CARD],
  ['.eval_results/gpqa.yaml', EVAL_RESULTS],
  ['junit.xml', JUNIT],
  ['scores.csv', CSV],
  ['scores.jsonl', JSONL],
  ['metrics.yaml', NESTED_YAML],
];
