import { ValidationError, type FieldIssue } from '../../../common/errors.js';
import type { Clock } from '../../../common/clock.js';
import type { MongoFilter } from '../../devices/filter.js';
import {
  compile,
  EvaluationError,
  ExpressionError,
  toMongoFilter,
  type ContextName,
  type Environment,
  type Expression,
  type MongoFieldMap,
  type Place,
} from '../../expressions/index.js';
import { afterCursor, encodeCursor, type Page, type SortField } from '../keyset.js';
import { SERVER_ZONE } from '../schedules/schedule.js';

/** A list whose rows can be searched: by conditions that the store decides, and by expressions. */
export interface Searchable<Row extends object> {
  /** What a row is called: `task`. */
  noun: string;
  order: SearchOrder<Row>;
  /** Where its expressions stand (expressions.md §7). */
  place: Place;
  /** What of the contexts lies in the store. */
  stored: MongoFieldMap;
  find(condition: MongoFilter, order: Record<string, 1 | -1>, limit: number): Promise<Row[]>;
  /** Counts no further than `limit`; null = all. */
  count(condition: MongoFilter, limit: number | null): Promise<number>;
  /** A row as the rest of the program sees it. */
  read(stored: Row): Row;
  /** Rows that are looked at in one go by expressions that use these contexts; 500 where nothing is said. */
  batch?(contexts: ReadonlySet<ContextName>): number;
  /** What an expression that uses these contexts sees of each row. */
  views(
    rows: readonly Row[],
    contexts: ReadonlySet<ContextName>,
  ): Promise<Pick<Environment, 'task' | 'taskReport' | 'device' | 'dm'>[]>;
}

/** An order without ties, and the cursors that name a place in it. */
export interface SearchOrder<Row> {
  fields: Record<string, 1 | -1>;
  cursorOf(row: Row): string;
  /** The condition for rows behind it. Throws `ValidationError` for one that this list did not make. */
  behind(cursor: string): MongoFilter;
}

/** The order of a list whose sort values are never null. */
export function orderBy<Row extends object>(sort: readonly SortField[]): SearchOrder<Row> {
  return {
    fields: Object.fromEntries(sort.map(({ field, direction }) => [field, direction])),
    cursorOf: (row) => encodeCursor(row, sort),
    behind: (cursor) => afterCursor(cursor, sort),
  };
}

export interface SearchQuery {
  condition: MongoFilter;
  /** All must be true; a row for which one fails is not found. */
  expressions: readonly string[];
  limit: number;
  cursor?: string | undefined;
  /** Also says how many rows match. */
  count?: boolean | undefined;
}

export interface SearchPage<Row> extends Page<Row> {
  total?: number;
  /** How the rows were found, where an expression had to be evaluated for each of them. */
  notice?: string;
}

/** Rows that are fetched in one go to be looked at. */
const BATCH = 500;

/** Rows that an expression is evaluated for, and milliseconds for one page (devices.md §4). */
export const SEARCH_BOUNDS = { rows: 20_000, milliseconds: 10_000 } as const;
type Bounds = { readonly [K in keyof typeof SEARCH_BOUNDS]: number };

/**
 * One page of a list. What the store can decide of the expressions it decides; for the rest the remaining rows are looked
 * at one by one, within bounds: beyond so many candidates the search is refused, after so much time the page ends early
 * and `next` goes on behind the last row that was looked at. Throws `ValidationError` for a bad expression, at `/expression`.
 */
export async function search<Row extends object>(
  list: Searchable<Row>,
  query: SearchQuery,
  clock: Clock,
  bounds: Bounds = SEARCH_BOUNDS,
): Promise<SearchPage<Row>> {
  const now = clock.now();
  const { condition, rest } = pushedDown(list, query, now);
  const scan = new Scan(list, { condition, rest, clock, bounds, now });
  if (rest.length > 0) await scan.refuseTooMany();
  const page = await scan.page(query.limit, query.cursor);
  if (query.count !== true) return page;
  return { ...page, total: rest.length > 0 ? await scan.countAll() : await list.count(condition, null) };
}

/** What is wrong with an expression at a place; empty = nothing. */
export function expressionIssues(text: string, place: Place): FieldIssue[] {
  try {
    compile(text, place);
    return [];
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error;
    return error.issues.map(({ message, from }) => ({
      pointer: '/expression',
      code: 'expression',
      message: `${message} (column ${from + 1})`,
    }));
  }
}

function pushedDown<Row extends object>(
  { place, stored }: Searchable<Row>,
  { condition, expressions }: SearchQuery,
  now: Date,
): { condition: MongoFilter; rest: Expression[] } {
  const conditions = [condition];
  const rest: Expression[] = [];
  for (const text of expressions) {
    const issues = expressionIssues(text, place);
    if (issues.length > 0) throw new ValidationError('The expression is not valid', issues);
    const expression = compile(text, place);
    const part = toMongoFilter(expression, stored, { now, zone: SERVER_ZONE });
    if (part) conditions.push(part.filter);
    if (part === null) rest.push(expression);
    else if (part.rest) rest.push(part.rest);
  }
  const real = conditions.filter((one) => Object.keys(one).length > 0);
  return { condition: real.length === 0 ? {} : { $and: real }, rest };
}

class Scan<Row extends object> {
  constructor(
    readonly list: Searchable<Row>,
    readonly how: {
      condition: MongoFilter;
      rest: readonly Expression[];
      clock: Clock;
      bounds: Bounds;
      now: Date;
    },
  ) {}

  async refuseTooMany(): Promise<void> {
    const { rows } = this.how.bounds;
    const candidates = await this.list.count(this.how.condition, rows + 1);
    if (candidates <= rows) return;
    throw ValidationError.of(
      '/expression',
      `The expression has to be evaluated ${this.list.noun} by ${this.list.noun}, and more than ${rows.toLocaleString('en')} ${this.list.noun}s remain after the other conditions; add conditions that leave fewer`,
      'too-many-candidates',
    );
  }

  async page(limit: number, cursor: string | undefined): Promise<SearchPage<Row>> {
    const { rest } = this.how;
    const { order } = this.list;
    const items: Row[] = [];
    let after = cursor;
    let examined = 0;
    const began = this.how.clock.elapsed();
    for (;;) {
      const size = rest.length === 0 ? limit : this.#batch;
      const rows = await this.#rows(after, size + 1);
      const matches = await this.#matches(rows.slice(0, size));
      for (const [index, row] of rows.slice(0, size).entries()) {
        if (items.length === limit) return this.#found(items, after ?? null, examined, false);
        examined += 1;
        after = order.cursorOf(row);
        if (matches[index]) items.push(row);
      }
      if (rows.length <= size) return this.#found(items, null, examined, false);
      if (items.length === limit) return this.#found(items, after ?? null, examined, false);
      if (this.#isOver(began)) return this.#found(items, after ?? null, examined, true);
    }
  }

  async countAll(): Promise<number> {
    const began = this.how.clock.elapsed();
    let total = 0;
    let after: string | undefined;
    for (;;) {
      const rows = await this.#rows(after, this.#batch);
      for (const match of await this.#matches(rows)) if (match) total += 1;
      const last = rows.at(-1);
      if (rows.length < this.#batch || !last) return total;
      after = this.list.order.cursorOf(last);
      if (this.#isOver(began))
        throw ValidationError.of(
          '/expression',
          `Counting took longer than ${this.how.bounds.milliseconds / 1000} s, since the expression has to be evaluated ${this.list.noun} by ${this.list.noun}; add conditions that leave fewer`,
          'too-slow',
        );
    }
  }

  get #contexts(): ReadonlySet<ContextName> {
    return new Set(this.how.rest.flatMap(({ uses }) => [...uses.contexts]));
  }

  get #batch(): number {
    return this.list.batch?.(this.#contexts) ?? BATCH;
  }

  #isOver(began: number): boolean {
    return this.how.clock.elapsed() - began >= this.how.bounds.milliseconds;
  }

  async #rows(after: string | undefined, limit: number): Promise<Row[]> {
    const { condition } = this.how;
    const { order } = this.list;
    const behind = after === undefined ? condition : { $and: [condition, order.behind(after)] };
    return (await this.list.find(behind, order.fields, limit)).map((row) => this.list.read(row));
  }

  async #matches(rows: readonly Row[]): Promise<boolean[]> {
    const { rest, now } = this.how;
    if (rest.length === 0) return rows.map(() => true);
    const views = await this.list.views(rows, this.#contexts);
    return views.map((view) => rest.every((one) => isTrue(one, { ...view, now, zone: SERVER_ZONE })));
  }

  #found(items: Row[], next: string | null, examined: number, early: boolean): SearchPage<Row> {
    if (this.how.rest.length === 0) return { items, next };
    const { noun } = this.list;
    const looked = `${examined.toLocaleString('en')} ${noun}${examined === 1 ? ' was' : 's were'} looked at one by one: the store cannot decide the expression.`;
    const over = early
      ? ` The ${this.how.bounds.milliseconds / 1000} s for a page were over before it was full; the next page goes on behind them.`
      : '';
    return { items, next, notice: looked + over };
  }
}

function isTrue(expression: Expression, environment: Environment): boolean {
  try {
    return expression.evaluate(environment) === true;
  } catch (error) {
    if (error instanceof EvaluationError) return false;
    throw error;
  }
}
