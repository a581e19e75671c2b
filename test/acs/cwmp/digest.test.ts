import { expect } from 'chai';
import { answerChallenge, digestResponse, readAuthHeader, readChallenges } from '../../../acs/cwmp/digest.js';

const MUFASA = {
  username: 'Mufasa',
  password: 'Circle of Life',
  realm: 'http-auth@example.org',
  method: 'GET',
  uri: '/dir/index.html',
  nonce: '7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v',
  nc: '00000001',
  cnonce: 'f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ',
  qop: 'auth',
};

describe('HTTP Digest', () => {
  it('computes the examples of RFC 7616 §3.9.1', () => {
    expect(digestResponse({ ...MUFASA, algorithm: 'MD5' })).to.equal('8ca523f5e9506fed4657c9700eebdbec');
    expect(digestResponse({ ...MUFASA, algorithm: 'SHA-256' })).to.equal(
      '753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1',
    );
  });

  it('computes the example of RFC 2617 §3.5', () => {
    const response = digestResponse({
      algorithm: 'MD5',
      username: 'Mufasa',
      password: 'Circle Of Life',
      realm: 'testrealm@host.com',
      method: 'GET',
      uri: '/dir/index.html',
      nonce: 'dcd98b7102dd2f0e8b11d0f600bfb0c093',
      nc: '00000001',
      cnonce: '0a4f113b',
      qop: 'auth',
    });
    expect(response).to.equal('6629fae49393a05397450978507c4ef1');
  });

  it('reads headers with and without quotes, with escapes and odd blanks', () => {
    const header = readAuthHeader(
      'digest realm = "a \\"b\\", c" ,nonce=abc,qop="auth,auth-int",  stale=FALSE',
    );
    expect(header?.scheme).to.equal('digest');
    expect(Object.fromEntries(header!.parameters)).to.deep.equal({
      realm: 'a "b", c',
      nonce: 'abc',
      qop: 'auth,auth-int',
      stale: 'FALSE',
    });
  });

  const answer = { username: 'u"x', password: 'p', method: 'GET', uri: '/a?b=1' };

  it('answers without qop, nc and cnonce when none is offered, and echoes opaque', () => {
    const header = answerChallenge(readChallenges(['Digest realm="r", nonce="n", opaque="o"']), answer);
    expect(header).to.match(
      /^Digest username="u\\"x", realm="r", nonce="n", uri="\/a\?b=1", response="\w{32}", opaque="o"$/,
    );
  });

  it('answers qop=auth out of several, and prefers SHA-256 and Digest', () => {
    const challenges = readChallenges([
      'Basic realm="r", Digest realm="r", nonce="n", qop="auth,auth-int"',
      'Digest realm="r", nonce="n", qop="auth", algorithm=SHA-256',
    ]);
    expect(challenges).to.have.length(3);
    const header = answerChallenge(challenges, answer);
    expect(header).to.contain('algorithm=SHA-256, qop=auth, nc=00000001, cnonce="');
    expect(answerChallenge(challenges.slice(0, 2), answer))
      .to.match(/^Digest .*qop=auth/)
      .and.not.contain('algorithm');
  });

  it('answers Basic only where nothing else is asked for, and nothing to what it does not know', () => {
    expect(answerChallenge(readChallenges(['Basic realm="r"']), answer)).to.equal(
      `Basic ${Buffer.from('u"x:p').toString('base64')}`,
    );
    expect(answerChallenge(readChallenges(['Bearer']), answer)).to.equal(null);
    expect(
      answerChallenge(readChallenges(['Digest realm="r", nonce="n", algorithm=SHA-512-256']), answer),
    ).to.equal(null);
  });
});
