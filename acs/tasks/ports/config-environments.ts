import type { Environment, Uses } from '../../expressions/index.js';
import type { ConditionMoment } from './conditions.js';

/** What expressions in configurations of tasks may look at (expressions.md §6, tasks.md §6.2). */
export interface ConfigEnvironments {
  /**
   * Loads what the expressions name, once for a run, and gives what makes the environment of each moment from it: an
   * attribute is evaluated when the run first reads it.
   */
  prepare(
    uses: Pick<Uses, 'contexts' | 'resources'>,
    moment: Omit<ConditionMoment, 'now'>,
  ): Promise<(now: Date) => Environment>;
}
