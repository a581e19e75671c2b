import { expect } from 'chai';
import { clientAddress, trustedProxies } from '../../nbi/http/client-address.js';

describe('The address of a client', () => {
  const none = trustedProxies([]);
  const proxies = trustedProxies(['127.0.0.1', '10.0.0.0/8', '2001:db8::/32']);

  it('is that of the peer when no proxy is trusted, whatever the header says', () => {
    expect(clientAddress('127.0.0.1', '203.0.113.9', none)).to.equal('127.0.0.1');
  });

  it('is what a trusted proxy says', () => {
    expect(clientAddress('127.0.0.1', '203.0.113.9', proxies)).to.equal('203.0.113.9');
    expect(clientAddress('::ffff:10.1.2.3', '203.0.113.9', proxies)).to.equal('203.0.113.9');
    expect(clientAddress('2001:db8::1', '2001:67c::9', proxies)).to.equal('2001:67c::9');
  });

  it('goes through several trusted proxies and stops at the first address that is none', () => {
    expect(clientAddress('10.0.0.1', '198.51.100.1, 203.0.113.9, 10.0.0.2', proxies)).to.equal('203.0.113.9');
  });

  it('is never a word that the client made up', () => {
    for (const made of ['', 'unknown', '1.2.3', 'evil, also evil'])
      expect(clientAddress('10.0.0.1', made, proxies)).to.equal('10.0.0.1');
  });
});
