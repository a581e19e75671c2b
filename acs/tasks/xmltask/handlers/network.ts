import type { XmlElement } from '../document.js';
import type { CallArguments, Effect, EffectAnswer } from '../effects.js';
import type { Handler, Handlers } from '../handler.js';
import type { Interpreter } from '../interpreter.js';
import { parseDuration } from '../literals.js';

type Rows = Extract<CallArguments[string], unknown[]>;

const rows = (machine: Interpreter, element: XmlElement, tag: string, names: readonly string[]): Rows =>
  element.children
    .filter(({ name }) => name === tag)
    .map((child) => Object.fromEntries(names.map((name) => [name, machine.optionalText(child, name)])));

/** xmltask.md §7. */
export const NETWORK_HANDLERS: Handlers = {
  readResource: {
    flushes: true,
    run: (machine, element) => ({
      ...{ kind: 'call', node: element.id, name: 'readResource' },
      args: { resource: machine.text(element, 'resourceId') },
    }),
    answered(machine, element, answer) {
      if (answer.kind === 'result' && typeof answer.values.text === 'string')
        machine.setVariable(element, machine.text(element, 'varName'), answer.values.text);
    },
  },
  deleteResource: {
    flushes: true,
    run: (machine, element) => ({
      ...{ kind: 'call', node: element.id, name: 'deleteResource' },
      args: { resource: machine.text(element, 'resourceId') },
    }),
  },
  editResource: {
    flushes: true,
    run: (machine, element) => ({
      ...{ kind: 'call', node: element.id, name: 'editResource' },
      args: {
        source: machine.text(element, 'source'),
        destination: machine.text(element, 'destination'),
        operations: element.children
          .filter(({ name }) => name === 'operation')
          .map((child) => ({
            regex: machine.text(child, 'regex'),
            replacement: machine.text(child, 'replacement'),
            replaceAll: machine.flag(child, 'replaceAll'),
          })),
        properties: rows(machine, element, 'resourceProperty', ['name', 'value']),
      },
    }),
  },
  rest: {
    flushes: true,
    run: (machine, element) => ({
      ...{ kind: 'call', node: element.id, name: 'rest' },
      args: {
        id: machine.newId(),
        url: machine.text(element, 'url'),
        method: machine.text(element, 'method'),
        content: machine.optionalText(element, 'content'),
        user: machine.text(element, 'user'),
        pass: machine.text(element, 'pass'),
        authorization: machine.text(element, 'authorizationHeader'),
        milliseconds: parseDuration(machine.text(element, 'timeout')) ?? 10_000,
        headers: rows(machine, element, 'header', ['name', 'value']),
        out: rows(machine, element, 'out', ['from', 'default']),
        ignoreFaults: machine.flag(element, 'ignoreFaults'),
        tokenUrl: machine.text(element, 'oauth.tokenUrl'),
        clientId: machine.text(element, 'oauth.clientId'),
        clientSecret: machine.text(element, 'oauth.clientSecret'),
        scope: machine.text(element, 'oauth.scope'),
        grant: machine.text(element, 'oauth.grant'),
        refreshToken: machine.text(element, 'oauth.refreshToken'),
      },
    }),
    answered(machine, element, answer) {
      if (answer.kind !== 'result') return;
      setStatus(machine, element, machine.text(element, 'responseCodeOut'), answer);
      const { out } = answer.values;
      const outputs = element.children.filter(({ name }) => name === 'out');
      if (Array.isArray(out))
        outputs.forEach((one, index) =>
          machine.setVariable(element, machine.text(one, 'to'), out[index] ?? null),
        );
    },
  },
  httpRequest: {
    flushes: true,
    run: (machine, element) => ({
      ...{ kind: 'call', node: element.id, name: 'rest' },
      args: {
        id: machine.newId(),
        url: withQuery(machine, element),
        method: machine.text(element, 'method'),
        content: machine.optionalText(element, 'body'),
        user: machine.text(element, 'username'),
        pass: machine.text(element, 'password'),
        ...{ authorization: '', milliseconds: 10_000, headers: [], out: [], ignoreFaults: false },
        ...{ tokenUrl: '', clientId: '', clientSecret: '', scope: '', grant: '', refreshToken: '' },
      },
    }),
    answered(machine, element, answer) {
      if (answer.kind === 'result') setStatus(machine, element, 'responseCode', answer);
    },
  },
  wor: unsupported('this server keeps no shared objects (wor)'),
};

/** Accepted when saved since imported workflows have it; what it needs is not there. */
export function unsupported(reason: string): Handler {
  return {
    flushes: true,
    run: (_machine, element): Effect => ({
      ...{ kind: 'call', node: element.id, name: 'unsupported', args: { reason } },
    }),
  };
}

function setStatus(
  machine: Interpreter,
  element: XmlElement,
  variable: string,
  answer: Extract<EffectAnswer, { kind: 'result' }>,
): void {
  const { status } = answer.values;
  machine.setVariable(element, variable, typeof status === 'string' ? status : null);
}

function withQuery(machine: Interpreter, element: XmlElement): string {
  const url = machine.text(element, 'url');
  const query = element.children
    .filter(({ name }) => name === 'param')
    .map((one) => [machine.text(one, 'name'), machine.text(one, 'value')].map(encoded).join('='))
    .join('&');
  if (query === '') return url;
  return `${url}${url.includes('?') ? '&' : '?'}${query}`;
}

/** Halves of characters, which a text may be cut into, have no encoding of their own. */
const encoded = (text: string): string => encodeURIComponent(Buffer.from(text).toString());
