import type { IncomingMessage } from 'node:http';
import { Refusal } from '../refusal.ts';

const tooLarge = (most: number): Refusal =>
  new Refusal(
    'INVALID_PARAMETER_VALUE',
    `The request is too large: the embedded registry of passmuster takes at most ${most / 1024 / 1024} MiB ` +
      'at once; larger files belong into an artifact store.',
    413,
  );

/** The whole of a body. What is too much is read to its end and forgotten, so that the answer is heard. */
export async function bodyOf(request: IncomingMessage, most: number): Promise<Buffer> {
  const announced = Number(request.headers['content-length'] ?? 0);
  const chunks: Buffer[] = [];
  let size = 0;
  if (announced <= most) {
    for await (const chunk of request as AsyncIterable<Buffer>) {
      size += chunk.length;
      if (size > most) break;
      chunks.push(chunk);
    }
  }
  if (announced > most || size > most) {
    request.resume();
    throw tooLarge(most);
  }
  return Buffer.concat(chunks);
}
