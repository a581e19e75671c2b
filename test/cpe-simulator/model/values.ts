import { checks } from './checks.js';
import { type ParameterNode } from './schema.js';

const integerBounds: Readonly<Record<string, readonly [bigint, bigint]>> = {
  int: [-(2n ** 31n), 2n ** 31n - 1n],
  unsignedInt: [0n, 2n ** 32n - 1n],
  long: [-(2n ** 63n), 2n ** 63n - 1n],
  unsignedLong: [0n, 2n ** 64n - 1n],
};

const dateTimePattern =
  /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)?$/;

const within = (number: bigint, node: ParameterNode): boolean =>
  (node.min === undefined || number >= node.min) && (node.max === undefined || number <= node.max);

function normalInteger(text: string, node: ParameterNode): string | undefined {
  const trimmed = text.trim();
  const bounds = integerBounds[node.type];
  if (!bounds || !/^[+-]?\d{1,20}$/.test(trimmed)) return undefined;
  const number = BigInt(trimmed.replace(/^\+/, ''));
  return number >= bounds[0] && number <= bounds[1] && within(number, node) ? String(number) : undefined;
}

function normalText(text: string, node: ParameterNode): string | undefined {
  if (/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/.test(text)) return undefined;
  return within(BigInt(Array.from(text).length), node) ? text : undefined;
}

function normalForm(text: string, node: ParameterNode): string | undefined {
  switch (node.type) {
    case 'string':
      return normalText(text, node);
    case 'boolean': {
      const word = text.trim();
      return word === '1' || word === 'true' ? '1' : word === '0' || word === 'false' ? '0' : undefined;
    }
    case 'dateTime':
      return dateTimePattern.test(text.trim()) ? text.trim() : undefined;
    case 'hexBinary':
      return /^(?:[0-9A-Fa-f]{2})*$/.test(text.trim()) && within(BigInt(text.trim().length / 2), node)
        ? text.trim()
        : undefined;
    case 'base64':
      return /^[A-Za-z0-9+/\s]*={0,2}$/.test(text) ? text : undefined;
    default:
      return normalInteger(text, node);
  }
}

/** The form in which a parameter keeps a value, or undefined when it may not have that value. */
export function acceptValue(
  text: string,
  node: ParameterNode,
  beside: (name: string) => string | undefined,
): string | undefined {
  const value = normalForm(text, node);
  if (value === undefined) return undefined;
  if (node.values && !node.values.includes(value)) return undefined;
  if (node.check !== undefined && checks[node.check]?.(value, beside) === false) return undefined;
  return value;
}
