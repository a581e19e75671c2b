import { expect } from 'chai';
import fc from 'fast-check';
import { allPages } from '../../ui/api/all-pages.js';
import { csvOf } from '../../ui/logic/csv.js';
import { deviceValues } from '../../ui/logic/device-values.js';
import { executionFilter, readExecutions, writeExecutions } from '../../ui/logic/execution-query.js';
import { listOfTask } from '../../ui/logic/task-id.js';
import { readTaskList, taskChips, taskFilter, writeTaskList } from '../../ui/logic/task-list-query.js';
import { percent, taskProgress } from '../../ui/logic/task-progress.js';
import { shortTaskId } from '../../ui/logic/task-sentences.js';

describe('The list of all tasks in the URL', () => {
  it('comes back as it was written, and takes nothing that it does not know', () => {
    const query = {
      q: 'wifi',
      in: 'comment',
      target: 'group',
      active: 'false',
      tag: 'qa',
      priority: '-3',
      size: '25',
      after: 'c',
    };
    expect(writeTaskList(readTaskList(query))).to.deep.equal(query);
    const odd = { in: 'secret', target: 'x', active: '1', priority: '1e3', size: '7' };
    expect(writeTaskList(readTaskList(odd))).to.deep.equal({});
  });

  it('searches the one column that is chosen, and joins the filters', () => {
    expect(taskFilter(readTaskList({ q: ' a ', in: 'id' }))).to.deep.equal({ id: 'a' });
    expect(taskFilter(readTaskList({ q: '  ' }))).to.deep.equal({});
    expect(taskFilter(readTaskList({ repeats: 'true', active: 'false', priority: '5' }))).to.deep.equal({
      automaticRestart: true,
      active: false,
      priority: 5,
    });
  });

  it('says what narrows it, each with what takes it away', () => {
    const state = readTaskList({ target: 'group', user: 'n.berg' });
    const chips = taskChips(state);
    expect(chips.map((chip) => chip.label)).to.deep.equal(['of groups', 'user: n.berg']);
    for (const chip of chips) expect(taskChips({ ...state, ...chip.clear })).to.have.length(1);
  });
});

describe('The list of executions in the URL', () => {
  it('comes back as it was written', () => {
    const query = { status: 'failure', device: 'X', task: 'd:X:1', direct: '1', size: '100', after: 'c' };
    expect(writeExecutions(readExecutions(query))).to.deep.equal(query);
  });

  it('asks for the statuses that its word stands for', () => {
    expect(executionFilter(readExecutions({ status: 'unfinished' }))).to.deep.equal({
      status: 'NOT_STARTED,IN_PROGRESS',
    });
    expect(executionFilter(readExecutions({}))).to.deep.equal({});
  });
});

describe('An exported list', () => {
  const columns = [{ title: 'A', text: (row: string) => row }];

  it('quotes what would break a line, and disarms what a spreadsheet would run', () => {
    expect(csvOf(columns, ['a,"b"', '=1+1', '-3', '@x'])).to.equal(
      '\uFEFFA\r\n"a,""b"""\r\n\'=1+1\r\n-3\r\n\'@x\r\n',
    );
  });

  it('holds the rows of all pages in their order', async () => {
    const all = Array.from({ length: 1_205 }, (_, i) => i);
    const heard: number[] = [];
    const rows = await allPages(
      ({ limit, cursor }) => {
        const from = Number(cursor ?? 0);
        const next = from + limit < all.length ? String(from + limit) : null;
        return Promise.resolve({ items: all.slice(from, from + limit), next });
      },
      (so) => heard.push(so),
    );
    expect(rows).to.deep.equal(all);
    expect(heard).to.deep.equal([500, 1_000, 1_205]);
  });
});

describe('The progress of a group task', () => {
  const byStatus = { SUCCESS: 18_204, IN_PROGRESS: 312, WARNING: 12, ERROR: 88, NOT_STARTED: 0 };

  it('counts devices without a report as not started where the size of the group is known', () => {
    const { parts, total } = taskProgress(byStatus, 48_213);
    expect(total).to.equal(48_213);
    expect(parts.find((part) => part.status === 'NOT_STARTED')?.count).to.equal(48_213 - 18_616);
    expect(taskProgress(byStatus, null).total).to.equal(18_616);
    expect(taskProgress(byStatus, 5).total, 'a count that is too old').to.equal(18_616);
  });

  it('fills the bar, and shows whatever exists', () => {
    const counts = fc.nat({ max: 1_000_000 });
    fc.assert(
      fc.property(
        counts,
        counts,
        counts,
        counts,
        counts,
        (SUCCESS, IN_PROGRESS, WARNING, ERROR, NOT_STARTED) => {
          const { parts, total } = taskProgress({ SUCCESS, IN_PROGRESS, WARNING, ERROR, NOT_STARTED }, null);
          expect(parts.reduce((sum, part) => sum + part.count, 0)).to.equal(total);
          if (total > 0) expect(parts.reduce((sum, part) => sum + part.width, 0)).to.be.closeTo(100, 0.001);
          for (const part of parts) expect(part.width).to.be.greaterThan(1.5);
        },
      ),
      { numRuns: 100 },
    );
  });

  it('says a share of failures, never none where there is one', () => {
    expect(taskProgress(byStatus, null).failedShare).to.be.closeTo(88 / 18_304, 1e-9);
    expect([0, 0.0001, 0.0048, 0.5, 1].map(percent)).to.deep.equal([
      '0 %',
      '0.1 %',
      '0.5 %',
      '50 %',
      '100 %',
    ]);
  });
});

describe('A task’s id', () => {
  it('leads to the list of its target, also when the task is gone', () => {
    expect(listOfTask('d:02A0C4-GW%2DX:7')).to.deep.equal({
      path: '/devices/02A0C4-GW%252DX/tasks',
      query: { sel: 'd:02A0C4-GW%2DX:7' },
    });
    expect(listOfTask('g:root.a:daily')).to.deep.include({ path: '/groups/root.a/tasks' });
    expect(listOfTask('nonsense')).to.deep.equal({ path: '/tasks' });
  });

  it('is short beside the identity of its device', () => {
    expect(shortTaskId('d:02A0C4-GW:7')).to.equal('d:…:7');
    expect(shortTaskId('g:root:7')).to.equal('g:root:7');
  });
});

describe('A task that is advanced to a group', () => {
  it('names the values that are true for its one device only', () => {
    const device = {
      serialNumber: 'E5CAE8',
      mac: null,
      wanIp: '10.1.4.7',
      indexed: { 'wifi.1.ssid': 'Home' },
    };
    const config = {
      param: [
        { name: 'wifi.1.ssid', value: 'home' },
        { name: 'x', value: '6' },
      ],
    };
    expect(deviceValues(config, device)).to.deep.equal([
      { place: 'param 1 value', what: 'Wi-Fi name', value: 'home' },
    ]);
  });
});
