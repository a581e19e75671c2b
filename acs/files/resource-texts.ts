import { ConflictError, NotFoundError, TooLargeError } from '../../common/errors.js';
import type { ResourceRecord } from '../../store/models/resource.js';
import type { Resources } from './resources.js';

/** Bytes of a resource that is read as text. */
const MAX_TEXT = 5_000_000;

interface NewText {
  name: string;
  text: string;
  like: string;
  device: string;
  domain: string;
  properties: Readonly<Record<string, string>>;
}

/** Resources as texts, for workflows (xmltask.md §7). */
export class ResourceTexts {
  readonly #resources: Resources;

  constructor(resources: Resources) {
    this.#resources = resources;
  }

  /** Null = there is no such resource in reach: in the domain, above it (shared) or below it. */
  async read(
    idOrName: string,
    domain: string,
  ): Promise<{ id: string; name: string; text: string; device: string | null } | null> {
    const record = await this.#resources.find(idOrName);
    if (!record || !(record.domain.startsWith(domain) || domain.startsWith(record.domain))) return null;
    const { _id: id, name, device, size } = record;
    if (size > MAX_TEXT) throw new TooLargeError(`The text of the resource ${name}`, MAX_TEXT);
    return { id, name, device, text: await this.#text(record) };
  }

  async overwrite(id: string, text: string): Promise<void> {
    await this.#resources.replace(id, [Buffer.from(text)]);
  }

  /** False = the name is taken. `softwareVersion` and `description` are the properties that a resource has. */
  async create({ name, text, like, device, domain, properties }: NewText): Promise<boolean> {
    const source = await this.#resources.find(like);
    if (!source) throw new NotFoundError('resource', like);
    const { fileName, fileType, category, contentType, version, description } = source;
    try {
      await this.#resources.create([Buffer.from(text)], {
        ...{ name, fileName, fileType, category, contentType, device, domain },
        version: properties.softwareVersion ?? version,
        description: properties.description ?? description,
      });
      return true;
    } catch (error) {
      if (error instanceof ConflictError) return false;
      throw error;
    }
  }

  async remove(id: string): Promise<void> {
    await this.#resources.remove(id);
  }

  async #text(record: ResourceRecord): Promise<string> {
    const pieces: Uint8Array[] = [];
    for await (const piece of this.#resources.openRecord(record).stream) pieces.push(piece as Uint8Array);
    return Buffer.concat(pieces).toString('utf8');
  }
}
