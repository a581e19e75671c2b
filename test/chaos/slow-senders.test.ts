import { expect } from 'chai';
import { createAuthenticator } from '../../acs/cwmp/authentication.js';
import { createCwmpServer, type CwmpServer } from '../../acs/cwmp/endpoint.js';
import { systemClock } from '../../common/clock.js';
import { silentLog } from '../../common/log.js';
import { SecretBox } from '../../common/secret-box.js';
import { inform } from '../acs/cwmp/envelopes.js';
import { FakeConductor } from '../acs/cwmp/fake-conductor.js';
import { answerTo, post, RawConnection } from './raw-connection.js';

/** Milliseconds; the server's own limits are minutes. */
const LIMITS = { headersMs: 1_000, bodyMs: 1_000, idleMs: 1_000 };
/** By then every one of the connections must have been ended. */
const PATIENCE = 6_000;

describe('A CWMP port that is kept busy by senders who never finish', function () {
  this.timeout(90_000);
  let server: CwmpServer;
  let port: number;

  before(async () => {
    const clock = systemClock;
    server = createCwmpServer({
      ...{ conductor: new FakeConductor(), clock, log: silentLog, limits: LIMITS },
      authenticator: createAuthenticator({
        ...{ mode: 'none', credentials: null, store: {} as never, nonceSecret: '', clock, log: silentLog },
        secretBox: new SecretBox('a secret key for tests'),
      }),
    });
    ({ port } = await server.listen(0, '127.0.0.1'));
  });
  after(() => server.close());

  const HEAD = 'POST / HTTP/1.1\r\nHost: acs\r\n';
  const START: Record<string, string> = {
    nothing: '',
    'half a line': 'POST / HT',
    'headers without end': `${HEAD}X-Header: 1\r\n`,
    'headers alone': `${HEAD}Content-Length: 1000\r\n\r\n`,
    'half a body': `${HEAD}Content-Length: 1000\r\n\r\n<half`,
    'half a body that asked first': `${HEAD}Content-Length: 1000\r\nExpect: 100-continue\r\n\r\n`,
    'chunks without end': `${HEAD}Transfer-Encoding: chunked\r\n\r\n4\r\n<a><\r\n`,
    'a chunk of two gigabytes': `${HEAD}Transfer-Encoding: chunked\r\n\r\n7fffffff\r\n<`,
    'a whole request, and silence': post(''),
  };

  it('ends each of 500 connections in time, and serves another CPE all the while', async () => {
    const starts = Object.entries(START);
    const held = await Promise.all(
      Array.from({ length: 500 }, async (_, at) => {
        const [what = '', start = ''] = starts[at % starts.length] ?? [];
        return { what, connection: (await RawConnection.open(port)).send(start) };
      }),
    );
    const began = Date.now();
    let served = 0;
    let done = false;
    const others = (async () => {
      while (!done) {
        const answer = await answerTo(port, post(inform({ serial: `G${served}` }), ['Connection: close']));
        expect(answer).to.match(/^HTTP\/1\.1 200 /);
        served += 1;
      }
    })();
    await Promise.all(
      held.map(({ what, connection }) =>
        connection.end(PATIENCE).catch((error: unknown) => {
          throw new Error(`${what}: ${String(error)}`);
        }),
      ),
    );
    done = true;
    await others;
    expect(Date.now() - began).to.be.lessThan(PATIENCE);
    expect(served).to.be.greaterThan(10);
    const answers = new Map(held.map(({ what, connection }) => [what, connection.statuses]));
    expect(answers.get('half a body')).to.deep.equal([400]);
    expect(answers.get('half a body that asked first')).to.deep.equal([100, 400]);
    expect(answers.get('headers without end')).to.deep.equal([408]);
  });

  it('ends a connection on which the bytes of a request drip in one by one', async () => {
    const bytes = post(inform({ serial: 'DRIP' }));
    const drip = await RawConnection.open(port);
    let at = 0;
    const timer = setInterval(() => drip.send(bytes[at++] ?? ''), 20);
    await drip.end(PATIENCE);
    clearInterval(timer);
    expect(at).to.be.lessThan(bytes.length);
  });
});
