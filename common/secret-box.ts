import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';

/** A secret as it is stored: version, nonce, tag and ciphertext, base64url, joined by dots. */
export type SealedSecret = string;

/** Encrypts what must be read back later (CPE passwords, connection-request credentials): AES-256-GCM. */
export class SecretBox {
  readonly #key: Buffer;

  /** `key`: any text of at least 16 characters; the configuration's `secretKey`. */
  constructor(key: string) {
    if (key.length < 16) throw new RangeError('The secret key needs at least 16 characters');
    this.#key = createHash('sha256').update(key, 'utf8').digest();
  }

  seal(plain: string): SealedSecret {
    const nonce = randomBytes(12);
    const cipher = createCipheriv('aes-256-gcm', this.#key, nonce);
    const sealed = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()]);
    return ['1', nonce, cipher.getAuthTag(), sealed]
      .map((part) => (typeof part === 'string' ? part : part.toString('base64url')))
      .join('.');
  }

  /** Throws when the text was sealed with another key or was changed. */
  open(sealed: SealedSecret): string {
    const [version, nonce, tag, body] = sealed.split('.');
    if (version !== '1' || nonce === undefined || tag === undefined || body === undefined)
      throw new Error('Not a sealed secret');
    const decipher = createDecipheriv('aes-256-gcm', this.#key, Buffer.from(nonce, 'base64url'));
    decipher.setAuthTag(Buffer.from(tag, 'base64url'));
    return Buffer.concat([decipher.update(Buffer.from(body, 'base64url')), decipher.final()]).toString(
      'utf8',
    );
  }
}
