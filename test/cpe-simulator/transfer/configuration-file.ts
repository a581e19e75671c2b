import { XMLParser } from 'fast-xml-parser';
import { create } from 'xmlbuilder2';
import { type DataModel } from '../model/data-model.js';
import { TransferFailure } from './file-client.js';

export type ConfigurationFormat = 'json' | 'xml' | 'text';

interface Configuration {
  readonly productClass: string;
  readonly tables: readonly { readonly path: string; readonly numbers: readonly number[] }[];
  readonly parameters: readonly { readonly name: string; readonly value: string }[];
}

const marker = 'cpe-configuration';

function snapshot(model: DataModel, productClass: string): Configuration {
  return {
    productClass,
    tables: model.writableTables(),
    parameters: model.writableValues().map(({ name, value }) => ({ name, value })),
  };
}

const writers: Readonly<Record<ConfigurationFormat, (configuration: Configuration) => string>> = {
  json: ({ productClass, tables, parameters }) =>
    `${JSON.stringify(
      {
        format: marker,
        productClass,
        tables: Object.fromEntries(tables.map(({ path, numbers }) => [path, numbers])),
        parameters: Object.fromEntries(parameters.map(({ name, value }) => [name, value])),
      },
      null,
      1,
    )}\n`,
  xml: ({ productClass, tables, parameters }) => {
    const root = create({ version: '1.0', encoding: 'UTF-8' }).ele(marker, { productClass });
    for (const { path, numbers } of tables) root.ele('table', { path, numbers: numbers.join(' ') });
    for (const { name, value } of parameters) root.ele('parameter', { name, value });
    return root.end({ prettyPrint: true });
  },
  text: ({ productClass, tables, parameters }) =>
    [
      `# ${marker} ${productClass}`,
      ...tables.map(({ path, numbers }) => `table ${path} ${numbers.join(' ')}`.trimEnd()),
      ...parameters.map(({ name, value }) => `set ${name} ${JSON.stringify(value)}`),
      '',
    ].join('\n'),
};

/** The running configuration as a file. */
export const exportConfiguration = (
  model: DataModel,
  productClass: string,
  format: ConfigurationFormat,
): Buffer => Buffer.from(writers[format](snapshot(model, productClass)));

const numbersOf = (text: string): number[] =>
  text
    .split(' ')
    .filter((part) => part !== '')
    .map(Number);

function readJson(text: string): Configuration {
  const data = JSON.parse(text) as {
    format?: unknown;
    productClass: string;
    tables: Record<string, number[]>;
    parameters: Record<string, string>;
  };
  if (data.format !== marker) throw new Error('the JSON is no configuration');
  return {
    productClass: data.productClass,
    tables: Object.entries(data.tables).map(([path, numbers]) => ({ path, numbers })),
    parameters: Object.entries(data.parameters).map(([name, value]) => ({ name, value })),
  };
}

function readXmlFile(text: string): Configuration {
  if (/<!DOCTYPE/i.test(text)) throw new Error('the XML has a document type');
  const parser = new XMLParser({
    ignoreAttributes: false,
    attributeNamePrefix: '',
    parseAttributeValue: false,
    isArray: (name) => name === 'table' || name === 'parameter',
  });
  const document = parser.parse(text) as Record<
    string,
    | {
        productClass: string;
        table?: { path: string; numbers: string }[];
        parameter?: { name: string; value: string }[];
      }
    | undefined
  >;
  const root = document[marker];
  if (!root) throw new Error('the XML is no configuration');
  return {
    productClass: root.productClass,
    tables: (root.table ?? []).map(({ path, numbers }) => ({ path, numbers: numbersOf(numbers) })),
    parameters: root.parameter ?? [],
  };
}

function readText(text: string): Configuration {
  const tables: { path: string; numbers: number[] }[] = [];
  const parameters: { name: string; value: string }[] = [];
  const [head = '', ...lines] = text.split('\n');
  for (const line of lines) {
    const [word, path = '', ...rest] = line.split(' ');
    if (word === 'table') tables.push({ path, numbers: numbersOf(rest.join(' ')) });
    else if (word === 'set') parameters.push({ name: path, value: String(JSON.parse(rest.join(' '))) });
    else if (line.trim() !== '') throw new Error(`not understood: ${line}`);
  }
  return { productClass: head.slice(`# ${marker} `.length), tables, parameters };
}

function read(content: Buffer): Configuration {
  const text = content.toString('utf8');
  if (text.startsWith('{')) return readJson(text);
  if (text.startsWith('<')) return readXmlFile(text);
  if (text.startsWith(`# ${marker}`)) return readText(text);
  throw new Error('the file is no configuration');
}

/** Gives a device the configuration of a file. Throws TransferFailure 9018, and then nothing was changed. */
export function importConfiguration(model: DataModel, productClass: string, content: Buffer): void {
  const before = model.state();
  try {
    const configuration = read(content);
    if (configuration.productClass !== productClass) {
      throw new Error(`the configuration is of a ${configuration.productClass}`);
    }
    for (const { path, numbers } of configuration.tables) model.replaceInstances(path, numbers);
    for (const { name, value } of configuration.parameters) model.assign(name, value);
  } catch (error) {
    model.restore(before);
    throw new TransferFailure(9018, error instanceof Error ? error.message : String(error));
  }
}
