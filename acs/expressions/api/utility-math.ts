import { EvaluationError } from '../errors.js';
import { fit } from '../numbers.js';
import { membersOf, type Member } from './member.js';
import { roundAway } from './simple.js';

const math = membersOf<unknown>('MathUtility');

/** Functions of one Double whose names JavaScript shares. */
const PLAIN: readonly (readonly [string, string, (x: number) => number])[] = [
  ['acos', 'Arc cosine, in radians', Math.acos],
  ['asin', 'Arc sine, in radians', Math.asin],
  ['atan', 'Arc tangent, in radians', Math.atan],
  ['cbrt', 'Cube root', Math.cbrt],
  ['ceil', 'The next whole number above', Math.ceil],
  ['cos', 'Cosine of radians', Math.cos],
  ['cosh', 'Hyperbolic cosine', Math.cosh],
  ['exp', 'E to the power of x', Math.exp],
  ['expm1', 'E to the power of x, less 1', Math.expm1],
  ['floor', 'The next whole number below', Math.floor],
  ['log', 'Natural logarithm', Math.log],
  ['log10', 'Logarithm to base 10', Math.log10],
  ['log1p', 'Natural logarithm of 1 + x', Math.log1p],
  ['rint', 'The nearest whole number, halves to the even one', rint],
  ['signum', '-1, 0 or 1', Math.sign],
  ['sin', 'Sine of radians', Math.sin],
  ['sinh', 'Hyperbolic sine', Math.sinh],
  ['sqrt', 'Square root', Math.sqrt],
  ['tan', 'Tangent of radians', Math.tan],
  ['tanh', 'Hyperbolic tangent', Math.tanh],
  ['toDegrees', 'Radians as degrees', (x) => (x * 180) / Math.PI],
  ['toRadians', 'Degrees as radians', (x) => (x * Math.PI) / 180],
  ['ulp', 'Distance to the next Double', ulp],
];

function rint(x: number): number {
  const rounded = Math.round(x);
  return Math.abs(x % 1) === 0.5 && rounded % 2 !== 0 ? rounded - 1 : rounded;
}

function ulp(x: number): number {
  if (!Number.isFinite(x)) return Math.abs(x);
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, Math.abs(x));
  view.setBigUint64(0, view.getBigUint64(0) + 1n);
  const next = view.getFloat64(0);
  return Number.isFinite(next) ? next - Math.abs(x) : 2 ** 971;
}

/** By IEEE 754: what is left of x after the nearest multiple of y. */
function ieeeRemainder(x: number, y: number): number {
  if (!Number.isFinite(x) || y === 0 || Number.isNaN(y)) return NaN;
  if (!Number.isFinite(y)) return x;
  const rest = x % y;
  const half = Math.abs(y) / 2;
  if (Math.abs(rest) < half) return rest;
  const other = rest - Math.sign(rest) * Math.abs(y);
  if (Math.abs(rest) > half) return other;
  return Math.trunc(x / y) % 2 === 0 ? rest : other;
}

/** Mathematics (expressions.md §5). */
export const MATH_UTILITY: readonly Member[] = [
  math('E: Double', 'Base of natural logarithms', () => Math.E),
  math('Pi: Double', 'Circumference of a circle by its diameter', () => Math.PI),
  ...PLAIN.map(([name, documentation, compute]) =>
    math(`${name}(x: Double): Double`, documentation, (_self, _run, x: number) => compute(x)),
  ),
  math('abs(x: N): N', 'Without its sign', (_self, run, x: number | bigint) =>
    fit(x < 0 ? -x : x, run.type.kind),
  ),
  math('max(a: N, b: N): N', 'The larger one', (_self, _run, a: number | bigint, b: number | bigint) =>
    a >= b || Number.isNaN(a) ? a : b,
  ),
  math('min(a: N, b: N): N', 'The smaller one', (_self, _run, a: number | bigint, b: number | bigint) =>
    a <= b || Number.isNaN(a) ? a : b,
  ),
  math(
    'atan2(y: Double, x: Double): Double',
    'Angle of a point, in radians',
    (_self, _run, y: number, x: number) => Math.atan2(y, x),
  ),
  math(
    'hypot(x: Double, y: Double): Double',
    'Length of the hypotenuse',
    (_self, _run, x: number, y: number) => Math.hypot(x, y),
  ),
  math(
    'IEEEremainder(x: Double, y: Double): Double',
    'What is left after the nearest multiple',
    (_self, _run, x: number, y: number) => ieeeRemainder(x, y),
  ),
  math(
    'pow(x: Double, y: Double): Double',
    'x to the power of y',
    (_self, _run, x: number, y: number) => x ** y,
  ),
  math('random: Double', 'A random number from 0 up to 1', (_self, run) => run.random(), { random: true }),
  math(
    'random(below: Int): Int',
    'A random whole number from 0 up to below a limit',
    (_self, run, below: number) => {
      if (below <= 0) throw new EvaluationError('argument', 'The limit of a random number must be positive');
      return Math.floor(run.random() * below);
    },
    { random: true },
  ),
  math('round(x: Double): Long', 'The nearest whole number, half away from zero', (_self, _run, x: number) =>
    roundAway(x),
  ),
];
