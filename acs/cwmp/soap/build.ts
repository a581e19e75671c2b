import type { AcsMessage, WriteContext } from './envelope.js';
import { writeRequest, writeResponse } from './rpc/definitions.js';
import { writeFault } from './rpc/fault.js';
import { escapeXml } from './xml-writer.js';

const DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>';
const ENVELOPE =
  '<soap-env:Envelope xmlns:soap-env="http://schemas.xmlsoap.org/soap/envelope/"' +
  ' xmlns:soap-enc="http://schemas.xmlsoap.org/soap/encoding/"' +
  ' xmlns:xsd="http://www.w3.org/2001/XMLSchema"' +
  ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:cwmp="';

/**
 * Writes one envelope on one line, always with the same prefixes: some clients look for the text `<cwmp:` or choke on
 * line breaks (cpe-quirks.md row 27). Strings are joined by hand, since a document tree costs thirty times as much on
 * the path of every session. Throws RangeError for text that XML cannot carry.
 */
export function build(message: AcsMessage, context: WriteContext): string {
  return (
    `${context.declaration === false ? '' : DECLARATION}${ENVELOPE}${escapeXml(context.namespace)}">` +
    `<soap-env:Header>${header(context)}</soap-env:Header>` +
    `<soap-env:Body>${content(message, context)}</soap-env:Body></soap-env:Envelope>`
  );
}

function header(context: WriteContext): string {
  const id =
    context.id === null ? '' : `<cwmp:ID soap-env:mustUnderstand="1">${escapeXml(context.id)}</cwmp:ID>`;
  if (context.useVersion === undefined || context.useVersion === null) return id;
  const version = escapeXml(context.useVersion);
  return `${id}<cwmp:UseCWMPVersion soap-env:mustUnderstand="1">${version}</cwmp:UseCWMPVersion>`;
}

function content(message: AcsMessage, context: WriteContext): string {
  switch (message.kind) {
    case 'inform-response':
      return '<cwmp:InformResponse><MaxEnvelopes>1</MaxEnvelopes></cwmp:InformResponse>';
    case 'request': {
      const name = `cwmp:${message.request.method}`;
      return `<${name}>${writeRequest(message.request, context.booleans ?? 'digits')}</${name}>`;
    }
    case 'response': {
      const name = `cwmp:${message.response.method}Response`;
      return `<${name}>${writeResponse(message.response)}</${name}>`;
    }
    case 'fault':
      return writeFault(message.faultCode, message.faultString);
  }
}
