/** Something wrong in a text, by offsets. */
export interface CodeProblem {
  from: number;
  to: number;
  message: string;
  severity: 'error' | 'warning';
}

/** What may stand at a place of a text. */
export interface CodeSuggestion {
  label: string;
  /** Beside the label: a type, a word. */
  detail?: string;
  /** Documentation. */
  info?: string;
  /** What is put in place of the text between the offsets; the label where nothing is said. */
  insert?: string;
  kind?: 'tag' | 'attribute' | 'value' | 'function' | 'property' | 'variable' | 'keyword';
}

export interface CodeSuggestions {
  from: number;
  to: number;
  items: readonly CodeSuggestion[];
}

export type Suggest = (text: string, offset: number) => Promise<CodeSuggestions | null>;
export type CodeLanguage = 'xml' | 'expression' | 'text';
