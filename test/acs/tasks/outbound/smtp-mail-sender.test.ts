import { createServer, type AddressInfo, type Server } from 'node:net';
import { expect } from 'chai';
import { SMTPServer } from 'smtp-server';
import { SmtpMailSender } from '../../../../acs/tasks/outbound/smtp-mail-sender.js';
import { failureOf } from './failure-of.js';

const FROM = 'acs@provost.test';

interface Received {
  to: string[];
  text: string;
  user: string | undefined;
}

describe('Mails of workflows', () => {
  let server: SMTPServer;
  let port: number;
  const received: Received[] = [];

  before(async () => {
    server = new SMTPServer({
      disabledCommands: ['STARTTLS'],
      authOptional: true,
      onAuth: ({ username, password }, _session, done) => {
        if (username === 'acs' && password === 'open sesame') done(null, { user: username });
        else done(new Error('no'));
      },
      onRcptTo: ({ address }, _session, done) =>
        done(
          address.startsWith('nobody@') ? Object.assign(new Error('unknown'), { responseCode: 550 }) : null,
        ),
      onData: (stream, { envelope, user }, done) => {
        const pieces: Buffer[] = [];
        stream.on('data', (piece: Buffer) => pieces.push(piece));
        stream.on('end', () => {
          received.push({
            to: envelope.rcptTo.map(({ address }) => address),
            text: Buffer.concat(pieces).toString('utf8'),
            user: user as string | undefined,
          });
          done();
        });
      },
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    port = (server.server.address() as AddressInfo).port;
  });
  beforeEach(() => received.splice(0));
  after(() => new Promise<void>((resolve) => server.close(() => resolve())));

  const sender = (login = '') => new SmtpMailSender({ url: `smtp://${login}127.0.0.1:${port}`, from: FROM });
  const mail = {
    to: ['noc@isp.test'],
    cc: ['boss@isp.test'],
    subject: 'Störung',
    text: 'Device X\n.\nis down',
  };

  it('reach all receivers, with subject and text as they were given', async () => {
    await sender('acs:open%20sesame@').send(mail);
    expect(received).to.have.length(1);
    expect(received[0]).to.deep.include({ to: ['noc@isp.test', 'boss@isp.test'], user: 'acs' });
    expect(received[0]!.text).to.match(/^From: acs@provost\.test\r\n/m);
    expect(received[0]!.text).to.match(/^Subject: =\?UTF-8\?Q\?St=C3=B6rung\?=\r\n/m);
    expect(received[0]!.text).to.contain('is down');
  });

  it('cannot be given further headers or receivers by their fields', async () => {
    await sender().send({ ...mail, cc: [], subject: 'a\r\nBcc: spy@evil.test' });
    expect(received[0]!.to).to.deep.equal(['noc@isp.test']);
    expect(received[0]!.text).to.not.match(/^Bcc:/m);
    for (const wrong of ['noc', 'a@b,c@d', 'a@b\r\nRCPT TO:<c@d>', '<a@b>', ''])
      expect(await failureOf(sender().send({ ...mail, to: [wrong] }))).to.match(/is no mail address$/);
  });

  it('say that they have no receiver, or too many', async () => {
    expect(await failureOf(sender().send({ ...mail, to: [] }))).to.equal('the mail has no receiver');
    const many = Array.from({ length: 60 }, (_, number) => `u${number}@isp.test`);
    expect(await failureOf(sender().send({ ...mail, to: many }))).to.match(/61 receivers, 50 are allowed/);
  });

  it('tell why they were not taken, without the password', async () => {
    const refused = await failureOf(sender('acs:wrong-secret@').send(mail));
    expect(refused).to.equal('the mail server did not take it (EAUTH 535)');
    const unknown = await failureOf(sender().send({ ...mail, to: ['nobody@isp.test'], cc: [] }));
    expect(unknown).to.equal('the mail server did not take it (EENVELOPE 550)');
  });

  it('say when there is no mail server', async () => {
    const taken: Server = createServer();
    await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve));
    const free = (taken.address() as AddressInfo).port;
    await new Promise((resolve) => taken.close(resolve));
    const gone = new SmtpMailSender({ url: `smtp://127.0.0.1:${free}`, from: FROM });
    expect(await failureOf(gone.send(mail))).to.match(/^the mail server did not take it \(E/);
  });
});
