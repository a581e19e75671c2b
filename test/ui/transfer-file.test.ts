import { expect } from 'chai';
import { readTransferFile } from '../../ui/logic/transfer-file.js';

describe('A file that is imported', () => {
  it('is read as an export has written it', () => {
    const items = [{ id: 'a' }];
    expect(readTransferFile(JSON.stringify({ kind: 'schedules', exportedAt: 'x', items }))).to.deep.equal({
      kind: 'schedules',
      input: { items },
    });
  });

  for (const [text, fault] of [
    ['{', 'it is no JSON'],
    ['[]', 'it is no export: kind and items are missing'],
    ['{"kind":"users","items":[]}', 'users is nothing that is imported here'],
    ['{"kind":"schedules","items":[1]}', 'its items are no list of objects'],
    ['{"kind":"schedules","items":{}}', 'its items are no list of objects'],
  ] as const)
    it(`is refused: ${fault} (${text})`, () => expect(readTransferFile(text)).to.deep.equal({ fault }));
});
