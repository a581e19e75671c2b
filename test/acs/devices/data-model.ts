import { existsSync, readFileSync } from 'node:fs';
import { XMLParser } from 'fast-xml-parser';

const FOLDER = new URL('../../../../shared/data-models/', import.meta.url);
const FILES = { tr098: 'tr-098-1-8-0-full.xml', tr181: 'tr-181-2-17-0-cwmp-full.xml' };

export interface ModelParameter {
  writable: boolean;
  hidden: boolean;
  type: string;
}

export const modelsPresent =
  existsSync(new URL(FILES.tr098, FOLDER)) && existsSync(new URL(FILES.tr181, FOLDER));

interface XmlNode {
  name?: string;
  access?: string;
  status?: string;
  syntax?: Record<string, unknown>;
  object?: XmlNode[];
  parameter?: XmlNode[];
}

/** The objects and parameters of a Broadband Forum data model, by name with `{i}`; deleted ones are left out. */
export function readModel(which: keyof typeof FILES): {
  objects: Set<string>;
  parameters: Map<string, ModelParameter>;
} {
  const parser = new XMLParser({
    ignoreAttributes: false,
    attributeNamePrefix: '',
    removeNSPrefix: true,
    isArray: (name) => name === 'object' || name === 'parameter' || name === 'model',
  });
  const document = parser.parse(readFileSync(new URL(FILES[which], FOLDER), 'utf8')) as {
    document: { model: XmlNode[] };
  };
  const objects = new Set<string>();
  const parameters = new Map<string, ModelParameter>();
  for (const object of document.document.model[0]?.object ?? []) {
    if (object.status === 'deleted') continue;
    objects.add(object.name ?? '');
    for (const parameter of object.parameter ?? []) {
      if (!parameter.name || parameter.status === 'deleted') continue;
      const { hidden, secured, ...types } = parameter.syntax ?? {};
      parameters.set(`${object.name ?? ''}${parameter.name}`, {
        writable: parameter.access !== 'readOnly',
        hidden: hidden === 'true' || secured === 'true',
        type: Object.keys(types).find((key) => !['default', 'command', 'list'].includes(key)) ?? 'string',
      });
    }
  }
  return { objects, parameters };
}
