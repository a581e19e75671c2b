import { expect } from 'chai';
import type { GroupSetting } from '../../ui/api/types.js';
import { profilePatch, settingRows, stage, type StagedSettings } from '../../ui/logic/profile-draft.js';

const setting = (name: string, value: string, more: Partial<GroupSetting> = {}): GroupSetting => ({
  name,
  value,
  secret: false,
  lock: null,
  editedAt: '2026-11-22T20:14:05Z',
  editedBy: 'admin',
  ...more,
});
const STORED = [setting('a', '1'), setting('key', '••••••', { secret: true, lock: 'groups' })];

describe('The staged changes of a profile', () => {
  it('are put over what is stored, each with what becomes of it', () => {
    let staged: StagedSettings = stage(STORED, {}, 'a', { value: '2', secret: false, lock: null });
    staged = stage(STORED, staged, 'key', null);
    staged = stage(STORED, staged, 'b', { value: 'x', secret: false, lock: null });
    expect(settingRows(STORED, staged).map((one) => [one.name, one.value, one.state])).to.deep.equal([
      ['a', '2', 'changed'],
      ['b', 'x', 'added'],
      ['key', '••••••', 'removed'],
    ]);
    expect(profilePatch(STORED, staged)).to.deep.equal({
      a: { value: '2' },
      key: null,
      b: { value: 'x', secret: false },
    });
  });

  it('are none where a value is set back, or where what was only staged is deleted', () => {
    const staged = stage(STORED, {}, 'a', { value: '2', secret: false, lock: null });
    expect(stage(STORED, staged, 'a', { value: '1', secret: false, lock: null })).to.deep.equal({});
    const added = stage(STORED, {}, 'b', { value: 'x', secret: false, lock: null });
    expect(stage(STORED, added, 'b', null)).to.deep.equal({});
  });

  it('send the lock alone where only the lock changed, and never the mask of a secret', () => {
    const staged = stage(STORED, {}, 'key', { value: '••••••', secret: true, lock: null });
    expect(profilePatch(STORED, staged)).to.deep.equal({ key: { lock: null } });
  });
});
