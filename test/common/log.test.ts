import { expect } from 'chai';
import { Writable } from 'node:stream';
import { createLog } from '../../common/log.js';

describe('The log', () => {
  const capture = (): { lines: () => string; stream: Writable } => {
    let text = '';
    const stream = new Writable({
      write(chunk: Buffer, _encoding, done) {
        text += chunk.toString();
        done();
      },
    });
    return { lines: () => text, stream };
  };

  it('writes JSON lines with level, message and fields', () => {
    const { lines, stream } = capture();
    createLog({ level: 'info', pretty: false }, stream).info({ device: 'D' }, 'came');
    expect(JSON.parse(lines())).to.include({ level: 30, device: 'D', msg: 'came' });
  });

  it('never writes passwords, tokens or parameter values', () => {
    const { lines, stream } = capture();
    const log = createLog({ level: 'info', pretty: false }, stream);
    log.info({ password: 'hunter22', nested: { token: 'hunter22', deep: { value: 'hunter22' } } }, 'done');
    expect(lines()).to.include('done').and.not.include('hunter22');
  });

  it('leaves out what is below its level', () => {
    const { lines, stream } = capture();
    createLog({ level: 'warn', pretty: false }, stream).info('quiet');
    expect(lines()).to.equal('');
  });
});
