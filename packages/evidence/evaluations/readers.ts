import { readByGroup } from './by-group.ts';
import { readClassificationReport } from './classification-report.ts';
import { readDeepEval } from './deepeval.ts';
import { readDvcDiff, readDvcShow } from './dvc-output.ts';
import { readEvalResults } from './eval-results.ts';
import { readEvidently } from './evidently.ts';
import type { Findings } from './findings.ts';
import { readHelm } from './helm.ts';
import { readInspect } from './inspect.ts';
import { readLineage } from './lineage.ts';
import { readLmEval } from './lm-eval.ts';
import { readMlflow } from './mlflow.ts';
import { readModelIndex } from './model-index.ts';
import { readNested } from './nested.ts';
import { readPromptfoo } from './promptfoo.ts';
import { readTrainerState } from './trainer-state.ts';
import { readTransformers } from './transformers.ts';
import { readVllm } from './vllm.ts';

/** Knows its shape by its keys; says whether it was that, after it took down what stands there. */
type Reader = (document: unknown, findings: Findings) => boolean;

/** In order: those that demand most come first, and the last one takes any map. */
export const READERS: readonly Reader[] = [
  readLmEval,
  readPromptfoo,
  readModelIndex,
  readEvalResults,
  readHelm,
  readInspect,
  readDeepEval,
  readEvidently,
  readTrainerState,
  readVllm,
  readByGroup,
  readClassificationReport,
  readDvcShow,
  readDvcDiff,
  readLineage,
  readTransformers,
  readMlflow,
  readNested,
];
