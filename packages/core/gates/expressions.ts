import type { Tree } from './cel.ts';
import { functionOf } from './functions.ts';
import type { Arithmetic, Expression } from './gate.ts';
import { numberOf } from './literal.ts';
import { meaningOf } from './meaning.ts';
import { type Mistake, ONE_COMPARISON } from './mistake.ts';
import { Names } from './names.ts';
import { pathOf } from './path.ts';
import { refusedOperator } from './refused.ts';

/** Reads both sides of one gate; goes on after a mistake, so that all of them are told. */
export class Expressions {
  readonly mistakes: Mistake[] = [];
  readonly candidate = new Names();
  readonly champion = new Names();
  /** How often a metric of the candidate was named. */
  mentions = 0;
  readonly #text: string;
  /** What `champion` alone stands for. */
  #own: Names | undefined;

  constructor(text: string) {
    this.#text = text;
  }

  left(tree: Tree): Expression | undefined {
    return this.#read(tree);
  }

  /** After the left one: `champion` alone has the name that stands there. */
  right(tree: Tree): Expression | undefined {
    this.#own = new Names();
    for (const name of this.candidate.all) this.#own.of(name);
    return this.#read(tree);
  }

  refuse(mistake: Mistake): undefined {
    this.mistakes.push(mistake);
  }

  #read(tree: Tree): Expression | undefined {
    switch (tree.op) {
      case 'value':
        return this.#value(tree);
      case 'id':
      case '.':
      case '[]':
        return this.#named(tree);
      case '-_': {
        const of = this.#read(tree.args);
        return of && { kind: 'negative', of };
      }
      case '+':
      case '-':
      case '*':
      case '/':
        return this.#arithmetic(tree.op, tree.args);
      case 'call':
        return this.#call(tree);
      default:
        return this.refuse(
          refusedOperator(tree, this.#text) ?? {
            at: tree.start,
            message: 'Found what no side of a gate may hold.',
            hint: ONE_COMPARISON,
          },
        );
    }
  }

  #arithmetic(operator: Arithmetic, sides: readonly [Tree, Tree]): Expression | undefined {
    const left = this.#read(sides[0]);
    const right = this.#read(sides[1]);
    return left && right && { kind: 'arithmetic', operator, left, right };
  }

  #named(tree: Extract<Tree, { op: 'id' | '.' | '[]' }>): Expression | undefined {
    const path = pathOf(tree);
    if ('message' in path) return this.refuse(path);
    const meaning = meaningOf(path);
    if ('message' in meaning) return this.refuse({ at: tree.start, ...meaning });
    if (meaning.of === 'candidate') {
      this.mentions++;
      return { kind: 'metric', of: 'candidate', name: this.candidate.of(meaning.name) };
    }
    if (this.#own === undefined) {
      return this.refuse({
        at: tree.start,
        message: '`champion` is what the candidate is held against, and stands on the right.',
        hint: 'Put what is judged on the left, as `accuracy >= champion - 0.01`.',
      });
    }
    const name = meaning.name ?? this.#own.only;
    if (name !== undefined) return { kind: 'metric', of: 'champion', name: this.champion.of(name) };
    // A left side without a name is refused for that.
    if (this.#own.all.length === 0) return undefined;
    return this.refuse({
      at: tree.start,
      message: '`champion` alone is the metric on the left, but there are several.',
      hint: 'Say which one is meant, as `champion["accuracy"]`.',
    });
  }

  #value(tree: Extract<Tree, { op: 'value' }>): Expression | undefined {
    const value = numberOf(tree, this.#text);
    return typeof value === 'number' ? { kind: 'number', value } : this.refuse(value);
  }

  #call(tree: Extract<Tree, { op: 'call' }>): Expression | undefined {
    const name = functionOf(tree);
    if (typeof name !== 'string') return this.refuse(name);
    const values = tree.args[1].map((value) => this.#read(value));
    const whole = values.filter((value) => value !== undefined);
    return whole.length === values.length ? { kind: 'call', name, values: whole } : undefined;
  }
}
