import { expect } from 'chai';
import { ConfigError, helpText, loadConfig, type Config } from '../config.js';

const noFile = (): string => {
  throw Object.assign(new Error('no such file'), { code: 'ENOENT' });
};

const load = (argv: string[] = [], env: Record<string, string> = {}, file?: string): Config =>
  loadConfig({ argv, env, readFile: file === undefined ? noFile : () => file }).config;

const failure = (argv: string[], env: Record<string, string> = {}, file?: string): string => {
  try {
    load(argv, env, file);
  } catch (error) {
    expect(error).to.be.instanceOf(ConfigError);
    return (error as ConfigError).message;
  }
  throw new Error('The configuration was accepted');
};

describe('The configuration', () => {
  it('has the default ports and binds the console to loopback', () => {
    const config = load();
    expect([config.cwmpPort, config.filesPort, config.httpPort]).to.deep.equal([7547, 7567, 7557]);
    expect(config.httpHost).to.equal('127.0.0.1');
    expect(config.cwmpAuthentication).to.equal('digest');
  });

  it('prefers flags to the environment, the environment to the file, the file to the defaults', () => {
    const file = 'cwmpPort: 1001\nfilesPort: 1002\nhttpPort: 1003\n';
    const config = load(
      ['--cwmp-port', '3001'],
      { PROVOST_CWMP_PORT: '2001', PROVOST_FILES_PORT: '2002' },
      file,
    );
    expect([config.cwmpPort, config.filesPort, config.httpPort]).to.deep.equal([3001, 2002, 1003]);
  });

  it('refuses a setting without the one that it needs', () => {
    expect(failure(['--ssh-hosts', 'sw1.isp.test'])).to.equal(
      '--ssh-hosts: sshHosts needs sshKnownHosts (OpenSSH file of the keys by which SSH hosts are known; * = any key is taken; needed with sshHosts)',
    );
    const said = failure([], { PROVOST_SMTP_URL: 'smtp://acs:hidden@mail.isp.test' });
    expect(said)
      .to.match(/^PROVOST_SMTP_URL: smtpUrl needs mailFrom/)
      .and.to.not.contain('hidden');
    expect(load(['--ssh-hosts', '*.isp.test', '--ssh-known-hosts', '*']).sshHosts).to.equal('*.isp.test');
  });

  it('opens CPE authentication and stays on loopback with --demo, unless told otherwise', () => {
    expect(load(['--demo'])).to.include({
      cwmpAuthentication: 'none',
      cwmpHost: '127.0.0.1',
      filesHost: '127.0.0.1',
    });
    expect(load(['--demo'], { PROVOST_CWMP_AUTHENTICATION: 'any' })).to.include({
      cwmpAuthentication: 'any',
    });
  });

  it('takes MONGODB_URI under its own name', () => {
    expect(load([], { MONGODB_URI: 'mongodb://db.example/provost' }).mongodbUri).to.equal(
      'mongodb://db.example/provost',
    );
  });

  for (const [value, where] of [
    ['abc', 'a word'],
    ['70000', 'too large a port'],
    ['-1', 'a negative port'],
    ['1.5', 'a fraction'],
  ] as const) {
    it(`refuses ${where} as a port and says name, place, value and what is allowed`, () => {
      const message = failure([], { PROVOST_CWMP_PORT: value });
      expect(message)
        .to.include('cwmpPort')
        .and.include('PROVOST_CWMP_PORT')
        .and.include(value)
        .and.include('65535');
    });
  }

  it('treats an empty environment variable as not given', () => {
    expect(load([], { PROVOST_CWMP_PORT: '' }).cwmpPort).to.equal(7547);
  });

  it('takes addresses and networks as trusted proxies, and nothing else', () => {
    expect(
      load(['--http-trusted-proxies', '127.0.0.1, 10.0.0.0/8,2001:db8::/32']).httpTrustedProxies,
    ).to.include('/8');
    for (const wrong of ['proxy.example', '10.0.0.0/33', '10.0.0.0/8/8', '1.2.3'])
      expect(failure(['--http-trusted-proxies', wrong])).to.include('CIDR');
  });

  it('names every wrong setting at once', () => {
    const message = failure(['--log-level', 'loud'], { PROVOST_HTTP_PORT: 'x' });
    expect(message.split('\n')).to.have.length(2);
  });

  it('never prints a secret, not even a wrong one', () => {
    expect(failure([], { PROVOST_ADMIN_PASSWORD: 'short' }))
      .to.include('(hidden)')
      .and.not.include('short');
  });

  it('refuses an unknown setting in the file and suggests the nearest', () => {
    expect(failure([], {}, 'cwmpProt: 1'))
      .to.include('there is no setting cwmpProt')
      .and.include('cwmpPort');
  });

  it('refuses an unknown flag, a file that is no YAML and a file that is a list', () => {
    expect(failure(['--nonsense'])).to.include('--nonsense');
    expect(failure([], {}, 'a: [')).to.include('provost.yaml');
    expect(failure([], {}, '- 1')).to.include('name: value');
  });

  it('refuses a configuration file that was named and cannot be read', () => {
    expect(failure(['--config', 'elsewhere.yaml'])).to.include('elsewhere.yaml');
  });

  it('warns of environment variables that look like settings and are none', () => {
    const { warnings } = loadConfig({ argv: [], env: { PROVOST_CWMP_PROT: '1' }, readFile: noFile });
    expect(warnings.join()).to.include('PROVOST_CWMP_PROT');
  });

  it('lists every setting with its variable in the help', () => {
    const help = helpText();
    for (const word of ['--cwmp-port', 'PROVOST_DATA_DIR', 'MONGODB_URI', '--demo', 'PROVOST_ADMIN_PASSWORD'])
      expect(help).to.include(word);
  });
});
