import type { MigrationDryRun, MigrationRule } from '../api/types.js';
import { count, number } from '../format/values.js';

type Run = NonNullable<MigrationRule['run']>;

/** How far a run over all members is, or how it ended. */
export function runSentence(run: Run): string {
  const numbers = `${number(run.done)} of ${count(run.total, 'member')} looked at, ${number(run.moved)} moved${run.failed > 0 ? `, ${number(run.failed)} failed` : ''}`;
  switch (run.state) {
    case 'running':
      return `Runs: ${numbers}.`;
    case 'finished':
      return `Last run: ${numbers}.`;
    case 'cancelled':
      return `Last run ended by hand: ${numbers}.`;
    case 'failed':
      return `Last run broke off: ${run.message}. ${numbers}.`;
  }
}

/** What a trial found; `examined` is less than `members` when its time was over. */
export function dryRunSentence(found: MigrationDryRun): string {
  const part =
    found.examined < found.members
      ? `The first ${number(found.examined)} of ${count(found.members, 'member')} were tried`
      : `${count(found.members, 'member')} tried`;
  const failed = found.failures > 0 ? `; it fails on ${count(found.failures, 'device')}` : '';
  return `${part}: ${number(found.matched)} fit${failed}. Nothing was moved.`;
}
