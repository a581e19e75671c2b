import type { TaskConfig } from '../api/types.js';
import { buildConfigXml } from './config-xml.js';

export interface DifferenceLine {
  kind: 'same' | 'added' | 'removed';
  text: string;
}

/** The shortest edit between two texts, line by line (longest common subsequence). */
export function difference(before: string, after: string): DifferenceLine[] {
  const a = before === '' ? [] : before.split('\n');
  const b = after === '' ? [] : after.split('\n');
  const table = lengths(a, b);
  const result: DifferenceLine[] = [];
  let i = 0;
  let j = 0;
  while (i < a.length || j < b.length) {
    const left = a[i];
    const right = b[j];
    if (left !== undefined && left === right) {
      result.push({ kind: 'same', text: left });
      i += 1;
      j += 1;
    } else if (right === undefined || (left !== undefined && at(table, i + 1, j) >= at(table, i, j + 1))) {
      result.push({ kind: 'removed', text: left ?? '' });
      i += 1;
    } else {
      result.push({ kind: 'added', text: right });
      j += 1;
    }
  }
  return result;
}

function lengths(a: string[], b: string[]): number[][] {
  const table = Array.from({ length: a.length + 1 }, () => new Array<number>(b.length + 1).fill(0));
  for (let i = a.length - 1; i >= 0; i -= 1) {
    for (let j = b.length - 1; j >= 0; j -= 1) {
      const row = table[i];
      if (row)
        row[j] =
          a[i] === b[j] ? at(table, i + 1, j + 1) + 1 : Math.max(at(table, i + 1, j), at(table, i, j + 1));
    }
  }
  return table;
}

function at(table: number[][], i: number, j: number): number {
  return table[i]?.[j] ?? 0;
}

/** A task definition as text to compare: one fact a line, the configuration last. */
export function definitionText(definition: Record<string, unknown> | null): string {
  if (definition === null) return '';
  const { configXml, config, ...rest } = definition;
  const facts = Object.entries(rest)
    .filter(([key]) => !['_id', 'id', 'version', 'editedAt'].includes(key))
    .map(([key, value]) => `${key}: ${typeof value === 'string' ? value : JSON.stringify(value)}`)
    .sort();
  const input = typeof configXml === 'string' ? configXml : buildConfigXml((config ?? {}) as TaskConfig);
  return [...facts, ...input.split('\n')].join('\n');
}
