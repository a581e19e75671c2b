import { expect } from 'chai';
import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { until } from '../served/until.js';
import { ChaosServer } from './chaos-server.js';

const DEVICE = '02A0C4-FN%2DGW1-DISK';
const SSID = 'Device.WiFi.SSID.1.SSID';

describe('A server whose disk is full', function () {
  this.timeout(60_000);
  let mount: string;
  let server: ChaosServer | null = null;

  before(function () {
    mount = mkdtempSync(join(tmpdir(), 'provost-disk-'));
    if (spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=12m', 'tmpfs', mount]).status === 0) return;
    process.stdout.write('    (skipped: this account may not mount a small file system)\n');
    this.skip();
  });
  after(async () => {
    await server?.stop();
    spawnSync('umount', [mount]);
    rmSync(mount, { recursive: true, force: true });
  });

  it('goes on reading, says what is wrong, loses nothing, and goes on writing when there is room', async () => {
    server = await ChaosServer.start([], join(mount, 'data'));
    const cpe = server.cpe({ model: 'tr181', serialNumber: 'DISK', timeScale: 20 });
    const first = cpe.waitFor('session');
    await cpe.start();
    await first;
    const nbi = await server.signIn();
    const acknowledged: string[] = [];
    const addTask = async (value: string): Promise<number> => {
      const answer = await nbi.fetch('/tasks', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({
          device: DEVICE,
          type: 'SetValues',
          config: { param: [{ name: SSID, value, type: 'string' }] },
        }),
      });
      const { id } = (await answer.json()) as { id: string };
      if (answer.status === 201) acknowledged.push(id);
      return answer.status;
    };
    expect(await addTask('before')).to.equal(201);

    // Uploads fill the disk, until not even a small one goes in.
    let size = 2_000_000;
    let refused = 0;
    let files = 0;
    for (let at = 0; size >= 10_000; at += 1) {
      const form = new FormData();
      form.set('category', 'image');
      form.set('name', `Filler ${at}`);
      form.set('file', new Blob([randomBytes(size)]), 'filler.bin');
      const { status } = await nbi.fetch('/resources', { method: 'POST', body: form });
      if (status === 201) files += 1;
      if (status === 201) continue;
      refused = status;
      size /= 2;
    }
    expect(refused).to.equal(503);
    const answers: number[] = [];
    // Small writes go in for a while, where a large one left room.
    for (let tries = 0; tries < 200 && answers.at(-1) !== refused; tries += 1)
      answers.push(await addTask('never'));
    expect(new Set(answers)).to.include(refused);
    // Reading goes on, whatever writing does; a CPE is answered in any case.
    expect((await nbi.fetch('/tasks')).status).to.equal(200);
    expect((await nbi.fetch(`/devices/${encodeURIComponent(DEVICE)}`)).status).to.equal(200);
    const session = await cpe.inform('2 PERIODIC');
    expect(session.statuses.length).to.be.greaterThan(0);

    spawnSync('mount', ['-o', 'remount,size=64m', mount]);
    await until('a task is taken again', async () => (await addTask('after')) === 201);
    await until(
      'the device has what was asked for last',
      async () => {
        await cpe.inform('2 PERIODIC').catch(() => null);
        return cpe.get(SSID) === 'after';
      },
      20_000,
    );
    const { items } = await nbi.get<{ items: { status: string }[] }>('/executions?limit=1000');
    expect(new Set(items.map(({ status }) => status))).to.deep.equal(new Set(['SUCCESS']));
    expect(await server.process.end()).to.equal(0);
    await server.again();
    // What was refused is not there, what was acknowledged is.
    const again = await server.signIn();
    const ids = async (path: string): Promise<string[]> =>
      (await again.get<{ items: { id: string }[] }>(path)).items.map(({ id }) => id);
    expect(await ids('/tasks?limit=1000')).to.have.members(acknowledged);
    expect(await ids('/resources?limit=1000')).to.have.length(files);
  });
});
