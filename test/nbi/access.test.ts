import { expect } from 'chai';
import { request } from 'undici';
import { ADMIN, startNbi, type Nbi } from './harness.js';

describe('NBI: access', () => {
  let nbi: Nbi;
  before(async () => {
    nbi = await startNbi({ limits: { logins: { perLogin: 3, perAddress: 1_000, window: 300 } } });
  });
  after(() => nbi.close());

  it('answers 401 as a problem without a credential, and with one that is not known', async () => {
    for (const token of [null, 'pvt_nonsense', '']) {
      const answer = await nbi.call('/devices', { token });
      expect(answer.status).to.equal(401);
      expect(answer.body).to.include({
        code: 'unauthenticated',
        type: 'urn:provost:problem:unauthenticated',
      });
    }
    const basic = await nbi.call('/devices', { token: null, headers: { authorization: 'Basic YTpi' } });
    expect(basic.status).to.equal(401);
  });

  it('gives an access token for a password, as a form alone, and ends it when asked', async () => {
    const token = await nbi.login(ADMIN.login, ADMIN.password);
    expect((await nbi.call('/me', { token })).body).to.include({ login: 'admin', administrator: true });
    expect((await nbi.call('/auth/invalidate_token', { method: 'POST', token })).status).to.equal(204);
    expect((await nbi.call('/me', { token })).status).to.equal(401);
    const json = await nbi.call('/auth/oauth_password', {
      token: null,
      body: { grant_type: 'password', username: ADMIN.login, password: ADMIN.password },
    });
    expect(json.status).to.equal(415);
  });

  it('names each wrong field of the password grant', async () => {
    const answer = await nbi.call<{ errors: { pointer: string; code: string }[] }>('/auth/oauth_password', {
      token: null,
      raw: 'grant_type=magic&user=x',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    });
    expect(answer.status).to.equal(422);
    expect(answer.body.errors.map(({ pointer }) => pointer)).to.have.members([
      '/grant_type',
      '/username',
      '/password',
    ]);
  });

  it('refuses log-ins after too many failures of one name, and says when to come again', async () => {
    await nbi.server.accounts.create({ login: 'slow', password: 'the right password', active: true });
    const attempt = (password: string) =>
      nbi.call('/auth/session', { token: null, body: { username: 'slow', password } });
    for (let count = 0; count < 3; count += 1) expect((await attempt('wrong')).status).to.equal(401);
    const refused = await attempt('the right password');
    expect(refused.status).to.equal(429);
    expect(Number(refused.headers['retry-after'])).to.be.within(1, 300);
    expect(refused.body).to.include({ code: 'rate-limited' });
  });

  it('lets nobody in whose account is inactive', async () => {
    await nbi.server.accounts.create({ login: 'asleep', password: 'the right password' });
    const answer = await nbi.call('/auth/session', {
      token: null,
      body: { username: 'asleep', password: 'the right password' },
    });
    expect(answer.status).to.equal(401);
  });

  describe('console session', () => {
    let cookie: string;
    let csrfToken: string;
    before(async () => {
      const answer = await nbi.call<{ csrfToken: string; user: unknown }>('/auth/session', {
        token: null,
        body: { username: ADMIN.login, password: ADMIN.password },
      });
      expect(answer.status).to.equal(200);
      expect(answer.headers['set-cookie']).to.match(/^provost_session=.+; HttpOnly; SameSite=Strict/);
      cookie = String(answer.headers['set-cookie']).split(';')[0] ?? '';
      ({ csrfToken } = answer.body);
    });

    it('reads by its cookie alone, and tells its CSRF token again', async () => {
      const answer = await nbi.call('/me', { token: null, headers: { cookie } });
      expect(answer.body).to.include({ login: 'admin', csrfToken });
    });

    it('changes nothing without the CSRF header, with a wrong one, or from another origin', async () => {
      const change = (headers: Record<string, string>) =>
        nbi.call('/me', {
          method: 'PATCH',
          token: null,
          body: { name: 'A' },
          headers: { cookie, ...headers },
        });
      expect((await change({})).status).to.equal(403);
      expect((await change({ 'x-csrf-token': 'wrong' })).status).to.equal(403);
      const foreign = { 'x-csrf-token': csrfToken, origin: 'https://evil.example' };
      expect((await change(foreign)).status).to.equal(403);
      expect((await change({ 'x-csrf-token': csrfToken, origin: nbi.base })).status).to.equal(200);
    });

    it('is worth nothing as a bearer token', async () => {
      const token = cookie.replace('provost_session=', '');
      expect((await nbi.call('/me', { token })).status).to.equal(401);
    });

    it('ends by DELETE', async () => {
      const headers = { cookie, 'x-csrf-token': csrfToken };
      const ended = await nbi.call('/auth/session', { method: 'DELETE', token: null, headers });
      expect(ended.status).to.equal(204);
      expect((await nbi.call('/me', { token: null, headers: { cookie } })).status).to.equal(401);
    });
  });

  describe('API tokens', () => {
    it('are shown once, listed without their value, limited to their scopes, and can be invalidated', async () => {
      const made = await nbi.call<{ id: string; token: string }>('/users/admin/tokens', {
        body: { name: 'OSS', scopes: ['devices.read', 'api.devices'] },
      });
      expect(made.status).to.equal(201);
      const { token } = made.body;
      expect((await nbi.call('/devices', { token })).status).to.equal(200);
      const refused = await nbi.call('/tasks', { token });
      expect(refused.status).to.equal(403);
      expect(refused.body).to.include({ requiredPermission: 'tasks.view' });
      const list = await nbi.call<{ items: Record<string, unknown>[] }>('/users/admin/tokens');
      expect(JSON.stringify(list.body)).to.not.include(token);
      expect((await nbi.call(`/users/admin/tokens/${made.body.id}`, { method: 'DELETE' })).status).to.equal(
        204,
      );
      expect((await nbi.call('/devices', { token })).status).to.equal(401);
      expect((await nbi.call(`/users/admin/tokens/${made.body.id}`, { method: 'DELETE' })).status).to.equal(
        404,
      );
    });

    it('need the key of the API besides the functional one', async () => {
      const { body } = await nbi.call<{ token: string }>('/users/admin/tokens', {
        body: { name: 'half', scopes: ['devices.read'] },
      });
      const refused = await nbi.call('/devices', { token: body.token });
      expect(refused.body).to.include({ code: 'forbidden', requiredPermission: 'api.devices.get' });
    });

    it('are good from their networks alone', async () => {
      const make = async (network: string) =>
        (
          await nbi.call<{ token: string }>('/users/admin/tokens', {
            body: { name: network, networks: [network] },
          })
        ).body.token;
      expect((await nbi.call('/me', { token: await make('127.0.0.0/8') })).status).to.equal(200);
      expect((await nbi.call('/me', { token: await make('192.0.2.0/24') })).status).to.equal(401);
    });

    it('cannot have more than their owner, a past end or a wrong network', async () => {
      const token = await nbi.userWith(['me.tokens', 'api.users', 'devices.read']);
      const { body: me } = await nbi.call<{ login: string }>('/me', { token: await nbi.userWith(['api']) });
      expect((await nbi.call(`/users/${me.login}/tokens`, { token, body: { name: 'x' } })).status).to.equal(
        404,
      );
      const answer = await nbi.call<{ errors: { pointer: string }[] }>('/users/admin/tokens', {
        body: { name: 'x', networks: ['10.0.0.0/99'], expiresAt: '2020-01-01T00:00:00Z' },
      });
      expect(answer.status).to.equal(422);
      expect(answer.body.errors.map(({ pointer }) => pointer)).to.have.members(['/networks/0', '/expiresAt']);
    });

    it('die at their end', async () => {
      const { body } = await nbi.call<{ id: string; token: string }>('/users/admin/tokens', {
        body: { name: 'short', expiresAt: new Date(Date.now() + 3_600_000).toISOString() },
      });
      expect((await nbi.call('/me', { token: body.token })).status).to.equal(200);
      await nbi.store.tokens.updateOne({ _id: body.id }, { $set: { expiresAt: new Date(Date.now() - 1) } });
      expect((await nbi.call('/me', { token: body.token })).status).to.equal(401);
    });
  });

  describe('users', () => {
    it('are made with a password shown once, changed, deactivated, deleted', async () => {
      const made = await nbi.call<{ generatedPassword: string }>('/users', {
        body: { login: 'n.berg', name: 'Nora Berg', permissions: ['devices.read', 'api'], active: true },
      });
      expect(made.status).to.equal(201);
      const token = await nbi.login('n.berg', made.body.generatedPassword);
      expect((await nbi.call('/users', { body: { login: 'n.berg' } })).status).to.equal(409);
      expect((await nbi.call('/users/n.berg')).headers.etag).to.match(/^"1\./);
      const change = (ifMatch: string) =>
        nbi.call('/users/n.berg', {
          method: 'PATCH',
          body: { active: false },
          headers: { 'if-match': ifMatch },
        });
      expect((await change('"7"')).status).to.equal(412);
      expect((await change('"1"')).status).to.equal(200);
      expect((await nbi.call('/me', { token })).status).to.equal(401);
      expect(
        (await nbi.call<{ items: unknown[] }>('/users?name=berg&active=false')).body.items,
      ).to.have.length(1);
      expect((await nbi.call('/users/n.berg', { method: 'DELETE' })).status).to.equal(204);
      expect((await nbi.call('/users/n.berg')).status).to.equal(404);
    });

    it('keep one administrator, and give nobody more rights than the giver has', async () => {
      expect((await nbi.call('/users/admin', { method: 'DELETE' })).status).to.equal(409);
      const token = await nbi.userWith(['admin.users', 'api.users', 'devices.read']);
      const make = (body: object) => nbi.call('/users', { token, body });
      expect((await make({ login: 'a', administrator: true })).status).to.equal(403);
      expect((await make({ login: 'b', permissions: ['tasks'] })).status).to.equal(403);
      expect((await make({ login: 'c', permissions: ['devices.read'] })).status).to.equal(201);
      const takeOver = { method: 'PATCH', token, body: { password: 'a new password, mine' } };
      expect((await nbi.call('/users/admin', takeOver)).status).to.equal(403);
    });

    it('change their own password, which ends their other sessions', async () => {
      await nbi.server.accounts.create({
        login: 'self',
        password: 'the old password',
        permissions: ['me', 'api'],
        active: true,
      });
      const one = await nbi.login('self', 'the old password');
      const other = await nbi.login('self', 'the old password');
      const change = (currentPassword: string, newPassword: string) =>
        nbi.call('/me/password', { token: one, body: { currentPassword, newPassword } });
      expect((await change('no', 'the new password')).status).to.equal(422);
      expect((await change('the old password', 'short')).status).to.equal(422);
      expect((await change('the old password', 'the new password')).status).to.equal(204);
      expect((await nbi.call('/me', { token: one })).status).to.equal(200);
      expect((await nbi.call('/me', { token: other })).status).to.equal(401);
    });
  });

  it('limits the requests of one token in a second, and says how many are left', async () => {
    const limited = await startNbi({ limits: { burst: 5 } });
    try {
      const answers = await Promise.all(Array.from({ length: 12 }, () => limited.call('/me')));
      expect(answers.some(({ status }) => status === 429)).to.equal(true);
      expect(answers[0]?.headers['ratelimit-policy']).to.equal('"burst";q=5;w=1');
      expect(answers[0]?.headers.ratelimit).to.match(/^"burst";r=\d+;t=\d+$/);
      const refused = answers.find(({ status }) => status === 429);
      expect(refused?.headers['retry-after']).to.equal('1');
    } finally {
      await limited.close();
    }
  });

  it('shows the API page by Basic log-in, without inline script', async () => {
    const page = (path: string, headers = {}) => request(`${nbi.base}/api/docs${path}`, { headers });
    const stranger = await page('');
    expect(stranger.statusCode).to.equal(401);
    expect(stranger.headers['www-authenticate']).to.match(/^Basic /);
    await stranger.body.dump();
    const authorization = `Basic ${Buffer.from(`${ADMIN.login}:${ADMIN.password}`).toString('base64')}`;
    const shown = await page('', { authorization });
    expect(shown.statusCode).to.equal(200);
    expect(shown.headers['content-security-policy']).to.include("script-src 'self'");
    expect(await shown.body.text()).to.not.match(/<script>/);
    for (const file of ['/start.js', '/swagger-ui.css', '/swagger-ui-bundle.js', '/openapi.json']) {
      const { statusCode, body } = await page(file, { authorization });
      expect(statusCode, file).to.equal(200);
      await body.dump();
    }
    const missing = await page('/package.json', { authorization });
    expect(missing.statusCode).to.equal(404);
    await missing.body.dump();
  });
});
