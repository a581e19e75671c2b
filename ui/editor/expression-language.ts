import { StreamLanguage, type StreamParser } from '@codemirror/language';

interface State {
  /** Braces that are open within a dynamic part; 0 = plain text. */
  depth: number;
  /** The quote that an open text began with. */
  quote: string | null;
}

const WORDS = /^(?:if|else|and|or|true|false|null)$/;

/** Colours for expressions: plain text, and `${…}` parts in it. What it means, the server says. */
const parser: StreamParser<State> = {
  name: 'expression',
  startState: () => ({ depth: 0, quote: null }),
  copyState: (state) => ({ ...state }),
  token(stream, state) {
    if (state.depth === 0) {
      if (stream.match('${')) {
        state.depth = 1;
        return 'keyword';
      }
      stream.next();
      stream.eatWhile(/[^$]/);
      return null;
    }
    if (state.quote !== null) {
      let escaped = false;
      for (let character = stream.next(); character !== undefined; character = stream.next()) {
        if (character === state.quote && !escaped) {
          state.quote = null;
          break;
        }
        escaped = character === '\\' && !escaped;
      }
      return 'string';
    }
    return inside(stream.next() ?? '', stream, state);
  },
};

function inside(
  character: string,
  stream: Parameters<StreamParser<State>['token']>[0],
  state: State,
): string | null {
  if (character === "'" || character === '"') {
    state.quote = character;
    return 'string';
  }
  if (character === '{') state.depth += 1;
  if (character === '}') {
    state.depth -= 1;
    return state.depth === 0 ? 'keyword' : null;
  }
  if (character === '#') {
    stream.eatWhile(/\w/);
    return 'variableName.special';
  }
  if (/\d/.test(character)) {
    stream.eatWhile(/[\w.]/);
    return 'number';
  }
  if (/[A-Za-z_]/.test(character)) {
    stream.eatWhile(/\w/);
    return WORDS.test(stream.current()) ? 'keyword' : 'variableName';
  }
  return null;
}

export const expressionLanguage = StreamLanguage.define(parser);
