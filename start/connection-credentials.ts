import type { IssuedCredentials } from '../acs/tasks/first-contact.js';
import { newSecret } from '../common/ids.js';
import type { SecretBox } from '../common/secret-box.js';
import type { DeviceRecord } from '../store/models/device.js';

/** User name of connection requests where the record names none; the password tells devices apart. */
const USERNAME = 'provost';

/** The credentials on record, which a reset CPE is to have again, else new ones that no other device has. */
export function connectionCredentials(device: DeviceRecord, box: SecretBox): IssuedCredentials {
  const known = device.credentials.connectionRequest;
  if (known) return { username: known.username, password: box.open(known.password), sealed: known };
  const password = newSecret(18);
  return { username: USERNAME, password, sealed: { username: USERNAME, password: box.seal(password) } };
}
