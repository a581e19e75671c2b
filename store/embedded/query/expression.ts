import { Query } from 'mingo';
import { StoreError, notSupported } from '../errors.js';
import { T, documentBytes, elementsOf, textOf, valuesOf, type Raw } from '../bson/raw.js';
import { decodePlain } from '../bson/plain.js';
import type { Matcher } from './matcher.js';

/** Operators whose result mingo computes as MongoDB does, for the values that `decodePlain` lets pass. */
const EXACT = new Set(
  (
    '$eq $ne $gt $gte $lt $lte $cmp $and $or $not $add $subtract $multiply $divide $mod $abs $ceil $floor $trunc $cond $ifNull ' +
    '$switch $in $size $arrayElemAt $concatArrays $filter $map $reduce $isArray $first $last $slice $concat $toLower $toUpper ' +
    '$strLenCP $substrCP $split $literal $max $min $sum $avg $setUnion $setIntersection $setDifference $setEquals $setIsSubset ' +
    '$anyElementTrue $allElementsTrue $mergeObjects $objectToArray $arrayToObject $year $month $dayOfMonth $hour $minute $second ' +
    '$millisecond $dayOfWeek $dayOfYear $dateToString $dateTrunc $dateAdd $dateSubtract $dateDiff $type $indexOfArray $range ' +
    '$reverseArray $push $addToSet $count $stdDevPop $stdDevSamp $getField $round $let $indexOfCP $regexMatch $trim $ltrim $rtrim $replaceAll $replaceOne $zip'
  ).split(' '),
);

/** Refuses operators that are not computed exactly. */
export function checkExpression(value: Raw): void {
  if (value.type === T.array) for (const item of valuesOf(value)) checkExpression(item);
  else if (value.type === T.string) {
    const text = textOf(value);
    if (text.startsWith('$$') && !/^\$\$(ROOT|CURRENT|NOW|REMOVE|[a-z])/.test(text)) {
      throw new StoreError(17276, `Use of undefined variable: ${text.slice(2)}`);
    }
  } else if (value.type === T.object) {
    for (const [name, inner] of elementsOf(value)) {
      if (name === '$literal') continue;
      if (name.startsWith('$') && !EXACT.has(name)) throw notSupported(`the expression ${name}`, 168);
      checkExpression(inner);
    }
  }
}

export function compileExpression(expression: Raw): Matcher {
  checkExpression(expression);
  const holder = decodePlain(wrap(expression));
  const query = new Query({ $expr: holder.v as object });
  return (buf, at) => query.test(decodePlain(documentBytes({ buf, at })));
}

function wrap(value: Raw): Buffer {
  const size =
    value.type === T.object || value.type === T.array ? value.buf.readInt32LE(value.at) : undefined;
  const end = size === undefined ? value.buf.length : value.at + size;
  const body = value.buf.subarray(value.at, end);
  if (size === undefined) throw new StoreError(2, '$expr needs a document');
  const head = Buffer.from([0, 0, 0, 0, value.type, 0x76, 0]);
  const doc = Buffer.concat([head, body, Buffer.from([0])]);
  doc.writeInt32LE(doc.length);
  return doc;
}
