import { InputError } from '@passmuster/core/errors.ts';
import { quotable } from '@passmuster/core/quote.ts';

export interface Origin {
  readonly source: string;
  readonly runId: string;
  readonly modelId: string;
}

const LONGEST = 500;
const RUN = /^runs:\/+([0-9a-f]{32})(?:\/|$)/;
const PROXIED_RUN = /^mlflow-artifacts:\/+[0-9]+\/([0-9a-f]{32})\/artifacts(?:\/|$)/;
const LOGGED = /^models:\/+(m-[0-9a-f]{32})$/;
const PROXIED_LOGGED = /^mlflow-artifacts:\/+[0-9]+\/models\/(m-[0-9a-f]{32})\/artifacts(?:\/|$)/;

/** As clouds sign addresses that anybody may then use. */
const SIGNED =
  /[?&](?:x-amz-|x-goog-|awsaccesskeyid|signature=|sig=|token=|access_token=|key=|password=)/i;

function refuse(source: string, hint: string): never {
  const message = `\`source\` is "${quotable(source)}", which no registry could find again.`;
  throw new InputError([{ message, hint }]);
}

/** Where the files are, with the run or logged model that MLflow wants named beside such a source. */
export function originOf(source: string, runId: string | undefined): Origin {
  if (!/^[a-z][a-z0-9+.-]*:\/?[^\s]*$/i.test(source)) {
    refuse(source, 'Write an address with a scheme, such as s3://bucket/folder.');
  }
  if (source.length > LONGEST) refuse(source.slice(0, 60), `It is longer than ${LONGEST}.`);
  if (/:\/\/[^/]*@/.test(source)) refuse(source, 'Take user and password out of it.');
  if (SIGNED.test(source)) {
    throw new InputError([
      {
        message:
          '`source` is an address with a signature or a token in it, which would stand on record for everybody to read.',
        hint: 'Give the address without its query; who loads the model signs for himself.',
      },
    ]);
  }
  const named = (RUN.exec(source) ?? PROXIED_RUN.exec(source))?.[1];
  if (named && runId && named !== runId) {
    throw new InputError([
      {
        message: `\`source\` lies in run ${named}, but \`run-id\` is ${quotable(runId)}.`,
        hint: 'Leave `run-id` out: the source says it.',
      },
    ]);
  }
  const modelId = (LOGGED.exec(source) ?? PROXIED_LOGGED.exec(source))?.[1] ?? '';
  return { source, runId: runId ?? named ?? '', modelId };
}
