import { expect } from 'chai';
import {
  compile,
  complete,
  EvaluationError,
  ExpressionError,
  typeName,
  type Expression,
} from '../../../acs/expressions/index.js';
import { ALL, dynamic } from './all-place.js';
import { EXAMPLES } from './examples.js';
import { Generator, randomNumbers } from './generator.js';
import { isOfType } from './is-of-type.js';
import { WORLD } from './world.js';

const RUNS = Number(process.env.EXPRESSION_FUZZ_RUNS ?? 2_000);
const SEED = Number(process.env.EXPRESSION_FUZZ_SEED ?? 1);
/** Beyond the limit of an evaluation itself: a machine under load. */
const MOST_MILLISECONDS = 2_000;

function compiled(text: string): Expression | null {
  try {
    return compile(text, ALL);
  } catch (error) {
    if (error instanceof ExpressionError) {
      for (const { from, to } of error.issues) {
        expect(from, text).to.be.within(0, text.length);
        expect(to, text).to.be.within(from, text.length);
      }
      return null;
    }
    throw new Error(`Compiling ${text} crashed`, { cause: error });
  }
}

/** Whether it came to a value, which must be one of the type that was promised. */
function evaluated(expression: Expression): boolean {
  const start = performance.now();
  try {
    const value = expression.evaluate(WORLD);
    if (!isOfType(value, expression.type))
      throw new Error(`${expression.text} is no ${typeName(expression.type)}`);
    return true;
  } catch (error) {
    if (!(error instanceof EvaluationError))
      throw new Error(`Evaluating ${expression.text} crashed`, { cause: error });
    expect(error.from, expression.text).to.be.within(0, expression.text.length);
    return false;
  } finally {
    expect(performance.now() - start, expression.text).to.be.below(MOST_MILLISECONDS);
  }
}

describe('Random expressions', () => {
  it('have a value of the type that was promised, or fail in one of the ways that are foreseen', function () {
    this.timeout(60_000 + RUNS * 20);
    const generator = new Generator(randomNumbers(SEED));
    let [accepted, valued] = [0, 0];
    for (let run = 0; run < RUNS; run += 1) {
      const expression = compiled(`\${${generator.expression()}}`);
      if (!expression) continue;
      accepted += 1;
      if (evaluated(expression)) valued += 1;
    }
    // What is never accepted or never comes to a value would show nothing.
    expect(accepted / RUNS, `${accepted} accepted`).to.be.above(0.3);
    expect(valued / accepted, `${valued} valued`).to.be.above(0.3);
  });

  it('that are damaged somewhere are refused or evaluated, and completed, without a crash', function () {
    this.timeout(60_000 + RUNS * 20);
    const random = randomNumbers(SEED + 1);
    const below = (limit: number): number => Math.floor(random() * limit);
    const texts = EXAMPLES.map(([text]) => `a\${${text}}`);
    for (let run = 0; run < RUNS; run += 1) {
      const text = texts[below(texts.length)] ?? '';
      const at = below(text.length);
      const part = texts[below(texts.length)] ?? '';
      const inserted = part.slice(below(part.length)).slice(0, below(6));
      const damaged = text.slice(0, at) + inserted + text.slice(at + below(4));
      const expression = compiled(damaged);
      if (expression) evaluated(expression);
      complete(damaged, below(damaged.length + 1), ALL, WORLD);
    }
  });

  it('are the same after they were compiled before', () => {
    const [text] = EXAMPLES[5] ?? [''];
    expect(dynamic(text)).to.equal(dynamic(text));
  });
});
