import { Decimal128, Double, Int32, Long, type Document } from 'mongodb';

/** Random numbers that a seed repeats (mulberry32). */
export class Random {
  #state: number;

  constructor(seed: number) {
    this.#state = seed >>> 0;
  }

  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let t = this.#state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  }

  below(limit: number): number {
    return Math.floor(this.next() * limit);
  }

  chance(probability: number): boolean {
    return this.next() < probability;
  }

  pick<Item>(items: readonly Item[]): Item {
    return items[this.below(items.length)] as Item;
  }
}

/** One step of the comparison: what is done to the collection. */
export type Operation =
  | { readonly kind: 'insert'; readonly documents: Document[]; readonly ordered: boolean }
  | {
      readonly kind: 'update';
      readonly many: boolean;
      readonly filter: Document;
      readonly update: Document;
      readonly options: Document;
    }
  | {
      readonly kind: 'replace';
      readonly filter: Document;
      readonly document: Document;
      readonly options: Document;
    }
  | {
      readonly kind: 'findAndModify';
      readonly filter: Document;
      readonly update: Document;
      readonly options: Document;
    }
  | { readonly kind: 'findAndDelete'; readonly filter: Document }
  | { readonly kind: 'delete'; readonly filter: Document }
  | { readonly kind: 'find'; readonly filter: Document; readonly options: Document }
  | { readonly kind: 'count'; readonly filter: Document }
  | { readonly kind: 'distinct'; readonly field: string; readonly filter: Document }
  | { readonly kind: 'group'; readonly filter: Document; readonly by: string }
  | { readonly kind: 'createIndex'; readonly key: Document; readonly options: Document }
  | { readonly kind: 'dropIndex'; readonly name: string };

const TEXTS = ['', 'a', 'ab', 'b', 'Zoë', 'a.b', '10'];
const DATES = [0, 1, 1_700_000_000_000, -5].map((ms) => new Date(ms));
const PATHS = ['a', 'b', 'n', 's', 'sub.x', 'sub.y', 'arr', 'docs.k', 'docs.v', 'flag'];
const MAX_ID = 60;
/**
 * Paths that share a compound index with an array and so hold none themselves: MongoDB refuses a document in which two fields of one index
 * are arrays (manual, "Multikey Indexes", compound), the second engine takes it.
 */
const LONE = new Set(['n', 's']);

/**
 * Where documents are sorted, empty arrays are left out: MongoDB "treats the empty array as less than null or a missing field" (manual,
 * "Comparison/Sort Order"), the second engine as equal to them.
 */
function withoutEmptyArray(path: string): Document {
  return { [path]: { $ne: [] } };
}

/**
 * `{$or: [{p: {$exists: false}}, {p: null}]}`: the second engine answers it by `{p: null}` alone and so loses documents of the first branch (an
 * empty array on the way to `p`). MongoDB gives what "satisfies at least one" (manual, "$or").
 */
function asksAbsenceTwice(one: Document, other: Document): boolean {
  const isAbsent = (condition: unknown): boolean => JSON.stringify(condition) === '{"$exists":false}';
  const isNull = (condition: unknown): boolean =>
    condition === null || Boolean((condition as { $in?: unknown[] } | undefined)?.$in?.includes(null));
  return Object.keys(one).some(
    (path) => (isAbsent(one[path]) && isNull(other[path])) || (isNull(one[path]) && isAbsent(other[path])),
  );
}

/**
 * An array or a document in which equal numbers have the same type: `$set` of one that equals the old one but for the types of numbers
 * changes nothing in the second engine. In MongoDB only the same bytes are no change (`SetNode::updateExistingElement` in its
 * src/mongo/db/update/set_node.cpp: `binaryEqualValues`).
 */
function withOneTypeEach(value: unknown): unknown {
  if (value instanceof Long) return new Int32(value.toNumber());
  if (value instanceof Double) return Number.isInteger(value.value) ? new Int32(value.value) : value;
  if (Array.isArray(value)) return value.map(withOneTypeEach);
  if (typeof value !== 'object' || value === null || Object.getPrototypeOf(value) !== Object.prototype)
    return value;
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, withOneTypeEach(part)]));
}

/** Makes documents and operations of a small world, so that they often meet. */
export class OperationSource {
  readonly #random: Random;

  constructor(seed: number) {
    this.#random = new Random(seed);
  }

  #number(): unknown {
    const r = this.#random;
    const value = r.below(7) - 2;
    switch (r.below(6)) {
      case 0:
        return new Double(value + 0.5);
      case 1:
        return Long.fromNumber(value);
      case 2:
        return new Double(value);
      default:
        return new Int32(value);
    }
  }

  /**
   * Not the double 0: added to a Decimal128, MongoDB takes it as `0E+0` and keeps the decimal's digits ("If the original number was zero, …
   * there's no need to quantize", `Decimal128(double, kRoundTo15Digits)` in its src/mongo/platform/decimal128.cpp); the second engine appends
   * zeros.
   */
  #addend(): unknown {
    const value = this.#number();
    return value instanceof Double && value.value === 0 ? new Int32(0) : value;
  }

  #scalar(): unknown {
    const r = this.#random;
    switch (r.below(9)) {
      case 0:
        return r.pick(TEXTS);
      case 1:
        return r.pick(DATES);
      case 2: // no booleans beside numbers: the second engine adds to them, MongoDB refuses (manual, "$inc")
      case 3:
        return null;
      case 4: // no decimal that equals another number: the second engine's `$in` does not find it
        return r.chance(0.3) ? Decimal128.fromString(r.pick(['0.125', '-2.0625', '1E+3'])) : r.pick(TEXTS);
      default:
        return this.#number();
    }
  }

  #subdocument(): Document {
    const r = this.#random;
    const document: Document = {};
    if (r.chance(0.8)) document.x = this.#scalar();
    if (r.chance(0.5)) document.y = r.chance(0.2) ? { z: this.#number() } : this.#scalar();
    return document;
  }

  #array(): unknown[] {
    return Array.from({ length: this.#random.below(4) }, () =>
      this.#random.chance(0.85) ? this.#number() : this.#scalar(),
    );
  }

  /** Not empty: `$push` and `$addToSet` of nothing make an empty array in MongoDB, the second engine makes none. */
  #some(): unknown[] {
    return [this.#number(), ...this.#array()];
  }

  #elements(): Document[] {
    const r = this.#random;
    return Array.from({ length: r.below(4) }, () => ({
      k: new Int32(r.below(4)),
      ...(r.chance(0.8) ? { v: this.#number() } : {}),
    }));
  }

  #value(): unknown {
    const r = this.#random;
    return r.chance(0.75)
      ? this.#scalar()
      : withOneTypeEach(r.chance(0.5) ? this.#array() : this.#subdocument());
  }

  #document(id?: number): Document {
    const r = this.#random;
    const document: Document = id === undefined ? {} : { _id: id };
    if (r.chance(0.7)) document.a = this.#value();
    if (r.chance(0.5)) document.b = this.#scalar();
    if (r.chance(0.8)) document.n = this.#number();
    if (r.chance(0.6)) document.s = r.pick(TEXTS);
    if (r.chance(0.6)) document.sub = this.#subdocument();
    if (r.chance(0.6)) document.arr = this.#array();
    if (r.chance(0.6)) document.docs = this.#elements();
    if (r.chance(0.4)) document.flag = r.chance(0.5);
    if (r.chance(0.3)) document.u = new Int32(r.below(200));
    return document;
  }

  #condition(): unknown {
    const r = this.#random;
    switch (r.below(13)) {
      case 0:
        return { $gt: this.#scalar() };
      case 1: {
        // Never an empty range, which the second engine does not survive on some of its indexes.
        const from = r.below(5) - 2;
        return { $gte: from, $lt: from + 1 + r.below(3) };
      }
      case 2:
        return { $lte: this.#scalar() };
      case 3:
        return { $ne: this.#scalar() };
      case 4:
        return { $in: [this.#scalar(), this.#scalar(), this.#number()] };
      case 5:
        return { $nin: [this.#scalar(), this.#number()] };
      case 6:
        return { $exists: r.chance(0.5) };
      case 7:
        return {
          $type: r.pick([
            'number',
            'string',
            'array',
            'object',
            'null',
            'int',
            'long',
            'double',
            'bool',
            'date',
          ]),
        };
      case 8:
        return { $not: { $gt: this.#number() } };
      case 9:
        return r.pick([{ $regex: '^a' }, { $regex: 'B', $options: 'i' }, { $size: 2 }, { $mod: [2, 0] }]);
      case 10:
        return { $all: [this.#number()] };
      default:
        return this.#value();
    }
  }

  filter(depth = 0): Document {
    const r = this.#random;
    switch (r.below(depth > 1 ? 6 : 12)) {
      case 0:
        return { _id: r.below(MAX_ID) };
      case 1:
        return { _id: { $in: [r.below(MAX_ID), r.below(MAX_ID), r.below(MAX_ID)] } };
      case 2:
        return { n: this.#condition(), s: r.pick(TEXTS) };
      case 6: {
        const [one, other] = [this.filter(depth + 1), this.filter(depth + 1)];
        return { $or: asksAbsenceTwice(one, other) ? [one] : [one, other] };
      }
      case 7:
        return { $and: [this.filter(depth + 1), this.filter(depth + 1)] };
      case 8:
        return { $nor: [this.filter(depth + 1)] };
      case 9:
        return { docs: { $elemMatch: { k: r.below(4), v: { $gt: this.#number() } } } };
      default:
        return { [r.pick(PATHS)]: this.#condition() };
    }
  }

  /** An update of many documents that cannot fail at one of them: which were changed before it is not defined. */
  updateOfMany(): Document {
    const r = this.#random;
    const [path, other] = [r.pick(['a', 'b', 's', 'fresh']), r.pick(['sub.x', 'sub.y', 'n'])];
    return r.pick<Document>([
      { $set: { [path]: LONE.has(path) ? this.#scalar() : this.#value(), [other]: this.#number() } },
      { $unset: { [path]: '' }, $set: { fresh2: this.#scalar() } },
      { $min: { [path]: this.#scalar() }, $max: { [other]: this.#number() } },
      { $rename: { [path]: `${path}_old` } },
      { $setOnInsert: { [path]: 1 }, $set: { [other]: this.#number() } },
    ]);
  }

  /** One or two update operators on paths that do not conflict. */
  update(): Document {
    const r = this.#random;
    const update: Document = {};
    const free = ['a', 'n', 'b', 'sub.x', 'sub.y', 's', 'arr', 'docs', 'u', 'fresh', 'deep.er'];
    for (let count = 1 + r.below(2); count > 0; count--) {
      const path = free.splice(r.below(free.length), 1)[0]!;
      const [operator, fields] = this.#change(path);
      update[operator] = { ...(update[operator] as Document | undefined), ...fields };
    }
    return update;
  }

  #change(path: string): [string, Document] {
    const r = this.#random;
    if (path === 'arr') return this.#arrayChange();
    if (path === 'docs') {
      return r.pick<[string, Document]>([
        ['$push', { docs: { k: new Int32(r.below(4)), v: this.#number() } }],
        ['$pull', { docs: { k: new Int32(r.below(4)) } }],
        ['$pull', { docs: { v: { $gt: this.#number() } } }],
        ['$set', { 'docs.0.v': this.#number() }],
        [
          '$push',
          { docs: { $each: [{ k: new Int32(1), v: this.#number() }], $sort: { v: 1, k: -1 }, $slice: -3 } },
        ],
      ]);
    }
    switch (r.below(8)) {
      case 0:
        return ['$unset', { [path]: '' }];
      case 1:
      case 2:
        return ['$inc', { [path]: this.#addend() }];
      case 3:
        return ['$mul', { [path]: new Int32(2) }];
      case 4:
        return [r.pick(['$min', '$max']), { [path]: this.#scalar() }];
      case 5:
        return path.includes('.')
          ? ['$set', { [path]: this.#value() }]
          : ['$rename', { [path]: `${path}_old` }];
      default:
        if (path === 'u') return ['$set', { u: new Int32(r.below(200)) }];
        return ['$set', { [path]: LONE.has(path) ? this.#scalar() : this.#value() }];
    }
  }

  #arrayChange(): [string, Document] {
    const r = this.#random;
    return r.pick<[string, Document]>([
      ['$push', { arr: this.#number() }],
      ['$push', { arr: { $each: this.#some(), $position: r.below(3) } }],
      ['$push', { arr: { $each: this.#some(), $slice: r.pick([1, 2, -1, -2]) } }],
      ['$addToSet', { arr: this.#scalar() }],
      ['$addToSet', { arr: { $each: this.#some() } }],
      ['$pull', { arr: this.#scalar() }],
      ['$pull', { arr: { $gte: this.#number() } }],
      ['$pullAll', { arr: [this.#number(), this.#number()] }],
      ['$pop', { arr: r.pick([1, -1]) }],
      ['$set', { [`arr.${r.below(4)}`]: this.#number() }],
      ['$unset', { [`arr.${r.below(3)}`]: '' }],
    ]);
  }

  #find(): Operation {
    const r = this.#random;
    const options: Document = {};
    let filter = this.filter();
    if (r.chance(0.6)) {
      const [path, second] = [r.pick(PATHS), r.chance(0.3)];
      options.sort = { [path]: r.pick([1, -1]), ...(second ? { n: -1 } : {}), _id: r.pick([1, -1]) };
      filter = { $and: [filter, withoutEmptyArray(path), ...(second ? [withoutEmptyArray('n')] : [])] };
      if (r.chance(0.5)) options.skip = r.below(4);
      if (r.chance(0.6)) options.limit = 1 + r.below(6);
    }
    if (r.chance(0.4)) {
      options.projection = r.pick<Document>([
        { a: 1, 'sub.x': 1 },
        { docs: 0, 'sub.y': 0 },
        { _id: 1, 'docs.v': 1 },
        { 'docs.k': 0 },
        { arr: { $slice: 2 } },
        { n: 1, docs: { $elemMatch: { k: { $gt: 0 } } } },
      ]);
    }
    return { kind: 'find', filter, options };
  }

  next(): Operation {
    const r = this.#random;
    const roll = r.below(100);
    if (roll < 22) {
      const documents = Array.from({ length: r.chance(0.6) ? 1 : 1 + r.below(4) }, () =>
        this.#document(r.below(MAX_ID)),
      );
      return { kind: 'insert', documents, ordered: r.chance(0.7) };
    }
    if (roll < 40) {
      const upsert = r.chance(0.1);
      const filter = { ...(r.chance(0.3) ? this.filter(2) : {}), _id: r.below(MAX_ID) };
      return {
        kind: 'update',
        many: false,
        filter,
        update: this.update(),
        options: upsert ? { upsert: true } : {},
      };
    }
    if (roll < 46)
      return { kind: 'update', many: true, filter: this.filter(), update: this.updateOfMany(), options: {} };
    if (roll < 50) {
      return r.pick<Operation>([
        {
          kind: 'update',
          many: false,
          filter: { _id: r.below(MAX_ID), 'docs.k': r.below(4) },
          update: { $set: { 'docs.$.v': this.#number() } },
          options: {},
        },
        {
          kind: 'update',
          many: true,
          filter: { 'docs.k': r.below(4) },
          update: { $set: { 'docs.$[e].v': this.#number() } },
          options: { arrayFilters: [{ 'e.v': { $gt: 0 } }] },
        },
        {
          kind: 'update',
          many: false,
          filter: { _id: r.below(MAX_ID), 'arr.0': { $type: 'number' } },
          update: { $mul: { 'arr.0': 2 } },
          options: {},
        },
      ]);
    }
    if (roll < 54) {
      return {
        kind: 'replace',
        filter: { _id: r.below(MAX_ID) },
        document: this.#document(),
        options: r.chance(0.3) ? { upsert: true } : {},
      };
    }
    if (roll < 62) {
      const path = r.pick(['n', 's', '_id']);
      const options = {
        sort: { [path]: r.pick([1, -1]), _id: 1 },
        returnDocument: r.pick(['before', 'after']),
      };
      return {
        kind: 'findAndModify',
        filter: { $and: [this.filter(), withoutEmptyArray(path)] },
        update: this.update(),
        options,
      };
    }
    if (roll < 66)
      return {
        kind: 'delete',
        filter: r.chance(0.6) ? { _id: r.below(MAX_ID) } : { ...this.filter(), n: this.#number() },
      };
    if (roll < 68) return { kind: 'findAndDelete', filter: this.filter() };
    if (roll < 72) return { kind: 'count', filter: this.filter() };
    if (roll < 75)
      return { kind: 'distinct', field: r.pick(['n', 's', 'arr', 'docs.k', 'sub.x']), filter: this.filter() };
    if (roll < 77) return { kind: 'group', filter: this.filter(), by: 'flag' };
    if (roll < 79) {
      return r.chance(0.6)
        ? {
            kind: 'createIndex',
            key: r.pick<Document>([
              { n: 1 },
              { s: 1, n: -1 },
              { a: 1 },
              { a: 1, s: -1 },
              { 'docs.k': 1, n: 1 },
              { arr: -1 },
              { 'sub.x': 1 },
            ]),
            options: r.chance(0.2) ? { sparse: true, name: 'sparse' } : {},
          }
        : r.pick<Operation>([
            { kind: 'createIndex', key: { u: 1 }, options: { unique: true, sparse: true, name: 'unique_u' } },
            { kind: 'dropIndex', name: 'unique_u' },
            { kind: 'dropIndex', name: 's_1_n_-1' },
            { kind: 'dropIndex', name: 'n_1' },
          ]);
    }
    return this.#find();
  }
}
