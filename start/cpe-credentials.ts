import type { Clock } from '../common/clock.js';
import { newSecret } from '../common/ids.js';
import type { SecretBox } from '../common/secret-box.js';
import type { Store } from '../store/store.js';

export interface CpeCredentials {
  username: string;
  password: string;
  /** True at the first start: the password was made just now and is shown this once. */
  generated: boolean;
}

const SETTING = 'cwmp.credentials';

/** The credentials of CPEs that have none of their own: the configured ones, else those made at the first start. */
export async function installationCredentials(
  store: Store,
  box: SecretBox,
  clock: Clock,
  configured: { username: string; password: string },
): Promise<CpeCredentials> {
  if (configured.password !== '') return { ...configured, generated: false };
  const password = newSecret(18);
  const result = await store.settings.updateOne(
    { _id: SETTING },
    { $setOnInsert: { value: box.seal(password), updatedAt: clock.now() } },
    { upsert: true },
  );
  if (result.upsertedCount === 1) return { username: configured.username, password, generated: true };
  const kept = await store.settings.findById(SETTING).lean();
  if (typeof kept?.value !== 'string') throw new Error(`The setting ${SETTING} holds no sealed password`);
  return { username: configured.username, password: box.open(kept.value), generated: false };
}
