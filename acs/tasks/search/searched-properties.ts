import type { TaskRecord } from '../../../store/models/task.js';
import { isSecretName } from '../../devices/secret-names.js';

/**
 * Properties that a search may look at. Secrets are not among them: an expression would tell them one question at a time.
 * Those that are worked out on each device stand there as they are written.
 */
export function searchedProperties({ properties }: Pick<TaskRecord, 'properties'>): Map<string, string> {
  return new Map(
    properties
      .filter(({ name, secret }) => secret !== true && !isSecretName(name))
      .map(({ name, value }) => [name, value]),
  );
}
