import { words, wordsIn } from './metric-words.ts';

const HIGHER = words(
  'acc accuracy f1 auc auroc auprc ap map precision recall specificity sensitivity bleu rouge rouge1 ' +
    'rouge2 rougel meteor chrf bertscore ndcg mrr r2 kappa mcc iou dice em match pass throughput ' +
    'faithfulness relevancy relevance groundedness correctness coherence fluency helpfulness goodput',
);

const LOWER = words(
  'loss perplexity ppl latency error errors err rmse mse mae mape rmsle wer cer ter eer fpr fnr ece ' +
    'brier toxicity hallucination hallucinations ttft tpot itl e2el failed failures regret nll',
);

/** These say something about a value, or about the training, and not how good the model is. */
const NEITHER = words(
  'stderr std stddev var variance count counts num n samples size step steps epoch epochs train ' +
    'training runtime lr seed min max total',
);

/** What is better, where the name of a metric tells; nothing where its words disagree. */
export function directionOf(metric: string): 'higher' | 'lower' | undefined {
  const parts = wordsIn(metric);
  const has = (known: ReadonlySet<string>) => parts.some((part) => known.has(part));
  if (has(NEITHER) || has(HIGHER) === has(LOWER)) return undefined;
  return has(HIGHER) ? 'higher' : 'lower';
}
