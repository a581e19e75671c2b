import { expect } from 'chai';
import fc from 'fast-check';
import { coversAll, mergeSpans, parseRange } from '../../../acs/files/byte-spans.js';

describe('The byte range of a request', () => {
  const cases: [string | undefined, ReturnType<typeof parseRange>][] = [
    [undefined, { kind: 'whole' }],
    ['bytes=0-0', { kind: 'span', span: { start: 0, end: 1 } }],
    ['bytes=2-5', { kind: 'span', span: { start: 2, end: 6 } }],
    ['bytes=7-', { kind: 'span', span: { start: 7, end: 10 } }],
    ['bytes=7-99', { kind: 'span', span: { start: 7, end: 10 } }],
    ['bytes=-3', { kind: 'span', span: { start: 7, end: 10 } }],
    ['bytes=-99', { kind: 'span', span: { start: 0, end: 10 } }],
    ['Bytes = 1-2', { kind: 'whole' }],
    ['BYTES=1-2', { kind: 'span', span: { start: 1, end: 3 } }],
    ['bytes=10-', { kind: 'unsatisfiable' }],
    ['bytes=-0', { kind: 'unsatisfiable' }],
    ['bytes=5-2', { kind: 'whole' }],
    ['bytes=0-1,4-5', { kind: 'whole' }],
    ['bytes=-', { kind: 'whole' }],
    ['bytes=a-b', { kind: 'whole' }],
    ['lines=1-2', { kind: 'whole' }],
  ];
  for (const [header, answer] of cases)
    it(`reads ${header ?? 'no header'} of ten bytes as ${JSON.stringify(answer)}`, () => {
      expect(parseRange(header, 10)).to.deep.equal(answer);
    });

  it('finds no byte in an empty file', () => {
    expect(parseRange('bytes=0-', 0).kind).to.equal('unsatisfiable');
    expect(parseRange('bytes=-1', 0).kind).to.equal('unsatisfiable');
  });

  it('never leaves the file', () => {
    const header = fc.oneof(
      fc.string(),
      fc.tuple(fc.nat(200), fc.nat(200)).map(([first, last]) => `bytes=${first}-${last}`),
      fc.nat(200).map((first) => `bytes=${first}-`),
      fc.nat(200).map((last) => `bytes=-${last}`),
    );
    fc.assert(
      fc.property(header, fc.nat(150), (text, size) => {
        const answer = parseRange(text, size);
        if (answer.kind !== 'span') return;
        const { start, end } = answer.span;
        expect(start).to.be.within(0, size - 1);
        expect(end).to.be.within(start + 1, size);
      }),
    );
  });
});

describe('The bytes that went out', () => {
  const spans = fc.array(fc.tuple(fc.nat(40), fc.nat(40)), { maxLength: 12 });

  it('are the same after the spans are put together', () => {
    const bytes = (list: readonly (readonly [number, number])[]): Set<number> => {
      const set = new Set<number>();
      for (const [start, end] of list) for (let byte = start; byte < end; byte += 1) set.add(byte);
      return set;
    };
    fc.assert(
      fc.property(spans, (list) => {
        const merged = mergeSpans(list);
        expect([...bytes(merged)].sort()).to.deep.equal([...bytes(list)].sort());
        for (const [index, span] of merged.entries())
          expect(span[0]).to.be.greaterThan(merged[index - 1]?.[1] ?? -1);
      }),
    );
  });

  it('are the whole file exactly when every byte is among them', () => {
    fc.assert(
      fc.property(spans, fc.nat(30), (list, size) => {
        const every = Array.from({ length: size }, (_, byte) =>
          list.some(([start, end]) => byte >= start && byte < end),
        ).every(Boolean);
        expect(coversAll(list, size)).to.equal(every);
      }),
    );
  });
});
