import { expect } from 'chai';
import type { Template } from '../../ui/api/types.js';
import {
  asTaskErrors,
  choicesOf,
  choicesText,
  moved,
  newParameter,
  newTemplate,
  templateDraft,
  templateInput,
  templateSettings,
} from '../../ui/logic/template-draft.js';

const template = (settings: Record<string, unknown>): Template => ({
  id: '6b',
  name: 'Wi-Fi',
  domain: '/',
  description: 'For all',
  type: 'SetValues',
  config: {},
  configXml: '<config/>',
  settings,
  parameters: [newParameter([])],
  quickFix: null,
  testCase: false,
  editable: true,
  user: 'admin',
  createdAt: '2026-11-22T20:14:05Z',
  editedAt: '2026-11-22T20:14:05Z',
  version: 3,
});

describe('The form of a template', () => {
  it('sends no setting that is as the defaults of a task are', () => {
    expect(templateSettings(newTemplate('Reboot', '<config/>').task)).to.deep.equal({});
    expect(templateInput(newTemplate('Reboot', '<config/>'))).to.deep.include({
      type: 'Reboot',
      config: '<config/>',
      settings: {},
      quickFix: null,
    });
  });

  it('brings back the settings that a template has, an expiry in hours too', () => {
    const settings = {
      execute: 'once-and-repeat',
      automaticRestart: true,
      executionCondition: "${device.oui == 'x'}",
      expiry: 'PT12H',
      priority: -4,
      schedule: { ref: 'nights' },
      logLevel: 'DEBUG',
    };
    const draft = templateDraft(template(settings));
    expect(draft.task).to.include({ expiry: 'after', expiryAfter: '12', expiryUnit: 'H', priority: '-4' });
    expect(templateInput(draft).settings).to.deep.equal(settings);
  });

  it('reads and writes choices one a line', () => {
    const choices = [
      { value: '2.4', label: '2.4 GHz' },
      { value: '5', label: '' },
    ];
    expect(choicesText(choices)).to.equal('2.4 = 2.4 GHz\n5');
    expect(choicesOf(' 2.4 = 2.4 GHz\n\n5 ')).to.deep.equal(choices);
  });

  it('places the messages of the settings at the fields of a task, and moves parameters', () => {
    expect(asTaskErrors({ '/settings/priority': 'x', '/name': 'y' })).to.deep.equal({
      '/priority': 'x',
      '/name': 'y',
    });
    expect(moved(['a', 'b', 'c'], 0, 1)).to.deep.equal(['b', 'a', 'c']);
    expect(moved(['a', 'b', 'c'], 0, -1)).to.deep.equal(['a', 'b', 'c']);
    expect(newParameter([newParameter([])]).name).to.equal('value2');
  });
});
