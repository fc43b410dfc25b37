import { found } from '@passmuster/core/quote.ts';
import { isMap } from '@passmuster/core/shape/map.ts';
import { numberIn, own, textIn } from './fields.ts';
import type { Findings } from './findings.ts';
import { pointerTo } from './pointer.ts';

const LOAD = ['num_prompts', 'request_rate', 'max_concurrency', 'burstiness'];
const OF_REQUESTS = /_(?:ttft|tpot|e2el)_ms$/;

/** Latencies compare only under the same load. */
function loadOf(document: unknown): string {
  const known = LOAD.map((key) => [key, own(document, key)] as const);
  return known
    .filter(([, value]) => value !== undefined && typeof value !== 'object')
    .map(([key, value]) => `${key}=${String(value)}`)
    .join(' ');
}

/** What the serving benchmark of vLLM saves: flat, with the load it was run under. */
export function readVllm(document: unknown, findings: Findings): boolean {
  if (!isMap(document) || own(document, 'request_throughput') === undefined) return false;
  if (own(document, 'completed') === undefined) return false;
  const tool = textIn(document, 'endpoint_type') ?? textIn(document, 'backend');
  const conditions = { task: loadOf(document), ...(tool !== undefined && { tool }) };
  const completed = own(document, 'completed');
  for (const [metric, value] of Object.entries(document)) {
    // Without a limit it is the text "inf".
    if (metric === 'request_rate') continue;
    const samples = OF_REQUESTS.test(metric) ? completed : undefined;
    findings.take(metric, value, pointerTo(metric), { samples, conditions });
  }
  const failed = numberIn(document, 'failed') ?? 0;
  if (failed !== 0) {
    findings.remark(`Requests that failed (${found(failed)}) are in no latency and no throughput.`);
  }
  return true;
}
