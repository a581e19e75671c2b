import type { Clock } from '../../../common/clock.js';
import { ConflictError } from '../../../common/errors.js';
import type { Log } from '../../../common/log.js';
import type { Store } from '../../../store/store.js';
import { STARTING_SET } from './starting-set/starting-set.js';
import type { StartingTemplate } from './starting-set/starting-template.js';
import type { TemplateService } from './template-service.js';

/** Names the setting that holds the keys of the templates that were created once. */
const SETTING = 'templates.starting';

interface Created {
  _id: string;
  value: string[];
  updatedAt: Date;
}

export interface StartingSetParts {
  store: Store;
  templates: Pick<TemplateService, 'create'>;
  clock: Clock;
  log: Log;
}

/**
 * Creates the templates and quick fixes that this installation never had (templates-quickfixes.md §7), in the domain `/`;
 * resolves to their keys. What users changed stays as it is, what they deleted does not come back, and a template of theirs
 * that has the name already is left alone.
 */
export async function createStartingSet(
  { store, templates, clock, log }: StartingSetParts,
  wanted: readonly StartingTemplate[] = STARTING_SET,
): Promise<string[]> {
  const settings = store.db.collection<Created>(store.settings.collection.name);
  const before = new Set((await settings.findOne({ _id: SETTING }))?.value);
  const made: string[] = [];
  for (const { key, template } of wanted) {
    if (before.has(key)) continue;
    if (await create(template, templates)) made.push(key);
    // Marked when it is there: a start that ends in between finds it and marks it.
    await settings.updateOne(
      { _id: SETTING },
      { $addToSet: { value: key }, $set: { updatedAt: clock.now() } },
      { upsert: true },
    );
  }
  if (made.length > 0) log.debug({ templates: made }, 'the starting set of templates was created');
  return made;
}

/** False = the name is taken, or another server makes it at the same time. */
async function create(
  template: StartingTemplate['template'],
  templates: StartingSetParts['templates'],
): Promise<boolean> {
  try {
    await templates.create({ ...template, domain: '/' }, 'system');
    return true;
  } catch (error) {
    if (error instanceof ConflictError) return false;
    throw error;
  }
}
