import { expect } from 'chai';
import type { ManualClock } from '../../../../common/clock.js';
import { Bench } from './bench.js';
import type { ExpressionAnswer } from './machine-world.js';
import { runPure } from './machine-world.js';

describe('The limits of workflows', function () {
  this.timeout(60_000);

  const ends = (content: string, options: { clock?: ManualClock; tick?: number } = {}): ExpressionAnswer =>
    runPure(`<config>\n${content}\n</config>`, options);

  for (const [what, content, summary] of [
    [
      'an endless loop',
      '<while expr="true"><store value="x"/></while>',
      /^task timeout: over 100000 tags .*: <(while|store)> in line 2$/,
    ],
    [
      'an endless loop without content',
      '<while expr="true"/>',
      /^task timeout: over 100000 tags .*: <while> in line 2$/,
    ],
    [
      'loops in loops',
      '<foreach list="${list(1,2,3,4,5,6,7,8,9,0).map(_.toString)}"><foreach list="a,b,c,d,e,f,g,h,i,j"><while expr="true"><log message="x" level="TRACE"/></while></foreach></foreach>',
      /^task timeout: over 100000 tags/,
    ],
    [
      'a variable that grows',
      '<store target="x" value="0123456789abcdef"/><while expr="true"><store target="x" value="${#x}${#x}"/></while>',
      /^the value of the variable x is over 64 KiB: <store> in line 2$/,
    ],
    [
      'many variables',
      `<store target="x" value="${'y'.repeat(12_000)}"/><store target="x" value="\${#x}\${#x}\${#x}"/>${Array.from({ length: 40 }, (_, index) => `<store target="v${index}" value="\${#x}"/>`).join('')}`,
      /^the variables together are over 1 MiB, at v\d+: <store> in line 2$/,
    ],
  ] as const)
    it(`end ${what} with ERROR that names tag, line and reason`, () => {
      const { status, summary: text } = ends(content);
      expect(status).to.equal('ERROR');
      expect(text).to.match(summary);
    });

  it('let a loop of many passes go to its end', () => {
    const { status, executed } = ends(
      '<store target="n" value="0"/><while expr="${#n.toInt &lt; 49000}"><store target="n" value="${#n.toInt + 1}"/></while>',
    );
    expect(status).to.equal('SUCCESS');
    expect(executed).to.be.lessThan(1_000);
  });

  it('end a run whose time in the session is over', () => {
    const { status, summary } = ends('<while expr="true"><store value="x"/></while>', { tick: 100 });
    expect(status).to.equal('ERROR');
    expect(summary).to.match(
      /^task timeout: the run takes too long in this session: <(while|store)> in line 2$/,
    );
  });

  describe('in a session', () => {
    let bench: Bench;
    before(async () => {
      bench = await Bench.open();
    });
    after(() => bench.close());

    it('never stop the queue: the next task runs', async () => {
      await bench.newDevice();
      const endless = await bench.add(
        '<while expr="true"><get key="DeviceInfo.UpTime" output="x" flush="false" ignoreFaults="true"/><store target="y" value="1"/></while>',
      );
      const next = await bench.harness.add(bench.cpe, 'GetValues', {
        parameter: [{ name: 'Device.DeviceInfo.UpTime' }],
      });
      await bench.harness.run(bench.cpe);
      const ran = await bench.look(endless);
      expect(ran.status).to.equal('ERROR');
      expect(ran.summary).to.match(/^task timeout: over 100000 tags/);
      expect((await bench.harness.report(next)).status).to.equal('SUCCESS');
    });

    it('end a loop over sessions that no session satisfies by its deadline', async () => {
      await bench.newDevice();
      const task = await bench.add(
        '<store target="until" value="${date.now.addMinutes(3).millis}"/><while expr="true"><wait deadline="${date.fromMillis(#until.toLong)}" timeoutMessage="gave up"/></while>',
      );
      for (let session = 0; session < 5; session += 1) await bench.harness.run(bench.cpe);
      expect(await bench.look(task)).to.include({ status: 'ERROR', summary: 'gave up' });
    });
  });
});
