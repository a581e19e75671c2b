import { BASE, csrfToken } from './client.js';
import { ApiProblem, noAnswer, problemFrom } from './problem.js';
import type { Resource } from './types.js';

/** Sends a file with its facts; `fetch` tells no progress of what is sent, so this is an XMLHttpRequest. */
export function uploadFile(
  fields: Record<string, string>,
  file: File,
  onProgress: (sent: number, total: number) => void,
): { done: Promise<Resource>; cancel: () => void } {
  const request = new XMLHttpRequest();
  const done = new Promise<Resource>((resolve, reject) => {
    request.open('POST', `${BASE}/resources`);
    request.setRequestHeader('Accept', 'application/json');
    const csrf = csrfToken();
    if (csrf !== null) request.setRequestHeader('X-CSRF-Token', csrf);
    request.upload.onprogress = (event) => onProgress(event.loaded, event.total);
    request.onerror = () => reject(noAnswer('network'));
    request.onabort = () =>
      reject(new ApiProblem({ title: 'Upload cancelled', status: 0, code: 'cancelled' }));
    request.onload = () => {
      const body = parse(request.responseText);
      if (request.status >= 200 && request.status < 300) resolve(body as Resource);
      else reject(problemFrom({ status: request.status, headers: new Headers() }, body));
    };
    const form = new FormData();
    for (const [name, value] of Object.entries(fields)) if (value !== '') form.append(name, value);
    // The text fields come first: the server knows all of them before the first byte of the file.
    form.append('file', file, file.name);
    request.send(form);
  });
  return { done, cancel: () => request.abort() };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
