import { expect } from 'chai';
import { answerChallenge, readChallenges } from '../../acs/cwmp/digest.js';
import { inform } from '../acs/cwmp/envelopes.js';
import { until } from '../served/until.js';
import { ChaosServer } from './chaos-server.js';
import { answerTo, post } from './raw-connection.js';

const USER = 'cpe';
const SECRET = 'global secret';

describe('CPE credentials under attack', function () {
  this.timeout(90_000);
  let server: ChaosServer;

  before(async () => {
    server = await ChaosServer.start([
      ...['--cwmp-authentication', 'any', '--cwmp-username', USER, '--cwmp-password', SECRET],
    ]);
  });
  after(() => server.stop());

  const call = (serial: string, authorization?: string): Promise<string> =>
    answerTo(
      server.ports.cwmp,
      post(inform({ serial }), [
        'Connection: close',
        ...(authorization === undefined ? [] : [`Authorization: ${authorization}`]),
      ]),
    );
  const statusOf = (answer: string): number => Number(/^HTTP\/1\.1 (\d+)/.exec(answer)?.[1]);
  const basic = (password: string): string =>
    `Basic ${Buffer.from(`${USER}:${password}`).toString('base64')}`;
  const digest = async (password = SECRET, uri = '/'): Promise<string> => {
    const challenge = /WWW-Authenticate: (Digest .*)/.exec(await call('ASKS'))?.[1] ?? '';
    const answer = { username: USER, password, method: 'POST', uri };
    return answerChallenge(readChallenges([challenge]), answer) ?? '';
  };
  const linesWith = (text: string): number => server.process.output().split(text).length - 1;
  /** Lines arrive a moment after the answers. */
  const logged = (text: string, count: number): Promise<boolean> =>
    until(`${count} lines with ${text}`, () => Promise.resolve(linesWith(text) === count), 3_000);

  // One test, since all that follows comes from the one address of this machine.
  it('are not guessed, and who guesses them locks out nobody that is known there', async () => {
    // A nonce may be used by a CPE on several connections; but not for another place, and not when it was tampered with.
    const good = await digest();
    expect(statusOf(await call('KNOWN', good))).to.equal(200);
    expect(statusOf(await call('KNOWN', good))).to.equal(200);
    const wrongs = [
      good.replace(/response="./, 'response="x'),
      good.replace('uri="/"', 'uri="/other"'),
      await digest(SECRET, '/other'),
      await digest('wrong'),
      `${good}, realm="other"`.replace('realm="Provost", ', ''),
      good.replace(/nonce="[^"]*"/, 'nonce="0-0-0"'),
    ];
    for (const wrong of wrongs) expect(statusOf(await call('STRANGER', wrong)), wrong).to.equal(401);
    await logged('A CPE failed to authenticate', wrongs.length);

    // Hundreds of guesses at once, the right one among them near the end: it is not told from the others.
    const guesses = Array.from({ length: 300 }, (_, at) => (at === 200 ? SECRET : `guess ${at}`));
    const statuses: number[] = [];
    for (let at = 0; at < guesses.length; at += 100) {
      const some = guesses.slice(at, at + 100).map((guess) => call('STRANGER', basic(guess)));
      statuses.push(...(await Promise.all(some)).map(statusOf));
    }
    expect(statuses.filter((status) => status === 401)).to.have.length(20 - wrongs.length);
    expect(statuses.filter((status) => status === 429)).to.have.length(280 + wrongs.length);
    await logged('shut out', 1);
    expect(linesWith('A CPE failed to authenticate')).to.equal(20);
    expect(server.process.output()).to.not.include('guess 1').and.not.include(SECRET);

    // Others of the address wait, but a device that has been served there before goes on, on a new connection too.
    expect(await call('NEW')).to.match(/^HTTP\/1\.1 429 [\s\S]*Retry-After: \d+/);
    expect(statusOf(await call('KNOWN', good))).to.equal(200);
    expect(statusOf(await call('KNOWN', basic(SECRET)))).to.equal(200);
    // Its name is no way around the limit.
    const asKnown = await Promise.all(
      Array.from({ length: 100 }, (_, at) => call('KNOWN', basic(`again ${at}`))),
    );
    expect(asKnown.map(statusOf).filter((status) => status === 401)).to.have.length(20);
    expect(statusOf(await call('KNOWN', basic(SECRET)))).to.equal(429);
  });
});
