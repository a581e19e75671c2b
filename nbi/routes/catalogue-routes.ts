import { z } from 'zod';
import { MEANINGS, type MeaningData } from '../../acs/devices/meanings.js';
import { ANCHORS, type Candidate } from '../../acs/devices/meanings-data.js';
import { settingsOf } from '../../acs/tasks/sv-defaults.js';
import type { TaskType } from '../../acs/tasks/task-type.js';
import { listMeanings, listTaskTypes } from '../api/tasks.js';
import { pageReply } from '../http/lists.js';
import { implement } from '../http/route.js';

/** Made once: the table of task types does not change while the server runs. */
const known = new WeakMap<TaskType, ReturnType<typeof describe>>();

export const catalogueRoutes = [
  implement(listTaskTypes, (_request, { tasks }) =>
    pageReply({ items: tasks.types(), next: null }, (type) => {
      const json = known.get(type) ?? describe(type);
      known.set(type, json);
      return json;
    }),
  ),
  implement(listMeanings, () => pageReply({ items: MEANINGS, next: null }, meaningJson)),
];

function describe(type: TaskType) {
  const { name, title, branch, description, defaultPriority, example } = type;
  const schema = z.toJSONSchema(type.schema, { io: 'input', unrepresentable: 'any' });
  for (const [attribute, field] of Object.entries(schema.properties ?? {})) {
    const settings = settingsOf(name, attribute);
    if (settings.length === 0 || typeof field === 'boolean') continue;
    field.description =
      `${field.description ?? ''} Left out: the setting value ${settings.join(', else ')}, where the device has it.`.trim();
  }
  return { name, title, branch, description, defaultPriority, schema, example };
}

function meaningJson(meaning: MeaningData) {
  const { key, title, type, unit, secret, writable } = meaning;
  return {
    key,
    title,
    type,
    unit: unit ?? null,
    secret: secret ?? false,
    writable,
    tr098: meaning.tr098.map((candidate) => pathOf(candidate, 'tr098')),
    tr181: meaning.tr181.map((candidate) => pathOf(candidate, 'tr181')),
  };
}

function pathOf(candidate: Candidate, model: 'tr098' | 'tr181'): string {
  const root = model === 'tr098' ? 'InternetGatewayDevice.' : 'Device.';
  if (typeof candidate === 'string') return root + candidate;
  const [anchor, name] = candidate;
  return `${root}${ANCHORS[anchor][model]?.pattern ?? ''}${name}`;
}
