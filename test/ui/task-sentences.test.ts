import { expect } from 'chai';
import { taskSentence } from '../../ui/logic/task-sentences.js';

describe('The basic view of a task', () => {
  it('names the parameters that are set, and masks passwords', () => {
    const { text, rows } = taskSentence({
      type: 'SetValues',
      config: {
        param: [
          { name: 'wifi.1.ssid', value: 'HomeNet' },
          { name: 'wifi.1.password', value: 'hunter22' },
          { name: 'Device.WiFi.AccessPoint.1.Security.KeyPassphrase', value: 'hunter22' },
        ],
      },
    });
    expect(text).to.include('3 parameters');
    expect(rows.map(({ value }) => value)).to.deep.equal(['HomeNet', '••••••', '••••••']);
  });

  it('says something of a type that it does not know', () => {
    expect(taskSentence({ type: 'Unheard', config: {} }).text).to.include('Unheard');
  });
});
