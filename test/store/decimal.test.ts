import { expect } from 'chai';
import { Decimal128, Double, Int32 } from 'bson';
import { arithmetic } from '../../store/embedded/bson/numbers.js';
import { rawOf } from '../../store/embedded/bson/writer.js';

describe('arithmetic of the embedded store with Decimal128', () => {
  const result = (operator: '+' | '*', a: unknown, b: unknown): string => {
    const sum = arithmetic(operator, rawOf(a), rawOf(b));
    return sum ? new Decimal128(sum.buf.subarray(sum.at, sum.at + 16)).toString() : '';
  };
  const decimal = (text: string): Decimal128 => Decimal128.fromString(text);

  it('takes a double with 15 significant digits', () => {
    expect(result('+', decimal('1'), new Double(0.1))).to.equal('1.100000000000000');
    expect(result('*', decimal('1'), new Double(1 / 3))).to.equal('0.333333333333333');
  });

  it('takes the double 0, which has no significant digit, as an exact 0', () => {
    expect(result('+', decimal('0.125'), new Double(0))).to.equal('0.125');
    expect(result('+', decimal('1E+3'), new Double(0))).to.equal('1000');
    expect(result('*', decimal('0.125'), new Double(0))).to.equal('0.000');
  });

  it('keeps the digits of both when both are exact', () => {
    expect(result('+', decimal('1.10'), decimal('2.205'))).to.equal('3.305');
    expect(result('+', decimal('1.10'), new Int32(2))).to.equal('3.10');
  });
});
