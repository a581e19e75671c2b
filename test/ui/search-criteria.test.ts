import { expect } from 'chai';
import fc from 'fast-check';
import { checkCriteria } from '../../nbi/search/searched-lists.js';
import {
  missing,
  newCriterion,
  readCriteria,
  writeCriteria,
  type Criterion,
} from '../../ui/logic/search-criteria.js';
import { operatorsOf, SEARCH_FIELDS, type SearchedList } from '../../ui/logic/search-fields.js';
import { askedChips, remembered } from '../../ui/logic/search-history.js';

const LISTS = Object.keys(SEARCH_FIELDS) as SearchedList[];
const anyText = fc.string({ minLength: 1, maxLength: 20 }).filter((text) => text.trim() !== '');

/** Every condition that can be filled in for a list. */
function anyCriterion(list: SearchedList): fc.Arbitrary<Criterion> {
  return fc.constantFrom(...SEARCH_FIELDS[list]).chain((field) => {
    const operator = fc.constantFrom(...operatorsOf(field.kind).map(({ value }) => value));
    const valueOf = (): fc.Arbitrary<string> => {
      if (field.choices) return fc.constantFrom(...field.choices.map(([value]) => value));
      switch (field.kind) {
        case 'boolean':
          return fc.constantFrom('true', 'false');
        case 'number':
          return fc.integer().map(String);
        case 'date':
          return (
            fc
              .date({ min: new Date('2000-01-01'), max: new Date('2100-01-01'), noInvalidDate: true })
              // At noon, which no clock leaves out.
              .map((date) => `${date.toISOString().slice(0, 10)}T12:34`)
          );
        default:
          return anyText.map((text) => text.trim());
      }
    };
    const key = field.kind === 'map' ? anyText.map((text) => text.trim()) : fc.constant('');
    return fc.record({ field: fc.constant(field.name), key, operator, value: valueOf() });
  });
}

describe('Conditions of an advanced search', () => {
  for (const list of LISTS) {
    it(`of ${list} are understood by the server and read back as they were`, () => {
      fc.assert(
        fc.property(fc.array(anyCriterion(list), { minLength: 1, maxLength: 4 }), (criteria) => {
          const filter = writeCriteria(list, criteria);
          checkCriteria(list, { filter, expression: '' });
          expect(readCriteria(list, filter)).to.deep.equal(criteria);
        }),
        { numRuns: 300 },
      );
    });

    it(`of ${list} ask for what there is nothing of, by every field that takes it`, () => {
      for (const { name, kind } of SEARCH_FIELDS[list])
        for (const operator of ['eq', 'ne'] as const) {
          const criterion = { field: name, key: kind === 'map' ? 'k' : '', operator, value: '' };
          if (!operatorsOf(kind).some(({ value }) => value === operator)) continue;
          const filter = writeCriteria(list, [criterion]);
          if (kind === 'number') {
            expect(filter).to.equal('');
            continue;
          }
          checkCriteria(list, { filter, expression: '' });
          expect(readCriteria(list, filter), filter).to.deep.equal([criterion]);
        }
    });
  }

  it('that are not filled in say so and are left out', () => {
    const empty = newCriterion('devices');
    expect(missing('devices', empty)).to.equal('Say what it is compared with');
    expect(missing('devices', { ...newCriterion('devices', 'property'), value: 'x' })).to.equal(
      'Say which entry',
    );
    expect(missing('tasks', { ...newCriterion('tasks', 'priority'), value: 'high' })).to.equal(
      'Must be a number',
    );
    const filled = { ...newCriterion('devices', 'model'), value: 'X1' };
    expect(writeCriteria('devices', [empty, filled, empty])).to.equal('model contains "X1"');
  });

  it('begin with a value where there are only a few', () => {
    expect(newCriterion('tasks', 'active')).to.include({ operator: 'eq', value: 'true' });
    expect(newCriterion('executions', 'status')).to.include({ operator: 'eq', value: 'SUCCESS' });
  });

  it('are not made of a filter that says more', () => {
    for (const filter of [
      'model eq "X1" or model eq "X2"',
      'not (model eq "X1")',
      '(model eq "X1")',
      'model matches "X.*"',
      'model in ("X1", "X2")',
      'lastVisit gt 2026-01-01T00:00:30.000Z',
      'nothing eq "x"',
      'model eq "X1" and',
      'model eq "X1" and  ',
      'property eq "x"',
      'model["x"] eq "x"',
      'state eq "gone"',
    ])
      expect(readCriteria('devices', filter), filter).to.equal(null);
  });
});

describe('Searches of before', () => {
  it('are kept newest first, each once, at most 20 of a list', () => {
    let history = {};
    for (let at = 0; at < 30; at += 1)
      history = remembered(history, 'tasks', { filter: `priority gt ${at % 25}`, expression: '' }, at);
    history = remembered(history, 'tasks', { filter: '', expression: '' }, 99);
    const { tasks } = history as { tasks: { filter: string; at: number }[] };
    expect(tasks).to.have.length(20);
    expect(tasks[0]).to.include({ filter: 'priority gt 4', at: 29 });
    expect(new Set(tasks.map(({ filter }) => filter)).size).to.equal(20);
  });

  it('show what narrows a list in short words that take it away', () => {
    const chips = askedChips({ filter: `name eq "${'x'.repeat(80)}"`, expression: '${true}' });
    expect(chips.map(({ label }) => label.length)).to.deep.equal([60, 7]);
    expect(chips.map(({ clear }) => clear)).to.deep.equal([{ filter: '' }, { expression: '' }]);
  });
});
