import { StoreError } from '../errors.js';
import { T, textOf, type Raw } from '../bson/raw.js';

/** A pattern and its options, as BSON or `$regex`/`$options` give them. */
export interface RegexSource {
  readonly pattern: string;
  readonly options: string;
}

export function regexSource(value: Raw, options = ''): RegexSource {
  if (value.type === T.regex) {
    const end = value.buf.indexOf(0, value.at);
    const own = value.buf.toString('utf8', end + 1, value.buf.indexOf(0, end + 1));
    return { pattern: value.buf.toString('utf8', value.at, end), options: options || own };
  }
  if (value.type === T.string) return { pattern: textOf(value), options };
  throw new StoreError(2, '$regex has to be a string');
}

const cache = new Map<string, RegExp>();

/**
 * A PCRE pattern as a JavaScript expression that means the same: what JavaScript reads differently is rewritten, what it
 * cannot express is refused.
 */
export function compileRegex(source: RegexSource): RegExp {
  const key = `${source.options}/${source.pattern}`;
  const cached = cache.get(key);
  if (cached) return cached;
  let { pattern, options } = source;
  const inline = /^\(\?([imsx]+)\)/.exec(pattern);
  if (inline) {
    pattern = pattern.slice(inline[0].length);
    options += inline[1] ?? '';
  }
  for (const option of options) {
    if (!'imsxu'.includes(option)) throw new StoreError(51108, `invalid flag in regex options: ${option}`);
  }
  let regex: RegExp;
  try {
    regex = new RegExp(
      translate(pattern, options),
      `u${options.includes('i') ? 'i' : ''}${options.includes('m') ? 'm' : ''}`,
    );
  } catch (error) {
    if (error instanceof StoreError) throw error;
    throw new StoreError(51091, `Regular expression is invalid: ${(error as Error).message}`);
  }
  if (cache.size > 1000) cache.clear();
  cache.set(key, regex);
  return regex;
}

const SPACE = '\\t\\n\\v\\f\\r ';
const POSIX: Readonly<Record<string, string>> = {
  alpha: 'a-zA-Z',
  digit: '0-9',
  alnum: 'a-zA-Z0-9',
  upper: 'A-Z',
  lower: 'a-z',
  space: SPACE,
  xdigit: '0-9A-Fa-f',
  word: '\\w',
  punct: '!-\\/:-@\\[-`\\{-~',
};

function unsupported(what: string): StoreError {
  return new StoreError(
    51091,
    `Regular expression is invalid: ${what} is not supported by the embedded store; set MONGODB_URI to use a MongoDB server`,
  );
}

function translate(pattern: string, options: string): string {
  const dotAll = options.includes('s');
  const multiline = options.includes('m');
  const extended = options.includes('x');
  let out = '';
  let inClass = false;
  for (let i = 0; i < pattern.length; i++) {
    const c = pattern.charAt(i);
    if (c === '\\') {
      const next = pattern.charAt(++i);
      if (next === 'Q') {
        const end = pattern.indexOf('\\E', i + 1);
        const literal = pattern.slice(i + 1, end < 0 ? undefined : end);
        out += literal.replace(/[\\^$.*+?()[\]{}|/-]/g, (s) => (s === '-' && !inClass ? s : `\\${s}`));
        i = end < 0 ? pattern.length : end + 1;
      } else out += escape(next, inClass);
    } else if (inClass) {
      const posix = c === '[' ? /^\[:(\w+):\]/.exec(pattern.slice(i)) : null;
      if (posix) {
        const set = POSIX[posix[1] ?? ''];
        if (set === undefined) throw unsupported(`the class ${posix[0]}`);
        out += set;
        i += posix[0].length - 1;
      } else {
        if (c === ']') inClass = false;
        out += c === '[' ? '\\[' : c;
      }
    } else if (c === '[') {
      inClass = true;
      out += c;
      if (pattern.charAt(i + 1) === '^') out += pattern.charAt(++i);
      if (pattern.charAt(i + 1) === ']') {
        out += '\\]';
        i++;
      }
    } else if (extended && /\s/.test(c)) continue;
    else if (extended && c === '#') {
      const end = pattern.indexOf('\n', i);
      i = end < 0 ? pattern.length : end;
    } else if (c === '.') out += dotAll ? '[^]' : '[^\\n]';
    else if (c === '$' && !multiline) out += '(?=\\n?(?![^]))';
    else if (c === '$') out += '(?=\\n|(?![^]))';
    else if (c === '^' && multiline) out += '(?<![^\\n])';
    else if (c === '{' && !/^\{\d+(,\d*)?\}/.test(pattern.slice(i))) out += '\\{';
    else if (c === '}' && !/\{\d+(,\d*)?$/.test(pattern.slice(0, i))) out += '\\}';
    else if (c === ']') out += '\\]';
    else out += c;
  }
  return out;
}

function escape(c: string, inClass: boolean): string {
  if (c === '') throw new StoreError(51091, 'Regular expression is invalid: \\ at end of pattern');
  if ('dDwWnrtfv0xuc'.includes(c) || (!inClass && /[1-9bBk]/.test(c))) return `\\${c}`;
  if (c === 's') return inClass ? SPACE : `[${SPACE}]`;
  if (c === 'S' && !inClass) return `[^${SPACE}]`;
  if (c === 'A' && !inClass) return '(?<![^])';
  if (c === 'z' && !inClass) return '(?![^])';
  if (c === 'Z' && !inClass) return '(?=\\n?(?![^]))';
  if (c === 'h') return inClass ? ' \\t' : '[ \\t]';
  if (c === 'e') return '\\x1b';
  if (c === 'a') return '\\x07';
  if (c === 'b') return '\\x08';
  if (/[a-zA-Z0-9]/.test(c)) throw unsupported(`the escape \\${c}`);
  if (/[\^$\\.*+?()[\]{}|/]/.test(c) || (inClass && c === '-')) return `\\${c}`;
  return c;
}

/** The literal text that every match begins with, for a case-sensitive pattern anchored at the start; '' if there is none. */
export function literalPrefix(source: RegexSource): string {
  if (source.options !== '' || !source.pattern.startsWith('^') || source.pattern.includes('|')) return '';
  const match = /^\^((?:[^\\^$.*+?()[\]{}|]|\\[^a-zA-Z0-9])*)(.?)/s.exec(source.pattern);
  if (!match) return '';
  const text = (match[1] ?? '').replace(/\\(.)/gs, '$1');
  return '*?{'.includes(match[2] === '' ? ' ' : (match[2] ?? ' '))
    ? Array.from(text).slice(0, -1).join('')
    : text;
}
