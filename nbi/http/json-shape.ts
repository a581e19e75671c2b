/** Levels of objects and arrays; all that is known here has fewer than ten. */
export const DEEPEST = 64;
/** Values in one body. Each costs far more than its bytes once it is an object with its findings. */
export const MOST_VALUES = 200_000;

/**
 * Whether a text that may be JSON nests deeper or has more values than any request here; before it is parsed, since ten
 * megabytes of brackets take seconds to parse and a gigabyte to hold. What is no JSON at all is not noticed here.
 */
export function jsonExcess(text: string): 'deep' | 'many' | null {
  let depth = 0;
  let values = 0;
  for (let at = 0; at < text.length; at += 1) {
    switch (text.charCodeAt(at)) {
      case QUOTE:
        at = endOfString(text, at);
        break;
      case OPEN_BRACE:
      case OPEN_BRACKET:
        depth += 1;
        values += 1;
        if (depth > DEEPEST) return 'deep';
        break;
      case CLOSE_BRACE:
      case CLOSE_BRACKET:
        depth -= 1;
        break;
      case COMMA:
        values += 1;
        break;
      default:
        break;
    }
    if (values > MOST_VALUES) return 'many';
  }
  return null;
}

const QUOTE = 0x22;
const COMMA = 0x2c;
const OPEN_BRACKET = 0x5b;
const BACKSLASH = 0x5c;
const CLOSE_BRACKET = 0x5d;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;

/** Where the closing quote is, or the end of a text that has none. */
function endOfString(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === BACKSLASH) at += 1;
    else if (code === QUOTE) return at;
  }
  return text.length;
}
