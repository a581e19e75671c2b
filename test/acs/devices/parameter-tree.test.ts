import { expect } from 'chai';
import fc from 'fast-check';
import { ParameterTree, type TreeChange } from '../../../acs/devices/parameter-tree.js';
import { packChange, unpackChange } from '../../../acs/devices/tree-change.js';
import { decodeTree, encodeTree, TREE_FORMAT } from '../../../acs/devices/tree-codec.js';
import { anyChange, anyPath, TreeModel } from './tree-model.js';

const at = new Date('2026-03-01T12:00:00Z');
const paths = (tree: ParameterTree): string[] => [...tree].map(({ path }) => path);
const names = (...all: string[]): TreeChange => ({
  at,
  names: all.map((name) => ({ name, writable: null })),
});
const values = (...all: string[]): TreeChange => ({
  at,
  values: all.map((name) => ({ name, value: 'v', type: 'string' })),
});

function viewOf(tree: ParameterTree) {
  return new Map(
    [...tree].map(({ path, object, value, type, writable, readAt }) => [
      path,
      { object, value, type, writable, readAt: readAt?.getTime() ?? null },
    ]),
  );
}

describe('The parameter tree', () => {
  it('does what a plain map of names would do, whatever the changes', () => {
    fc.assert(
      fc.property(fc.array(anyChange, { maxLength: 6 }), (changes) => {
        const tree = new ParameterTree();
        const model = new TreeModel();
        for (const change of changes) {
          tree.apply(change);
          model.apply(change);
          expect(viewOf(tree)).to.deep.equal(model.view());
        }
      }),
      { numRuns: 1_000 },
    );
  });

  it('is the same after it was stored and read', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anyChange, { maxLength: 6 }), async (changes) => {
        const tree = new ParameterTree();
        for (const change of changes) tree.apply(change);
        const read = await decodeTree(await encodeTree(tree), TREE_FORMAT);
        expect([...read]).to.deep.equal([...tree]);
        expect(read.parameterCount).to.equal(tree.parameterCount);
      }),
      { numRuns: 300 },
    );
  });

  it('takes a change that was stored as a patch like the change itself', () => {
    fc.assert(
      fc.property(anyChange, anyChange, (first, second) => {
        const direct = new ParameterTree();
        const patched = new ParameterTree();
        for (const change of [first, second]) {
          direct.apply(change);
          patched.apply(unpackChange(JSON.parse(JSON.stringify(packChange(change)), revive) as never));
        }
        expect([...patched]).to.deep.equal([...direct]);
      }),
    );
  });

  it('takes the same change twice without a difference', () => {
    fc.assert(
      fc.property(anyChange, anyChange, (first, second) => {
        const tree = new ParameterTree();
        tree.apply(first);
        tree.apply(second);
        const once = [...tree];
        tree.apply(second);
        // A name that turned into an object in the middle of a change has lost its value only the first time.
        expect(tree.parameterCount).to.equal(once.filter(({ object }) => !object).length);
        expect(paths(tree)).to.deep.equal(once.map(({ path }) => path));
      }),
    );
  });

  it('finds by name what it yields, and yields children in natural order', () => {
    fc.assert(
      fc.property(fc.array(anyPath, { maxLength: 20 }), (all) => {
        const tree = new ParameterTree();
        tree.apply(values(...all));
        const nodes = [...tree];
        for (const node of nodes) expect(tree.get(node.path)).to.deep.equal(node);
        for (const { path } of nodes.filter(({ object }) => object)) {
          const below = tree.children(path).map((node) => node.path.slice(path.length).replace('.', ''));
          expect(below).to.deep.equal([...below].sort(natural));
        }
      }),
    );
  });

  it('lists instances by number', () => {
    const tree = new ParameterTree();
    tree.apply(
      names(
        'Device.Hosts.Host.10.',
        'Device.Hosts.Host.9.',
        'Device.Hosts.Host.100.',
        'Device.Hosts.Host.1.',
      ),
    );
    expect(tree.instances('Device.Hosts.Host.')).to.deep.equal(['1', '9', '10', '100']);
  });

  it('infers objects that a CPE lists without a dot or not at all', () => {
    const tree = new ParameterTree();
    tree.apply(names('Device', 'Device.DeviceInfo', 'Device.DeviceInfo.UpTime', 'Device.WiFi.SSID.1.SSID'));
    expect(paths(tree)).to.deep.equal([
      'Device.',
      'Device.DeviceInfo.',
      'Device.DeviceInfo.UpTime',
      'Device.WiFi.',
      'Device.WiFi.SSID.',
      'Device.WiFi.SSID.1.',
      'Device.WiFi.SSID.1.SSID',
    ]);
    expect(tree.get('Device.WiFi')?.writable).to.equal(null);
  });

  it('keeps empty tables and drops instances when all values below a prefix are listed', () => {
    const tree = new ParameterTree();
    tree.apply(names('Device.NAT.PortMapping.', 'Device.Hosts.Host.1.', 'Device.Hosts.Host.2.'));
    tree.apply(values('Device.Hosts.Host.1.HostName', 'Device.Hosts.Host.2.HostName', 'Device.Hosts.Old'));
    tree.apply({
      ...values('Device.Hosts.Host.2.HostName'),
      complete: { prefix: 'Device.', ofNames: false },
    });
    expect(paths(tree)).to.deep.equal([
      'Device.',
      'Device.Hosts.',
      'Device.Hosts.Host.',
      'Device.Hosts.Host.2.',
      'Device.Hosts.Host.2.HostName',
      'Device.NAT.',
      'Device.NAT.PortMapping.',
    ]);
  });

  it('leaves what a one-level listing does not speak of', () => {
    const tree = new ParameterTree();
    tree.apply(values('Device.WiFi.SSID.1.SSID', 'Device.WiFi.Radio.1.Channel', 'Device.IP.X'));
    tree.apply({
      ...names('Device.WiFi.SSID.'),
      complete: { prefix: 'Device.WiFi.', ofNames: true, nextLevel: true },
    });
    expect(paths(tree).filter((path) => !path.endsWith('.'))).to.deep.equal([
      'Device.IP.X',
      'Device.WiFi.SSID.1.SSID',
    ]);
  });

  it('forgets values, but not names and types, when it is voided', () => {
    const tree = new ParameterTree();
    tree.apply(values('Device.A.B'));
    tree.apply({ at, voided: true });
    expect(tree.get('Device.A.B')).to.include({ value: null, type: 'string', readAt: null });
  });

  it('leaves a copy alone when the original changes, and the other way round', () => {
    const tree = new ParameterTree();
    tree.apply(values('Device.A.B', 'Device.A.C'));
    const copy = tree.clone();
    copy.apply({ at, removed: ['Device.A.B'], values: [{ name: 'Device.A.D', value: '1', type: 'int' }] });
    tree.apply({ at, removed: ['Device.A.C'] });
    expect(paths(tree)).to.deep.equal(['Device.', 'Device.A.', 'Device.A.B']);
    expect(paths(copy)).to.deep.equal(['Device.', 'Device.A.', 'Device.A.C', 'Device.A.D']);
  });

  it('and a copy go their own ways, whatever they had in common and whichever is changed or read first', () => {
    const applied = (changes: readonly TreeChange[]): ParameterTree => {
      const tree = new ParameterTree();
      for (const change of changes) tree.apply(change);
      return tree;
    };
    const some = fc.array(anyChange, { maxLength: 3 });
    fc.assert(
      fc.property(some, some, some, (common, ours, theirs) => {
        const tree = applied(common);
        const copy = tree.clone();
        for (let turn = 0; turn < 3; turn += 1) {
          const [mine, other] = [ours[turn], theirs[turn]];
          if (mine) tree.apply(mine);
          if (other) copy.apply(other);
        }
        expect([...copy.clone()]).to.deep.equal([...applied([...common, ...theirs])]);
        expect([...tree]).to.deep.equal([...applied([...common, ...ours])]);
      }),
    );
  });

  it('says which names it could not take', () => {
    const tree = new ParameterTree();
    const bad = ['Device..X', '.', 'a.'.repeat(65) + 'b', 'x'.repeat(2_000)];
    expect(tree.apply(values(...bad, 'Device.Good')).ignored).to.deep.equal(bad);
    expect(paths(tree)).to.deep.equal(['Device.', 'Device.Good']);
  });

  it('takes fifty thousand instances in the worst order and their removal in a moment', () => {
    const tree = new ParameterTree();
    const all = Array.from({ length: 50_000 }, (_, index) => `Device.T.${50_000 - index}.V`);
    const start = process.cpuUsage();
    tree.apply(values(...all));
    expect(tree.instances('Device.T.')[0]).to.equal('1');
    tree.apply({ ...values('Device.T.7.V'), complete: { prefix: 'Device.', ofNames: true } });
    expect(tree.parameterCount).to.equal(1);
    expect(process.cpuUsage(start).user / 1000).to.be.lessThan(4_000);
  });

  it('refuses a stored tree that is damaged or of another format', async () => {
    const tree = new ParameterTree();
    tree.apply(values('Device.A'));
    const snapshot = await encodeTree(tree);
    for (const [bytes, format] of [
      [snapshot, 'columns-0'],
      [snapshot.subarray(0, 5), TREE_FORMAT],
    ] as const) {
      let failure: unknown = null;
      await decodeTree(bytes, format).catch((error: unknown) => (failure = error));
      expect(failure).to.be.instanceOf(Error);
    }
  });
});

function natural(a: string, b: string): number {
  const [x, y] = [Number(a), Number(b)];
  if (Number.isNaN(x) !== Number.isNaN(y)) return Number.isNaN(x) ? 1 : -1;
  return Number.isNaN(x) ? (a < b ? -1 : a > b ? 1 : 0) : x - y;
}

function revive(key: string, value: unknown): unknown {
  return key === 'at' ? new Date(value as string) : value;
}
