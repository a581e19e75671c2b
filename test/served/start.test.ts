import { expect } from 'chai';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { NbiClient } from './nbi-client.js';
import { failedStart, spawnServer } from './server-process.js';

const ANY_PORT = [
  '--cwmp-port',
  '0',
  '--files-port',
  '0',
  '--http-port',
  '0',
  '--cwmp-host',
  '127.0.0.1',
  '--files-host',
  '127.0.0.1',
];

describe('The start of the server', function () {
  this.timeout(60_000);
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'provost-start-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  const oneLine = (output: string): string => {
    const lines = output.trim().split('\n');
    expect(lines, output).to.have.length(1);
    return lines[0] ?? '';
  };

  it('makes the administrator at the first start only and prints the password once', async () => {
    const first = await spawnServer([...ANY_PORT, '--data-dir', folder]);
    const password = /user admin, password (\S+)/.exec(first.output())?.[1] ?? '';
    const url = /Console\s+(http:\S+)/.exec(first.output())?.[1] ?? '';
    expect(password.length).to.be.greaterThan(10);
    await new NbiClient(url).signIn('admin', password);
    expect(await first.end()).to.equal(0);
    const second = await spawnServer([...ANY_PORT, '--data-dir', folder]);
    expect(second.output()).to.not.include('user admin').and.not.include(password);
    const again = /Console\s+(http:\S+)/.exec(second.output())?.[1] ?? '';
    await new NbiClient(again).signIn('admin', password);
    await second.end();
  });

  it('says that CPEs are let in without a password when that is so', async () => {
    const server = await spawnServer([...ANY_PORT, '--data-dir', folder, '--cwmp-authentication', 'none']);
    expect(server.output()).to.include('NO password is asked for');
    await server.end();
  });

  it('ends with code 1 and one line when a port is in use', async () => {
    const blocker = createServer();
    await new Promise<void>((resolve) => blocker.listen(0, '127.0.0.1', resolve));
    const { port } = blocker.address() as AddressInfo;
    const flags = [...ANY_PORT, '--data-dir', folder, '--http-port', String(port)];
    const { code, output } = await failedStart(flags);
    blocker.close();
    expect(code).to.equal(1);
    expect(oneLine(output)).to.include(String(port)).and.include('in use').and.include('PROVOST_HTTP_PORT');
  });

  it('ends with code 1 and one line when the data folder cannot be written', async function () {
    if (process.getuid?.() === 0) {
      // Root may write everywhere; a file in the way stops it all the same.
      const { code, output } = await failedStart([...ANY_PORT, '--data-dir', '/dev/null/data']);
      expect(code).to.equal(1);
      expect(oneLine(output)).to.include('/dev/null/data').and.include('PROVOST_DATA_DIR');
      return;
    }
    await chmod(folder, 0o500);
    const { code, output } = await failedStart([...ANY_PORT, '--data-dir', join(folder, 'data')]);
    await chmod(folder, 0o700);
    expect(code).to.equal(1);
    expect(oneLine(output)).to.include('PROVOST_DATA_DIR');
  });

  it('ends with code 1 and one line when MongoDB cannot be reached, and does not tell its password', async () => {
    const uri = 'mongodb://someone:hunter22@127.0.0.1:1/provost';
    const { code, output } = await failedStart([...ANY_PORT, '--data-dir', folder, '--mongodb-uri', uri]);
    expect(code).to.equal(1);
    expect(oneLine(output))
      .to.include('MongoDB at mongodb://127.0.0.1:1/provost')
      .and.not.include('hunter22');
  });

  it('ends with code 1 and a line for each wrong setting', async () => {
    const { code, output } = await failedStart(['--cwmp-port', 'abc', '--log-level', 'loud']);
    expect(code).to.equal(1);
    expect(output.trim().split('\n')).to.have.length(2);
  });

  it('refuses a second server on the same data folder', async () => {
    const first = await spawnServer([...ANY_PORT, '--data-dir', folder]);
    const { code, output } = await failedStart([...ANY_PORT, '--data-dir', folder]);
    await first.end();
    expect(code).to.equal(1);
    expect(oneLine(output)).to.include(folder);
  });

  it('lists all settings with --help and starts nothing', async () => {
    const { code, output } = await failedStart(['--help']);
    expect(code).to.equal(0);
    expect(output).to.include('PROVOST_CWMP_PORT');
  });
});
