import { expect } from 'chai';
import { publicUrl } from '../../start/public-url.js';
import { listenError } from '../../start/start-error.js';

describe('The URL that CPEs are told', () => {
  it('is the configured one, without a slash at its end', () => {
    expect(publicUrl('https://acs.example/x/', '0.0.0.0', 1)).to.equal('https://acs.example/x');
  });

  it('is made from the address that the listener is bound to', () => {
    expect(publicUrl('', '10.0.0.1', 7547)).to.equal('http://10.0.0.1:7547');
    expect(publicUrl('', '::1', 7547)).to.equal('http://[::1]:7547');
  });

  it('never names the address that means all addresses', () => {
    expect(publicUrl('', '0.0.0.0', 7547))
      .to.match(/^http:\/\/\d+\.\d+\.\d+\.\d+:7547$/)
      .and.not.include('0.0.0.0');
  });
});

describe('A listener that cannot be opened', () => {
  it('says in one line what, where, why and which setting helps', () => {
    const inUse = Object.assign(new Error('x'), { code: 'EADDRINUSE' });
    expect(listenError(inUse, 'CPEs', 'PROVOST_CWMP_PORT', '127.0.0.1', 7547).message).to.equal(
      'Cannot listen for CPEs: 127.0.0.1:7547 is in use. Choose another with PROVOST_CWMP_PORT.',
    );
    const foreign = Object.assign(new Error('x'), { code: 'EADDRNOTAVAIL' });
    expect(listenError(foreign, 'CPEs', 'S', '192.0.2.1', 1).message).to.include(
      '192.0.2.1 is no address of this machine',
    );
  });
});
