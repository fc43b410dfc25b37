import { runAction } from '@passmuster/action-kit/runner/action.ts';
import { diskFiles } from '@passmuster/evidence/files/index.ts';
import { verify } from '@passmuster/verbs/verify/run.ts';
import { spec } from '@passmuster/verbs/verify/spec.ts';

await runAction(spec, verify, () => ({ files: diskFiles() }));
