import type { GroupTree } from '../../acs/devices/groups/group-tree.js';
import { parentOf } from '../../acs/devices/groups/group-name.js';
import type { ActivityRecord } from '../../store/models/activity.js';
import type { GroupRecord } from '../../store/models/group.js';
import type { MigrationRuleRecord, RuleRun } from '../../store/models/migration-rule.js';
import { timeJson } from './json.js';

export function groupJson(group: GroupRecord, tree: GroupTree) {
  const { _id: name, kind, domain, priority, description, createdAt, createdBy, rule, version } = group;
  const parent = parentOf(name);
  return {
    id: name,
    name,
    parent,
    segment: parent === null ? name : name.slice(parent.length + 1),
    kind,
    domain,
    priority,
    effectivePriority: tree.priority(name),
    description,
    createdAt: createdAt.toISOString(),
    createdBy,
    rule,
    subgroups: tree.childCount(name),
    rules: tree.rules(name).length,
    settings: tree.settings(name).size,
    version,
  };
}

export function ruleJson(rule: MigrationRuleRecord) {
  const { _id: id, group, active, condition, destination, remove, subgroups, notes } = rule;
  const { createdBy, editedBy, failures, lastFailure, version } = rule;
  return {
    id,
    ...{ group, active, condition, destination, remove, subgroups, notes },
    createdAt: rule.createdAt.toISOString(),
    createdBy,
    editedAt: rule.editedAt.toISOString(),
    editedBy,
    failures,
    lastFailure: lastFailure && {
      at: lastFailure.at.toISOString(),
      device: lastFailure.device,
      message: lastFailure.message,
    },
    run: rule.run && runJson(rule.run),
    version,
  };
}

export function runJson(run: RuleRun) {
  const { id, state, user, startedAt, finishedAt, total, done, moved, failed, message } = run;
  return {
    ...{ id, state, user, total, done, moved, failed, message },
    startedAt: startedAt.toISOString(),
    finishedAt: timeJson(finishedAt),
  };
}

export function activityJson({ _id, at, device, kind, object, actor, by }: ActivityRecord) {
  return { id: _id.toHexString(), at: at.toISOString(), device, kind, object, actor, by };
}
