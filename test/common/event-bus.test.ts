import { expect } from 'chai';
import { ManualClock } from '../../common/clock.js';
import { MemoryEventBus } from '../../common/event-bus.js';
import type { ProvostEvent } from '../../common/events.js';

describe('The event bus', () => {
  it('gives every event to every listener until it unsubscribes', () => {
    const bus = new MemoryEventBus(new ManualClock());
    const seen: string[] = [];
    const undo = bus.subscribe((event) => seen.push(event.type));
    bus.publish('a', 'x');
    undo();
    bus.publish('b', 'x');
    expect(seen).to.deep.equal(['a']);
  });

  it('lets a reader go on after the last event that it saw, without a gap or a double', () => {
    const bus = new MemoryEventBus(new ManualClock(), 100);
    const all: ProvostEvent[] = [];
    bus.subscribe((event) => all.push(event));
    for (let i = 0; i < 90; i += 1) bus.publish(`t${i}`, 'x');
    for (const position of [0, 1, 45, 88, 89]) {
      const id = all[position]?.id ?? '';
      expect(bus.since(id)?.map((event) => event.id)).to.deep.equal(
        all.slice(position + 1).map((event) => event.id),
      );
    }
  });

  it('keeps a bounded number of events and says when a reader is too far behind', () => {
    const bus = new MemoryEventBus(new ManualClock(), 100);
    const ids: string[] = [];
    bus.subscribe((event) => ids.push(event.id));
    for (let i = 0; i < 1_000; i += 1) bus.publish('t', 'x');
    expect(bus.since(ids[0] ?? '')).to.equal(null);
    expect(bus.since(ids[950] ?? '')).to.have.length(49);
  });

  it('does not continue from an id of an earlier run, of the future or of nonsense', () => {
    const bus = new MemoryEventBus(new ManualClock('2026-01-02T00:00:00Z'));
    bus.publish('t', 'x');
    for (const id of [
      '',
      '5',
      'other-1',
      'a-b-c',
      `${new Date('2026-01-02T00:00:00Z').getTime().toString(36)}-7`,
    ])
      expect(bus.since(id), id).to.equal(null);
  });
});
