import type { CsvTable } from '../csv-table.js';
import type { CliView, CwmpView, ResourceView } from '../environment.js';
import { EvaluationError } from '../errors.js';
import { Pattern } from '../regex.js';
import type { Run } from '../run.js';
import { T } from '../types.js';
import { ContextValue, Entry, ValueMap, ValueSet, type Value } from '../values.js';
import { membersOf, type DynamicMembers, type Member } from './member.js';

const alone = membersOf<null>(null);
const held = (type: string, view: unknown): ContextValue => new ContextValue(type, view);

interface Held<View> {
  readonly view: View;
}
interface Column {
  readonly table: CsvTable;
  readonly column: number;
}
interface Row {
  readonly table: CsvTable;
  readonly cells: readonly string[];
}

const table = membersOf<Held<CsvTable>>('CsvTable');
const byName = membersOf<Held<Column>>('CsvColumn');
const byIndex = membersOf<Held<Column>>('CsvIndexedColumn');
const record = membersOf<Held<Row>>('CsvRecord');

const column = (type: string, of: CsvTable, number: number): Value =>
  number < 0 || number >= of.columnNames.length
    ? null
    : held(type, { table: of, column: number } satisfies Column);
const rowOf = (of: CsvTable, number: number): ContextValue | null => {
  const cells = of.rows[number];
  return cells ? held('CsvRecord', { table: of, cells } satisfies Row) : null;
};
const cellOf = ({ table: of, cells }: Row, name: string): Value => {
  const index = of.columnNames.indexOf(name);
  return index < 0 ? null : (cells[index] ?? null);
};

/** Tables of CSV resources (expressions.md §6.7). */
export const CSV: readonly Member[] = [
  alone('res: Resources', 'CSV resources by their expression alias', () => held('Resources', null), {
    context: 'res',
  }),
  table(
    'by(column: Int): CsvIndexedColumn',
    'Records by the text in a column, from 0, as lists; null if there is no such column',
    ({ view }, _run, number: number) => column('CsvIndexedColumn', view, number),
  ),
  table(
    'by(column: String): CsvColumn',
    'Records by the text in a named column; null if there is no such column',
    ({ view }, _run, name: string) => column('CsvColumn', view, view.columnNames.indexOf(name)),
  ),
  table(
    'row(number: Int): CsvRecord',
    'A record by its number from 0, the header not counted; null beyond',
    ({ view }, _run, number: number) => rowOf(view, number),
  ),
  table(
    'columnNames: Set[String]',
    'Names of the columns',
    ({ view }, run) => new ValueSet(view.columnNames, run.budget),
  ),
  byName(
    'get(key: String): CsvRecord',
    'The first record with that text in the column; null if there is none',
    ({ view }, _run, key: string) => rowOf(view.table, view.table.rowsWith(view.column, key)[0] ?? -1),
  ),
  byName(
    'getAll(key: String): List[CsvRecord]',
    'All records with that text in the column',
    ({ view }, _run, key: string) =>
      view.table.rowsWith(view.column, key).map((number) => rowOf(view.table, number)),
  ),
  byIndex(
    'get(key: String): List[String]',
    'The first record with that text in the column; null if there is none',
    ({ view }, _run, key: string) => view.table.rows[view.table.rowsWith(view.column, key)[0] ?? -1] ?? null,
  ),
  byIndex(
    'getAll(key: String): List[List[String]]',
    'All records with that text in the column',
    ({ view }, _run, key: string) =>
      view.table.rowsWith(view.column, key).map((number) => view.table.rows[number] ?? []),
  ),
  record(
    'asMap: Map[String, String]',
    'The cells by the names of their columns',
    ({ view }, run) =>
      new ValueMap(
        view.table.columnNames.map((name, index) => new Entry(name, view.cells[index] ?? null)),
        run.budget,
      ),
  ),
  record(
    'apply(column: Int): String',
    'A cell by the number of its column from 0; null beyond',
    ({ view }, _run, number: number) => view.cells[number] ?? null,
  ),
  record(
    'apply(column: String): String',
    'A cell by the name of its column; null if there is no such column',
    ({ view }, _run, name: string) => cellOf(view, name),
  ),
];

export const CSV_NAMES: readonly DynamicMembers[] = [
  {
    owner: 'Resources',
    result: T.object('CsvTable'),
    documentation: 'The CSV resource of that alias; fails if there is none',
    first: true,
    get: (_self, name, run) => {
      const found = run.need(run.environment.res, 'res')(name);
      if (!found) throw new EvaluationError('missing', `There is no CSV resource with the alias ${name}`);
      return held('CsvTable', found);
    },
    names: (_self, environment) => environment.names?.res ?? [],
  },
  {
    owner: 'CsvRecord',
    result: T.string,
    documentation: 'The cell of that column; null if there is no such column',
    first: false,
    get: (self, name) => (self instanceof ContextValue ? cellOf(self.view as Row, name) : null),
  },
];

const transfer = membersOf<unknown>('Transfer');
const fileTypes = membersOf<unknown>('FileTypes');
const protocols = membersOf<unknown>('Protocols');
const indexed = (plain: string, numbered: string) => (_self: unknown, _run: Run, index?: number) =>
  index === undefined ? plain : `${numbered} ${index}`;
const PROTOCOLS = ['http', 'httpWithAuth', 'https', 'httpsWithAuth', 'ftp', 'anonymousFtp', 'emptyFtp'];

/** Addresses for transfers (expressions.md §6.8); file types by their names in Upload requests (TR-069 A6 §A.4.1.5). */
export const TRANSFER: readonly Member[] = [
  alone('transfer: Transfer', 'Addresses for transfers', () => held('Transfer', null), {
    context: 'transfer',
  }),
  transfer('fileType: FileTypes', 'Types of files', () => held('FileTypes', null)),
  transfer('protocol: Protocols', 'Protocols of transfers', () => held('Protocols', null)),
  transfer(
    'newResourceId: String',
    'An id for a new resource',
    (_self, run) => run.need(run.environment.transfer, 'transfer').newResourceId(),
    {
      random: true,
    },
  ),
  transfer(
    'generateDownloadUrl(protocol: ProtocolType, resourceId: String): String',
    'A signed address that a device can download a resource from for a short time',
    (_self, run, protocol: string, id: string) =>
      run.need(run.environment.transfer, 'transfer').downloadUrl(protocol, id),
    { random: true },
  ),
  transfer(
    'generateUploadUrl(protocol: ProtocolType, fileType: FileType, resourceId: String, device: String): String',
    'A signed address that a device can upload a file to for a short time',
    (_self, run, protocol: string, fileType: string, id: string, device: string) =>
      run.need(run.environment.transfer, 'transfer').uploadUrl(protocol, fileType, id, device),
    { random: true },
  ),
  fileTypes('notSpecified: FileType', 'No type', () => ''),
  fileTypes(
    'vendorConfig(index?: Int): FileType',
    'Vendor configuration file, or one of several',
    indexed('1 Vendor Configuration File', '3 Vendor Configuration File'),
  ),
  fileTypes(
    'vendorLogFile(index?: Int): FileType',
    'Vendor log file, or one of several',
    indexed('2 Vendor Log File', '4 Vendor Log File'),
  ),
  ...PROTOCOLS.map((name) => protocols(`${name}: ProtocolType`, `The protocol ${name}`, () => name)),
];

const cwmp = membersOf<Held<CwmpView | null>>('Cwmp');
const EVENTS = [
  ['bootstrapEvent', '0 BOOTSTRAP'],
  ['bootEvent', '1 BOOT'],
  ['periodicEvent', '2 PERIODIC'],
  ['scheduledEvent', '3 SCHEDULED'],
  ['valueChangeEvent', '4 VALUE CHANGE'],
  ['connectionRequestEvent', '6 CONNECTION REQUEST'],
  ['transferCompleteEvent', '7 TRANSFER COMPLETE'],
  ['diagnosticsCompleteEvent', '8 DIAGNOSTICS COMPLETE'],
] as const;

/** The session under way; false and null outside of one (expressions.md §6.9). */
export const CWMP: readonly Member[] = [
  alone(
    'cwmp: Cwmp',
    'The session that is under way',
    (_self, run) => held('Cwmp', run.environment.cwmp ?? null),
    { context: 'cwmp' },
  ),
  ...EVENTS.map(([name, code]) =>
    cwmp(
      `${name}: Boolean`,
      `Whether the device reported \`${code}\``,
      ({ view }) => view?.events.includes(code) ?? false,
    ),
  ),
  cwmp(
    'events: Set[String]',
    'What the device reported',
    ({ view }, run) => new ValueSet(view?.events ?? [], run.budget),
  ),
  cwmp(
    'sessionStart: Date',
    'When the session began; null outside of one',
    ({ view }) => view?.sessionStart ?? null,
  ),
  cwmp(
    'informValue(path: String): String',
    'A value that the device reported at the start; null if it did not',
    ({ view }, _run, path: string) => view?.informValue(path) ?? null,
  ),
];

const resource = membersOf<Held<ResourceView>>('Resource');
const ofResource = (signature: string, documentation: string, read: (view: ResourceView) => Value): Member =>
  resource(signature, documentation, ({ view }) => read(view));

/** A resource, in searches of resources (administration.md §10). */
export const RESOURCE: readonly Member[] = [
  alone(
    'resource: Resource',
    'The resource',
    (_self, run) => held('Resource', run.need(run.environment.resource, 'resource')),
    { context: 'resource' },
  ),
  ofResource('id: String', 'Its id', (view) => view.id),
  ofResource('name: String', 'Its name', (view) => view.name),
  ofResource('description: String', 'Its description', (view) => view.description),
  ofResource('category: String', 'Its category', (view) => view.category),
  ofResource('fileType: String', 'Its file type', (view) => view.fileType),
  ofResource('fileName: String', 'Name of its file', (view) => view.fileName),
  ofResource('domain: String', 'Domain that it belongs to', (view) => view.domain),
  ofResource('device: String', 'Device that it belongs to; null if to none', (view) => view.device),
  resource(
    'groups: Set[String]',
    'Groups that it is offered to',
    ({ view }, run) => new ValueSet(view.groups, run.budget),
  ),
  ofResource('size: Long', 'Bytes', (view) => (view.size === null ? null : BigInt(Math.trunc(view.size)))),
  ofResource('creationTime: Date', 'When it was made', (view) => view.creationTime),
  ofResource('external: Boolean', 'Whether it lies on another server', (view) => view.external),
  ofResource('property: Properties', 'Its properties by name', (view) => held('Properties', view.properties)),
];

/** What the last command wrote. */
const outputOf = (run: Run): string => run.need<CliView>(run.environment.cli, 'output').output;

function columnsOf(headers: readonly string[], rows: readonly (readonly string[])[], run: Run): ValueMap {
  run.budget.elements(rows.length * Math.max(1, headers.length));
  return new ValueMap(
    headers.map(
      (header, index) =>
        new Entry(
          header,
          rows.map((row) => row[index] ?? ''),
        ),
    ),
    run.budget,
  );
}

/** The output of a command, in `extract` of a `cli` tag (xmltask.md §8). */
export const CLI: readonly Member[] = [
  alone('output: String', 'What the last command wrote', (_self, run) => outputOf(run), { context: 'cli' }),
  alone(
    'parseColumns(separator: String, headers*: String): Map[String, List[String]]',
    'Lines of the output cut at a separator; columns by the given names',
    (_self, run, separator: string, ...headers: string[]) => {
      const lines = outputOf(run)
        .split(/\r?\n/)
        .filter((line) => line.trim() !== '');
      const rows = lines.map((line) =>
        (separator === '' ? [line] : line.split(separator)).map((cell) => cell.trim()),
      );
      return columnsOf(headers, rows, run);
    },
    { context: 'cli' },
  ),
  alone(
    'parseRegex(pattern: String, headers*: String): Map[String, List[String]]',
    'Groups of the matches of a regular expression in the output; columns by the given names',
    (_self, run, pattern: string, ...headers: string[]) => {
      const rows: string[][] = [];
      for (const match of Pattern.of(pattern, run.budget).findAll(outputOf(run), run.budget)) {
        rows.push(
          headers.map((_header, index) => (index < match.groups ? (match.group(index + 1) ?? '') : '')),
        );
        run.budget.checkElements(rows.length);
      }
      return columnsOf(headers, rows, run);
    },
    { context: 'cli' },
  ),
];
