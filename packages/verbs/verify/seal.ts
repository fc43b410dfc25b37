import { InputError, type Problem } from '@passmuster/core/errors.ts';
import { rootDigest } from '@passmuster/core/manifest/root.ts';
import type { Findings, SealCheck } from './findings.ts';
import type { Inputs, Ports } from './ports.ts';

/** A version of a model, as the inputs ask for it. */
interface Asked {
  readonly model: string;
  readonly version: string;
}

/** Which version the files must be, if the inputs name one. */
export function askedVersion({ model, version, registry, write }: Inputs): Asked | undefined {
  const problems: Problem[] = [];
  if (model === undefined && version !== undefined) {
    problems.push({
      message: '`version` is given without `model`, so nothing says what it is a version of.',
      hint: 'Give `model`; what the file VERSION must hold is `expect-version`.',
    });
  }
  if (model !== undefined && version === undefined) {
    problems.push({ message: '`model` is given without `version`.', hint: 'Give `version`.' });
  }
  if (model === undefined && registry !== undefined && version === undefined) {
    problems.push({
      message: '`registry` is given, but no `model` and no `version` to look for there.',
    });
  }
  if (model !== undefined && write) {
    problems.push({
      message: '`write` and `model` are both given: one makes a manifest, the other judges files.',
      hint: 'Leave one out; `register` is what seals a version.',
    });
  }
  if (problems.length > 0) throw new InputError(problems);
  return model === undefined || version === undefined ? undefined : { model, version };
}

/** What was sealed for the version; everything of the registry is loaded only here. */
async function sealed({ model, version }: Asked, { openRegistry, ...ports }: Ports) {
  const [
    { DEFAULT_LEASE, openLedger },
    { remembering },
    { askedFor, sealedAs, sealOf },
    { resolveSelector },
  ] = await Promise.all([
    import('@passmuster/core/ledger/open.ts'),
    import('@passmuster/core/ledger/remember.ts'),
    import('@passmuster/core/versions/sealed.ts'),
    import('@passmuster/core/versions/resolve.ts'),
  ]);
  const registry = await openRegistry(undefined);
  try {
    const { signal } = ports;
    const ledger = remembering(openLedger({ ...ports, registry, model, lease: DEFAULT_LEASE }));
    const meaning = askedFor(ledger, signal);
    const looked = { registry, model, sealedAs: sealedAs(meaning), call: { signal } };
    const found = await resolveSelector(looked, version);
    const seal = await sealOf(meaning, found);
    return { number: found.number, seal };
  } finally {
    await registry.close();
  }
}

/** Holds the files that were found against what `register` sealed. */
export async function againstSeal(
  asked: Asked,
  findings: Findings,
  ports: Ports,
): Promise<Findings> {
  const { number, seal } = await sealed(asked, ports);
  const base = { model: asked.model, version: seal?.identifier ?? asked.version, number };
  const check = ((): SealCheck => {
    if (seal === undefined)
      return {
        ...base,
        matches: false,
        reason: 'is not sealed under the name that its tags give it',
      };
    const { digest } = seal;
    if (digest === undefined) {
      return {
        ...base,
        matches: false,
        reason: 'was sealed without its files (`register` had no `path`)',
      };
    }
    return { ...base, digest, matches: digest === rootDigest(findings.same) };
  })();
  return { ...findings, seal: check };
}
