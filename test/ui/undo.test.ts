import { expect } from 'chai';
import { mayUndo } from '../../ui/logic/undo.js';

describe('The undo of a task', () => {
  const task = { type: 'SetValues', transientReport: false };
  it('is offered for what has set values and ended, whatever its end', () => {
    for (const status of ['SUCCESS', 'WARNING', 'ERROR'] as const)
      expect(mayUndo({ task, status }), status).to.equal(true);
    expect(mayUndo({ task: { ...task, type: 'UndoSetValues' }, status: 'SUCCESS' })).to.equal(true);
  });

  it('is not offered before the end, for other types, or without a report', () => {
    for (const status of ['NOT_STARTED', 'IN_PROGRESS'] as const)
      expect(mayUndo({ task, status }), status).to.equal(false);
    expect(mayUndo({ task: { ...task, type: 'Reboot' }, status: 'SUCCESS' })).to.equal(false);
    expect(mayUndo({ task: { ...task, transientReport: true }, status: 'SUCCESS' })).to.equal(false);
  });
});
