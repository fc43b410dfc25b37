/** How a pod is doing; `exit` is the code that its container ended with. */
export type State =
  | { readonly kind: 'ready' | 'never' }
  | { readonly kind: 'pending'; readonly message: string }
  | {
      readonly kind: 'main' | 'init';
      readonly reason: string;
      readonly exit?: number;
      readonly message?: string;
    };

export interface Step {
  /** In milliseconds from the start of the pod. */
  readonly after: number;
  readonly state: State;
}

export const STATE = 'stand-in/state';

const READY: State = { kind: 'ready' };
const NEVER: State = { kind: 'never' };

const failed = (kind: 'main' | 'init', reason = 'Error', exit?: string): State => ({
  kind,
  reason,
  ...(exit !== undefined && { exit: Number(exit) }),
});

/**
 * What a word such as `main/CrashLoopBackOff/1` asks for: `ready`, `never`,
 * `main/REASON[/EXIT]`, `init/REASON[/EXIT]`, `pending/TEXT`, `after/MS` (ready then)
 * or `ready-then/MS/REASON/EXIT`.
 */
export function stepsOf(word: string): readonly Step[] {
  const [kind = '', first = '', second, third] = word.split('/');
  switch (kind) {
    case 'ready':
      return [{ after: 0, state: READY }];
    case 'never':
      return [{ after: 0, state: NEVER }];
    case 'pending':
      return [{ after: 0, state: { kind, message: word.slice('pending/'.length) } }];
    case 'main':
    case 'init':
      return [{ after: 0, state: failed(kind, first, second) }];
    case 'after':
      return [
        { after: 0, state: NEVER },
        { after: Number(first), state: READY },
      ];
    case 'ready-then':
      return [
        { after: 0, state: READY },
        { after: Number(first), state: failed('main', second, third) },
      ];
    default:
      throw new Error(`A pod cannot be ${JSON.stringify(word)}.`);
  }
}
