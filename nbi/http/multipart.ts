import type { IncomingMessage } from 'node:http';
import type { Readable } from 'node:stream';
import { Busboy, type BusboyHeaders, type BusboyInstance } from '@fastify/busboy';
import { ValidationError } from '../../common/errors.js';
import { badRequest } from './problem-error.js';

export interface Upload {
  /** A name that comes several times has all its values. */
  fields: Record<string, string | string[]>;
  file: { stream: Readable; name: string; contentType: string };
  /** Resolves when the form has ended after the file; rejects when more came, or it broke off. */
  end: Promise<void>;
}

const MOST_FIELDS = 50;
const LONGEST_FIELD = 64 * 1024;

/**
 * Reads a multipart form up to its one part `file`, whose bytes are then taken from the stream as they come. Rejects
 * with `ValidationError` when there is no such part, and with a `bad-request` problem when the form cannot be read.
 */
export function readUpload(request: IncomingMessage): Promise<Upload> {
  return new Promise((resolve, reject) => {
    const parser = openParser(request);
    const fields: Upload['fields'] = {};
    let file: Readable | null = null;
    let late: string | null = null;

    const end = new Promise<void>((ended, broke) => {
      parser.once('finish', () => {
        if (late !== null) broke(ValidationError.of(`/${late}`, 'Must come before the file', 'order'));
        else ended();
        if (!file) reject(ValidationError.of('/file', 'Is missing', 'required'));
      });
      const fail = (error: unknown): void => {
        const problem = badRequest(`The form cannot be read: ${(error as Error).message}`);
        request.unpipe(parser);
        file?.destroy(problem);
        broke(problem);
        reject(problem);
      };
      parser.once('error', fail);
      request.once('error', fail);
      request.once('close', () => {
        if (!request.complete) fail(new Error('it broke off'));
      });
    });
    // Looked at only after the file; until then nobody waits for it.
    end.catch(() => undefined);

    parser.on('field', (name, value) => {
      if (file) late ??= name;
      else addField(fields, name, value);
    });
    parser.on('file', (name, stream, fileName, _encoding, contentType) => {
      // Whoever reads the stream gets its error; unread, it must not end the process.
      stream.on('error', () => undefined);
      if (file || name !== 'file') {
        late ??= name;
        stream.resume();
        return;
      }
      file = stream;
      resolve({ fields, file: { stream, name: fileName, contentType }, end });
    });
    request.pipe(parser);
  });
}

function openParser(request: IncomingMessage): BusboyInstance {
  try {
    return new Busboy({
      headers: request.headers as BusboyHeaders,
      limits: { fields: MOST_FIELDS, fieldSize: LONGEST_FIELD, parts: MOST_FIELDS + 2, files: 2 },
    });
  } catch (error) {
    throw badRequest(`The form cannot be read: ${(error as Error).message}`);
  }
}

function addField(fields: Upload['fields'], name: string, value: string): void {
  const known = Object.hasOwn(fields, name) ? fields[name] : undefined;
  const joined = known === undefined ? value : [known, value].flat();
  Object.defineProperty(fields, name, {
    value: joined,
    enumerable: true,
    configurable: true,
    writable: true,
  });
}
