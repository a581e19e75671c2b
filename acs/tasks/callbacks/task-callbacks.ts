import type { Clock } from '../../../common/clock.js';
import { ConflictError, NotFoundError, StaleError, ValidationError } from '../../../common/errors.js';
import { newId } from '../../../common/ids.js';
import type { SecretBox } from '../../../common/secret-box.js';
import { isDuplicateKey } from '../../../store/duplicate-key.js';
import type { CallbackDeliveryRecord } from '../../../store/models/callback-delivery.js';
import type { CallbackAuthentication, TaskCallbackRecord } from '../../../store/models/task-callback.js';
import type { Store } from '../../../store/store.js';
import type { AddressGuard } from '../outbound/address-guard.js';
import {
  validCallback,
  type AuthenticationInput,
  type CallbackInput,
  type CallbackPatch,
  type ValidCallback,
} from './callback-input.js';

export interface TaskCallbacksOptions {
  store: Store;
  clock: Clock;
  secretBox: Pick<SecretBox, 'open' | 'seal'>;
  /** Which hosts may be called. */
  guard: AddressGuard;
}

/** A callback with what it sent last; null = nothing yet. */
export interface CallbackView {
  callback: TaskCallbackRecord;
  last: CallbackDeliveryRecord | null;
}

/** Callbacks of one task. */
const MAX_CALLBACKS = 10;

/** The callbacks of tasks (tasks.md §9); what becomes of a message is `acs/jobs/callback-deliveries.ts`. */
export class TaskCallbacks {
  readonly #store: Store;
  readonly #clock: Clock;
  readonly #secretBox: TaskCallbacksOptions['secretBox'];
  readonly #guard: AddressGuard;

  constructor({ store, clock, secretBox, guard }: TaskCallbacksOptions) {
    this.#store = store;
    this.#clock = clock;
    this.#secretBox = secretBox;
    this.#guard = guard;
  }

  /** Throws `ValidationError` for what a task could not be made with. */
  check(inputs: readonly CallbackInput[]): void {
    if (inputs.length > MAX_CALLBACKS)
      throw ValidationError.of('/callbacks', `A task has at most ${MAX_CALLBACKS} callbacks`, 'too-many');
    const names = inputs.map((input, at) => validCallback(input, this.#guard, `/callbacks/${at}`).name);
    const twice = names.findIndex((name, at) => names.indexOf(name) !== at);
    if (twice >= 0)
      throw ValidationError.of(`/callbacks/${twice}/name`, 'Names must be unique in a task', 'duplicate');
  }

  /** By name. */
  async list(task: string): Promise<CallbackView[]> {
    const callbacks = await this.#store.taskCallbacks
      .find({ task })
      .sort({ name: 1 })
      .lean<TaskCallbackRecord[]>();
    return Promise.all(callbacks.map((callback) => this.#view(callback)));
  }

  /** Throws `NotFoundError`. */
  async get(task: string, name: string): Promise<CallbackView> {
    return this.#view(await this.#named(task, name));
  }

  /** Throws `ValidationError`, and `ConflictError` for a name that is taken and for too many. */
  async add(task: string, input: CallbackInput, user: string): Promise<CallbackView> {
    const valid = validCallback(input, this.#guard);
    if ((await this.#store.taskCallbacks.countDocuments({ task })) >= MAX_CALLBACKS)
      throw new ConflictError(`A task has at most ${MAX_CALLBACKS} callbacks`);
    const now = this.#clock.now();
    const callback: TaskCallbackRecord = {
      _id: newId(now),
      task,
      name: valid.name,
      ...this.#sealed(valid),
      ...{ user, createdAt: now, changedAt: now, version: 1 },
    };
    try {
      await this.#store.taskCallbacks.create(callback);
    } catch (error) {
      if (isDuplicateKey(error))
        throw new ConflictError(`The task ${task} has a callback ${valid.name} already`);
      throw error;
    }
    return { callback, last: null };
  }

  /** What is left out stays. Throws `ValidationError`, `NotFoundError`, `StaleError`. */
  async edit(task: string, name: string, patch: CallbackPatch): Promise<CallbackView> {
    const before = await this.#named(task, name);
    const { secret } = before;
    refuseCarriedSecrets(before, patch);
    const valid = validCallback(
      {
        name,
        url: patch.url ?? before.url,
        authentication: patch.authentication ?? this.#opened(before.authentication),
        secret: patch.secret === undefined ? secret && this.#secretBox.open(secret) : patch.secret,
      },
      this.#guard,
    );
    const after = await this.#store.taskCallbacks
      .findOneAndUpdate(
        { _id: before._id, version: before.version },
        { $set: { ...this.#sealed(valid), changedAt: this.#clock.now() }, $inc: { version: 1 } },
        { returnDocument: 'after' },
      )
      .lean<TaskCallbackRecord | null>();
    if (!after) throw new StaleError('callback', name);
    return this.#view(after);
  }

  /** What waits for it is not sent any more. Throws `NotFoundError`. */
  async remove(task: string, name: string): Promise<void> {
    const { _id } = await this.#named(task, name);
    await this.#store.taskCallbacks.deleteOne({ _id });
    await this.#store.callbackDeliveries.deleteMany({ callback: _id });
  }

  async #named(task: string, name: string): Promise<TaskCallbackRecord> {
    const callback = await this.#store.taskCallbacks
      .findOne({ task, name })
      .lean<TaskCallbackRecord | null>();
    if (!callback) throw new NotFoundError('callback of the task', name);
    return callback;
  }

  async #view(callback: TaskCallbackRecord): Promise<CallbackView> {
    const last = await this.#store.callbackDeliveries
      .findOne({ callback: callback._id })
      .sort({ queuedAt: -1, _id: -1 })
      .lean<CallbackDeliveryRecord | null>();
    return { callback, last };
  }

  #sealed({ url, authentication, secret }: ValidCallback) {
    return {
      url,
      authentication: this.#sealedAuthentication(authentication),
      secret: secret === null ? null : this.#secretBox.seal(secret),
    };
  }

  #sealedAuthentication(given: AuthenticationInput): CallbackAuthentication {
    if (given.kind === 'none') return { kind: 'none', user: '', secret: null };
    if (given.kind === 'bearer')
      return { kind: 'bearer', user: '', secret: this.#secretBox.seal(given.token) };
    return { kind: 'basic', user: given.user, secret: this.#secretBox.seal(given.password) };
  }

  #opened({ kind, user, secret }: CallbackAuthentication): AuthenticationInput {
    if (kind === 'none' || secret === null) return { kind: 'none' };
    const plain = this.#secretBox.open(secret);
    return kind === 'basic' ? { kind, user, password: plain } : { kind, token: plain };
  }
}

/** Of deleted tasks: nothing is sent for them any more. */
export async function removeCallbacksOf(
  store: Pick<Store, 'taskCallbacks' | 'callbackDeliveries'>,
  tasks: readonly string[],
): Promise<void> {
  if (tasks.length === 0) return;
  const ofTasks = { task: { $in: [...tasks] } };
  await store.taskCallbacks.deleteMany(ofTasks);
  await store.callbackDeliveries.deleteMany(ofTasks);
}

/** What one receiver was trusted with is not sent to another: whoever names that must know it. */
function refuseCarriedSecrets(before: TaskCallbackRecord, patch: CallbackPatch): void {
  if (patch.url === undefined || originOf(patch.url) === originOf(before.url)) return;
  const pointer =
    patch.authentication === undefined && before.authentication.kind !== 'none'
      ? '/authentication'
      : patch.secret === undefined && before.secret !== null
        ? '/secret'
        : null;
  if (pointer !== null)
    throw ValidationError.of(
      pointer,
      'must be given again, since the callback goes to another host',
      'required',
    );
}

/** Null for what is no URL, which is refused elsewhere. */
function originOf(url: string): string | null {
  return URL.canParse(url) ? new URL(url).origin : null;
}
