/** More than any answer that we ask for: a file of 1 MiB, as JSON in base64. */
const LONGEST = 4 * 2 ** 20;

/** What came back is no answer of GitHub's; asking again would not help. */
export class Unusable extends Error {
  override readonly name = 'Unusable';
}

/**
 * A `fetch` that has the whole body before it says that there is an answer, so that one that was cut
 * short is a failure like any other; that bounds it; and that takes no answer from elsewhere.
 */
export function wholeAnswers(fetch: typeof globalThis.fetch, apiUrl: string): typeof fetch {
  const { origin } = new URL(apiUrl);
  return async (url, options) => {
    const response = await fetch(url, options);
    if (response.redirected && new URL(response.url).origin !== origin) {
      await response.body?.cancel();
      throw new Unusable(`it leads on to ${new URL(response.url).host}`);
    }
    const body = await bounded(response);
    const { status } = response;
    return new Response(body.length > 0 ? body : null, { status, headers: [...response.headers] });
  };
}

async function bounded(response: Response): Promise<Buffer<ArrayBuffer>> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of response.body ?? []) {
    chunks.push(chunk);
    bytes += chunk.length;
    if (bytes > LONGEST) throw new Unusable(`its answer goes on after ${LONGEST} bytes`);
  }
  return Buffer.concat(chunks);
}
