import { existsSync, readFileSync } from 'node:fs';
import { expect } from 'chai';
import { XMLParser } from 'fast-xml-parser';
import { type ModelName, schemaOf } from '../cpe-simulator/model/index.js';
import { type ModelNode, type ObjectNode } from '../cpe-simulator/model/schema.js';

interface Published {
  readonly '@name': string;
  readonly '@access': string;
  readonly syntax: Readonly<Record<string, unknown>>;
}

const files: Readonly<Record<ModelName, string>> = {
  tr098: '../shared/data-models/tr-098-1-8-0-full.xml',
  tr181: '../shared/data-models/tr-181-2-17-0-cwmp-full.xml',
};

const types = [
  'string', 'int', 'unsignedInt', 'long', 'unsignedLong', 'boolean', 'dateTime', 'base64', 'hexBinary',
] as const; // prettier-ignore

interface Entry {
  readonly type: string;
  readonly writable: boolean;
  readonly hidden: boolean;
}

/** Parameters and tables of a published data model, by path with `{i}`. */
function published(file: string): { parameters: Map<string, Entry>; tables: Map<string, boolean> } {
  const parser = new XMLParser({
    ignoreAttributes: false,
    attributeNamePrefix: '@',
    processEntities: false,
    isArray: (name) => ['object', 'parameter', 'model', 'dataType'].includes(name),
  });
  const document = parser.parse(readFileSync(file, 'utf8')) as {
    'dm:document': {
      dataType: ({ '@name': string; '@base'?: string } & Record<string, unknown>)[];
      model: { object: { '@name': string; '@access': string; parameter?: Published[] }[] }[];
    };
  };
  const root = document['dm:document'];
  const named = new Map(root.dataType.map((type) => [type['@name'], type]));
  const base = (name: string): string => {
    const type = named.get(name);
    const parent = type?.['@base'];
    return parent === undefined
      ? (types.find((candidate) => type && candidate in type) ?? 'string')
      : base(parent);
  };
  const typeOf = (syntax: Readonly<Record<string, unknown>>): string => {
    if ('list' in syntax) return 'string';
    const reference = [syntax.dataType].flat()[0] as { '@ref': string } | undefined;
    return reference ? base(reference['@ref']) : (types.find((candidate) => candidate in syntax) ?? 'string');
  };
  const parameters = new Map<string, Entry>();
  const tables = new Map<string, boolean>();
  for (const object of root.model.flatMap((model) => model.object)) {
    if (object['@name'].endsWith('{i}.')) tables.set(object['@name'], object['@access'] === 'readWrite');
    for (const parameter of object.parameter ?? []) {
      parameters.set(object['@name'] + parameter['@name'], {
        type: typeOf(parameter.syntax),
        writable: parameter['@access'] === 'readWrite',
        hidden: parameter.syntax['@hidden'] === 'true' || parameter.syntax['@secured'] === 'true',
      });
    }
  }
  return { parameters, tables };
}

function walk(node: ModelNode, path: string, found: (path: string, node: ModelNode) => void): void {
  found(path, node);
  if (node.kind === 'object')
    for (const child of node.children.values()) walk(child, below(path, child), found);
}

const below = (path: string, child: ModelNode): string =>
  path + child.name + (child.kind === 'parameter' ? '' : child.table ? '.{i}.' : '.');

describe('The data models of the simulated CPE', () => {
  for (const model of ['tr098', 'tr181'] as const) {
    const file = files[model];

    it(`have only parameters of the published model, with its types, access and hiddenness (${model}; needs ../shared)`, function () {
      if (!existsSync(file)) this.skip();
      this.timeout(60_000);
      const truth = published(file);
      const root: ObjectNode = schemaOf(model, '02A0C4', 0).root;
      const differences: string[] = [];
      walk(root, `${root.name}.`, (path, node) => {
        if (node.kind === 'object') {
          if (node.table && truth.tables.get(path) === undefined)
            differences.push(`${path} is not published`);
          // A device may refuse to add what the model lets it add, never the other way round.
          if (node.table?.writable === true && truth.tables.get(path) === false)
            differences.push(`${path} is read-only`);
          return;
        }
        const entry = truth.parameters.get(path);
        if (!entry) differences.push(`${path} is not published`);
        else {
          if (entry.type !== node.type) differences.push(`${path} is ${entry.type}, not ${node.type}`);
          if (entry.writable !== node.writable) differences.push(`${path} writable: ${entry.writable}`);
          if (entry.hidden !== node.hidden) differences.push(`${path} hidden: ${entry.hidden}`);
        }
      });
      expect(differences).to.deep.equal([]);
    });
  }
});
