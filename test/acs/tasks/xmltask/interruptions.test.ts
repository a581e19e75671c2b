import { expect } from 'chai';
import { Alerts } from '../../../../acs/devices/alerts.js';
import { StoredLimiter } from '../../../../acs/tasks/stored-limiter.js';
import type { WorkflowPorts } from '../../../../acs/tasks/ports/workflow-ports.js';
import { Bench, type Ran } from './bench.js';

/** Thirty tags, of every kind that does something. */
const WORKFLOW = `
  <store target="total" value="0"/>
  <limiter name="interrupted" maxConcurrentExecutions="5" acquired="slot">
    <get key="DeviceInfo.UpTime" output="up"/>
    <store type="devProp" target="seen" value="\${(device.property.seen ? '0').toInt + 1}"/>
    <set key="Counter" value="\${#up.toInt + 1}" type="unsignedInt" flush="false"/>
    <set key="Other" value="\${#up}" type="string"/>
    <get key="Counter" output="counter" flush="false"/>
    <add parentKey="Table." output="made">
      <with key="A" value="\${#counter}" type="string"/>
      <get key="A" output="inside"/>
      <set key="B" value="b" type="string"/>
    </add>
    <foreach query="\${root.Table.any}" in="true" iterator="row">
      <get key="A" output="a"/>
      <store target="total" value="\${#total.toInt + 1}"/>
    </foreach>
    <alert type="interrupted" caption="\${#total}"/>
    <if expr="\${#total.toInt &gt; 0}">
      <rest url="http://x.test/" method="POST" content="\${#total}"><out from="n" to="n"/></rest>
      <else><finish status="ERROR" message="nothing there"/></else>
    </if>
    <delete key="Table.\${#made}."/>
    <store type="history" target="total" value="\${#total}"/>
    <task class="XmlTask">
      <config><get key="DeviceInfo.HardwareVersion" output="hw"/><store target="hw" value="\${#hw}!"/></config>
      <output var="hw"/>
    </task>
    <wait inProgressMessage="half"/>
    <get key="DeviceInfo.UpTime" output="up2"/>
    <while expr="\${#total.toInt &lt; 6}"><store target="total" value="\${#total.toInt + 1}"/></while>
    <set key="Counter" value="\${#total}" type="unsignedInt"/>
  </limiter>
  <log message="done \${#total}"/>
  <finish status="WARNING" message="\${#total} \${#hw} \${#n}"/>`;

/** Sessions after which it must have ended. */
const SESSIONS = 6;

describe('A workflow that is interrupted', function () {
  this.timeout(180_000);
  let bench: Bench;
  let calls = 0;
  /** The call (from 1) at which the server is lost, and when. */
  let loss: { at: number; when: 'before' | 'after' } | null = null;
  let lost: () => void = () => undefined;

  before(async () => {
    bench = await Bench.open();
  });
  after(() => bench.close());

  /** A port whose calls are counted; the server is lost in one of them. */
  const watched = <Port extends object>(port: Port): Port =>
    new Proxy(port, {
      get:
        (target, name) =>
        async (...args: unknown[]) => {
          calls += 1;
          const mine = loss?.at === calls ? loss.when : null;
          const forever = (): Promise<never> => {
            lost();
            return new Promise<never>(() => undefined);
          };
          if (mine === 'before') return forever();
          const method = Reflect.get(target, name) as (...given: unknown[]) => Promise<unknown>;
          const result = await method.apply(target, args);
          return mine === 'after' ? forever() : result;
        },
    });

  const prepare = async (): Promise<void> => {
    const { harness, ports } = bench;
    ports.requests.length = 0;
    ports.answer = () => ({ status: 200, text: '{"n":7}' });
    const { rest } = ports.all;
    harness.ports = {
      ...ports.all,
      alerts: watched(new Alerts(harness.store, harness.events) as WorkflowPorts['alerts']),
      limiter: watched(new StoredLimiter(harness.store)),
      ...(rest && { rest: watched(rest) }),
    };
    harness.crash();
    await bench.newDevice((cpe) => {
      cpe.set('Counter', '0', 'unsignedInt');
      cpe.set('Other', '', 'string');
      const columns = { A: { value: '', type: 'string' }, B: { value: '', type: 'string' } } as const;
      cpe.table('Table.', columns, [1, 2]);
    });
    calls = 0;
  };

  const finished = async (ran: Ran): Promise<unknown> => {
    const { store } = bench.harness;
    const { properties } = (await store.devices.findById(bench.device).lean()) ?? {};
    return {
      ...{ status: ran.status, summary: ran.summary, variables: ran.variables, properties },
      parameters: [...bench.cpe.parameters]
        .filter(([name]) => !name.endsWith('ParameterKey'))
        .map(([name, { value }]) => `${name}=${value}`),
      added: bench.cpe.count('AddObject'),
      samples: (await store.valueSamples.find({ device: bench.device }).lean()).map(({ value }) => value),
      alerts: (await store.alerts.find({ device: bench.device }).lean()).map(({ caption }) => caption),
      slots: (await store.limiters.findById('/\ninterrupted').lean())?.slots.map(({ id }) => id),
    };
  };

  const toTheEnd = async (interrupted: () => Promise<void>): Promise<{ ran: Ran; end: unknown }> => {
    await prepare();
    const task = await bench.add(WORKFLOW);
    await interrupted();
    loss = null;
    for (let session = 0; session < SESSIONS; session += 1) {
      const report = await bench.harness.reports.ofTask(task._id, bench.device);
      if (report && ['SUCCESS', 'WARNING', 'ERROR'].includes(report.status)) break;
      await bench.harness.run(bench.cpe);
    }
    const ran = await bench.look(task);
    return { ran, end: await finished(ran) };
  };

  let expected: unknown;
  let requests = 0;
  let outside = 0;

  before(async () => {
    const { ran, end } = await toTheEnd(() => Promise.resolve());
    expect(ran).to.include({ status: 'WARNING', summary: '6 H1! 7' });
    expected = end;
    requests = bench.cpe.asked.length;
    outside = calls;
    expect(requests).to.be.greaterThan(15);
    expect(outside).to.be.greaterThan(3);
  });

  for (const when of ['before', 'after'] as const) {
    it(`ends the same when the server is lost ${when} any of its requests reaches the device`, async () => {
      for (let at = 1; at <= requests; at += 1) {
        const { end } = await toTheEnd(async () => {
          // The n-th request of all sessions together.
          let before = 0;
          for (let session = 0; session < 2; session += 1) {
            await bench.harness.run(bench.cpe, { cut: { at: at - before, when, how: 'crash' } });
            before = bench.cpe.asked.length;
            if (before >= at || (when === 'before' && before === at - 1)) break;
          }
        });
        expect(end, `at request ${at} of ${requests}`).to.deep.equal(expected);
        expect(bench.ports.requests, 'one POST').to.have.length(1);
      }
    });

    it(`ends the same when the server is lost ${when} any call outside`, async () => {
      for (let at = 1; at <= outside; at += 1) {
        const { end } = await toTheEnd(async () => {
          loss = { at, when };
          const gone = new Promise<void>((resolve) => {
            lost = resolve;
          });
          for (let session = 0; session < 2 && calls < at; session += 1)
            await Promise.race([bench.harness.run(bench.cpe), gone]);
          bench.harness.crash();
        });
        expect(end, `at call ${at} of ${outside}`).to.deep.equal(expected);
        const keys = bench.ports.requests.map(
          ({ headers }) => headers.find(({ name }) => name === 'Idempotency-Key')?.value,
        );
        expect(new Set(keys).size, 'a call that is made again has the same key').to.equal(1);
      }
    });
  }
});
