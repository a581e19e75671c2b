import { expect } from 'chai';
import type { z } from 'zod';
import { parseConfig } from '../../../acs/tasks/config-schema.js';
import { configToXml } from '../../../acs/tasks/config-xml.js';
import { SV_DEFAULTS } from '../../../acs/tasks/sv-defaults.js';
import { SYSTEM_TASKS } from '../../../acs/tasks/system-tasks.js';
import { findTaskType, TASK_TYPES } from '../../../acs/tasks/task-types.js';

/** The attributes of a configuration, by name. */
function attributesOf(schema: z.ZodType): Record<string, z.ZodType> {
  const { shape, innerType } = schema.def as { shape?: Record<string, z.ZodType>; innerType?: z.ZodType };
  return shape ?? (innerType ? attributesOf(innerType) : {});
}

describe('the tables of task types', () => {
  for (const type of TASK_TYPES)
    describe(type.name, () => {
      it('has an example that is valid, as data and as XML', () => {
        const parsed = parseConfig(type, type.example);
        expect(parseConfig(type, type.toXml?.(type.example) ?? configToXml(type.example))).to.deep.equal(
          parsed,
        );
      });

      it('is found with and without Task, and by the class of an imported definition', () => {
        expect(findTaskType(`${type.name}Task`)).to.equal(type);
        expect(findTaskType(`com.example.${type.name}Task`)).to.equal(type);
      });

      it('has a title for each attribute, since forms are made from them', () => {
        for (const [name, schema] of Object.entries(attributesOf(type.schema)))
          expect(schema.meta()?.title, name).to.be.a('string').and.not.equal('');
      });
    });

  it('names setting values only for attributes that there are, which have a default of their own', () => {
    for (const [name, attributes] of Object.entries(SV_DEFAULTS)) {
      const type = findTaskType(name);
      expect(type?.name).to.equal(name);
      for (const [attribute, expression] of Object.entries(attributes)) {
        const schema = attributesOf(type!.schema)[attribute];
        expect(schema?.safeParse(undefined).success, `${name} ${attribute}`).to.equal(true);
        expect(expression).to.match(/^\$\{sv\..*\}$/);
      }
    }
  });

  it('has system tasks with ids of their groups, settings as task-types.md §7 says, and valid configurations', () => {
    expect(
      SYSTEM_TASKS.map(({ id, type, class: kind, settings }) => [id, type, kind, settings.priority]),
    ).to.deep.equal([
      ['g:root.monitoring:MonitoringTask', 'Monitoring', 'essential', 100],
      ['g:root:ClearCustomLogLevel', 'XmlTask', 'essential', 10],
      ['g:root:datamodelRefresher', 'RefreshDataModel', 'important', 1],
      ['g:root.cwmp:BestEffortRefresh', 'CwmpBestEffortRefresh', 'optional', 1],
      ['g:root:DefaultRelationship', 'XmlTask', 'optional', 10],
      ['g:root:ipTrackerSetup', 'IpTracker', 'optional', 2],
    ]);
    for (const task of SYSTEM_TASKS) {
      expect(task.id.startsWith(`g:${task.group}:`)).to.equal(true);
      const type = findTaskType(task.type);
      if (!type || task.pending !== undefined) continue;
      parseConfig(type, task.config);
      expect(type.transientAllowed || task.settings.transientReport !== true).to.equal(true);
    }
  });
});
