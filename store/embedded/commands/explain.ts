import type { Document } from 'bson';
import { notSupported, StoreError } from '../errors.js';
import { T } from '../bson/raw.js';
import { Executor } from '../planner/execute.js';
import type { Store } from '../store.js';
import { leadingQuery } from './aggregate.js';
import { Command } from './command.js';
import { readFind } from './read.js';
import { reply } from './reply.js';

/** Which index a query uses and how much it looked at, in the shape of MongoDB's `explain`. */
export function explain(store: Store, command: Command): Buffer {
  if (command.argument.type !== T.object)
    throw new StoreError(14, "BSON field 'explain.explain' must be an object");
  const inner = new Command(command.argument, new Map(), command.db);
  const plan =
    inner.name === 'find'
      ? readFind(inner).query
      : inner.name === 'aggregate'
        ? leadingQuery(inner)
        : undefined;
  if (!plan) throw notSupported(`explain of '${inner.name}'`, 115);
  const name = inner.collection();
  const collection = store.find(command.db, name);
  const namespace = `${command.db}.${name}`;
  if (!collection) {
    return reply({
      queryPlanner: { namespace, winningPlan: { stage: 'EOF' } },
      executionStats: { nReturned: 0, totalKeysExamined: 0, totalDocsExamined: 0 },
    });
  }
  const executor = new Executor(store.environment, collection, plan);
  const winningPlan = describe(executor);
  const verbosity = command.string('verbosity') ?? 'allPlansExecution';
  if (verbosity === 'queryPlanner') return reply({ queryPlanner: { namespace, winningPlan } });
  const start = Date.now();
  let returned = 0;
  const found = executor.run();
  while (!found.next().done) returned++;
  return reply({
    queryPlanner: { namespace, winningPlan, rejectedPlans: [] },
    executionStats: {
      executionSuccess: true,
      nReturned: returned,
      executionTimeMillis: Date.now() - start,
      totalKeysExamined: executor.statistics.keysExamined,
      totalDocsExamined: executor.statistics.documentsExamined,
    },
  });
}

function describe(executor: Executor): Document {
  const { plan } = executor;
  const { index } = plan;
  const direction = plan.reverse ? 'backward' : 'forward';
  let stage: Document;
  if (index.primary && plan.exact)
    stage = { stage: 'IDHACK', indexName: index.name, keyPattern: index.definition.key };
  else if (index.primary && !plan.bounded && !plan.sorted) stage = { stage: 'COLLSCAN', direction };
  else {
    stage = {
      stage: 'FETCH',
      inputStage: {
        stage: 'IXSCAN',
        indexName: index.name,
        keyPattern: index.definition.key,
        isMultiKey: index.multikey.includes(true),
        isUnique: index.unique,
        isSparse: index.sparse,
        isPartial: index.partialFilter !== undefined,
        direction,
        ranges: plan.ranges.length,
      },
    };
  }
  return executor.sortsInMemory ? { stage: 'SORT', inputStage: stage } : stage;
}
