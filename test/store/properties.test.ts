import { expect } from 'chai';
import {
  Binary,
  Decimal128,
  Double,
  Int32,
  Long,
  ObjectId,
  serialize,
  deserialize,
  type Document,
} from 'bson';
import fc from 'fast-check';
import { compareRaw } from '../../store/embedded/bson/compare.js';
import { encodeKey } from '../../store/embedded/bson/keys.js';
import { T, validateDocument, type Raw } from '../../store/embedded/bson/raw.js';
import { rawOf } from '../../store/embedded/bson/writer.js';
import { Update } from '../../store/embedded/update/update.js';

const number = fc.oneof(
  fc.integer({ min: -5, max: 5 }).map((n) => new Int32(n)),
  fc.integer().map((n) => new Int32(n)),
  fc.double().map((n) => new Double(n)),
  fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }).map((n) => Long.fromBigInt(n)),
  fc
    .tuple(fc.bigInt({ min: -(10n ** 33n), max: 10n ** 33n }), fc.integer({ min: -40, max: 40 }))
    .map(([c, e]) => Decimal128.fromString(`${c}E${e}`)),
);
const scalar = fc.oneof(
  number,
  fc.string({ unit: fc.constantFrom('a', 'b', '\0', 'ÿ', '😀') }),
  fc.constantFrom(null, true, false),
  fc.date({ noInvalidDate: true }),
  fc.uint8Array({ minLength: 12, maxLength: 12 }).map((bytes) => new ObjectId(bytes)),
  fc.uint8Array({ maxLength: 5 }).map((bytes) => new Binary(bytes)),
);
const { value } = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    scalar,
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom('a', 'b', 'c'), tie('value'), { maxKeys: 3 }),
  ),
}));

const sign = (n: number): number => (n < 0 ? -1 : n > 0 ? 1 : 0);
const EXACT = { promoteValues: false, promoteLongs: false } as const;

describe('keys of the embedded store', () => {
  it('are in the order of the values', () => {
    fc.assert(
      fc.property(value, value, (a, b) => {
        const [x, y] = [rawOf(a), rawOf(b)];
        expect(sign(encodeKey(x).compare(encodeKey(y)))).to.equal(sign(compareRaw(x, y)));
      }),
      { numRuns: 3000 },
    );
  });

  it('of numbers are equal where the numbers are, whatever their types', () => {
    fc.assert(
      fc.property(fc.integer({ min: -1000, max: 1000 }), (n) => {
        const keys = [new Int32(n), new Double(n), Long.fromNumber(n), Decimal128.fromString(`${n}.00`)].map(
          (v) => encodeKey(rawOf(v)).toString('hex'),
        );
        expect(new Set(keys).size).to.equal(1);
      }),
    );
  });

  it('keep apart numbers beyond 2^53 that a double cannot', () => {
    const keys = ['9007199254740992', '9007199254740993', '9007199254740994'].map((n) =>
      encodeKey(rawOf(Long.fromString(n))),
    );
    expect(keys[0]!.compare(keys[1]!)).to.equal(-1);
    expect(keys[1]!.compare(keys[2]!)).to.equal(-1);
    expect(encodeKey(rawOf(Decimal128.fromString('9007199254740993'))).equals(keys[1]!)).to.be.true;
  });

  it('are told apart by a byte 255 where one is the beginning of another', () => {
    fc.assert(
      fc.property(value, value, (a, b) => {
        const [x, y] = [encodeKey(rawOf(a)), encodeKey(rawOf(b))];
        if (!x.equals(y) && y.subarray(0, x.length).equals(x)) expect(y[x.length]).to.equal(255);
      }),
      { numRuns: 2000 },
    );
  });
});

describe('updates by splicing', () => {
  function splice(document: Document, update: Document): Document {
    const source: Raw = { buf: Buffer.from(serialize(update)), type: T.object, at: 0 };
    const bytes = new Update(source).apply({ buf: Buffer.from(serialize(document)), at: 0 }, -1, new Date(0));
    validateDocument(bytes, 0, bytes.length);
    return deserialize(bytes, EXACT);
  }

  const roundTrip = (document: Document): Document => deserialize(serialize(document), EXACT);
  const names = fc.constantFrom('a', 'b', 'c', 'd');
  const documents = fc.dictionary(names, value, { maxKeys: 4 });

  it('set and unset the same as on a decoded copy', () => {
    fc.assert(
      fc.property(
        documents,
        fc.dictionary(fc.constantFrom('a', 'b', 'e'), scalar, { minKeys: 1, maxKeys: 3 }),
        fc.constantFrom('c', 'd', 'f'),
        (document, set, gone) => {
          const kept = Object.entries(document).filter(([name]) => name !== gone);
          const expected: Document = Object.fromEntries(kept);
          for (const name of Object.keys(set).sort()) expected[name] = set[name];
          expect(splice(document, { $set: set, $unset: { [gone]: '' } })).to.deep.equal(roundTrip(expected));
        },
      ),
      { numRuns: 500 },
    );
  });

  it('set a path through documents the same as on a decoded copy', () => {
    fc.assert(
      fc.property(
        fc.dictionary(names, scalar),
        fc.dictionary(names, scalar),
        scalar,
        (outer, inner, fresh) => {
          const document = { ...outer, deep: { ...inner, deeper: { x: 1 } } };
          const expected = { ...outer, deep: { ...inner, deeper: { x: 1, y: fresh } } };
          expect(splice(document, { $set: { 'deep.deeper.y': fresh } })).to.deep.equal(roundTrip(expected));
        },
      ),
      { numRuns: 300 },
    );
  });

  it('change the elements of arrays the same as on a decoded copy', () => {
    fc.assert(
      fc.property(
        fc.array(scalar, { maxLength: 5 }),
        fc.array(scalar, { minLength: 1, maxLength: 3 }),
        fc.nat({ max: 7 }),
        (list, added, at) => {
          expect(splice({ list }, { $push: { list: { $each: added } } })).to.deep.equal(
            roundTrip({ list: [...list, ...added] }),
          );
          const filled: unknown[] = [...list];
          while (filled.length < at) filled.push(null);
          filled[at] = added[0];
          expect(splice({ list }, { $set: { [`list.${at}`]: added[0] } })).to.deep.equal(
            roundTrip({ list: filled }),
          );
        },
      ),
      { numRuns: 300 },
    );
  });

  it('add new fields in the order of their names, numbers by value', () => {
    const result = splice({ z: 1 }, { $set: { b: 1, a: 1, '10': 1, '9': 1 } });
    expect(Object.keys(result).filter((name) => /[a-z]/.test(name))).to.deep.equal(['z', 'a', 'b']);
  });
});
