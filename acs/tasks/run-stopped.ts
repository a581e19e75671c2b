import { ProvostError } from '../../common/errors.js';

/** The run was taken away from the session that works on it; what it did stays, nothing more is sent for it. */
export class RunStopped extends ProvostError {
  readonly code = 'run-stopped';

  constructor(
    readonly reason: 'deleted' | 'restarted' | 'ended-elsewhere' | 'device-left-group',
    /** The operator's restart, so that the run is not taken for one that may begin again in this session. */
    readonly restartedAt: Date | null = null,
  ) {
    super(`The run was stopped: ${reason}`);
  }
}
