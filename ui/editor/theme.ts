import { HighlightStyle, syntaxHighlighting } from '@codemirror/language';
import type { Extension } from '@codemirror/state';
import { EditorView } from '@codemirror/view';
import { tags } from '@lezer/highlight';

/** Every colour comes from the tokens, so that light and dark need no two themes. */
const look = EditorView.theme({
  '&': { color: 'var(--text)', backgroundColor: 'transparent', fontSize: '12.5px' },
  '&.cm-focused': { outline: 'none' },
  '.cm-scroller': { fontFamily: 'var(--mono)', lineHeight: '20px' },
  '.cm-content': { padding: '8px 0', caretColor: 'var(--text)' },
  '.cm-line': { padding: '0 12px' },
  '.cm-cursor': { borderLeftColor: 'var(--text)' },
  '&.cm-focused .cm-selectionBackground, .cm-selectionBackground': {
    backgroundColor: 'var(--selected) !important',
  },
  '.cm-gutters': {
    backgroundColor: 'var(--sunken)',
    color: 'var(--text-3)',
    border: 'none',
    borderInlineEnd: '1px solid var(--hairline)',
  },
  '.cm-activeLine, .cm-activeLineGutter': { backgroundColor: 'transparent' },
  '&.cm-focused .cm-activeLineGutter': { color: 'var(--text)', fontWeight: '600' },
  '.cm-matchingBracket, &.cm-focused .cm-matchingBracket': {
    backgroundColor: 'var(--selected)',
    outline: 'none',
  },
  '.cm-tooltip': {
    backgroundColor: 'var(--floating)',
    color: 'var(--text)',
    border: '1px solid var(--hairline)',
    borderRadius: 'var(--radius-control)',
    boxShadow: 'var(--shadow)',
  },
  '.cm-tooltip.cm-tooltip-autocomplete > ul': { fontFamily: 'var(--mono)', maxHeight: '240px' },
  '.cm-tooltip.cm-tooltip-autocomplete > ul > li': { padding: '2px 8px', minHeight: '24px' },
  '.cm-tooltip-autocomplete ul li[aria-selected]': {
    backgroundColor: 'var(--selected)',
    color: 'var(--text)',
  },
  '.cm-completionDetail': { color: 'var(--text-3)', fontStyle: 'normal', marginInlineStart: '12px' },
  '.cm-completionInfo': { padding: '8px 12px', maxWidth: '360px', fontFamily: 'var(--font)' },
  '.cm-completionMatchedText': { textDecoration: 'none', fontWeight: '600' },
  '.cm-diagnostic': { padding: '4px 8px', borderInlineStart: '3px solid var(--error)' },
  '.cm-diagnostic-warning': { borderInlineStartColor: 'var(--warning)' },
  '.cm-lintRange-error': {
    backgroundImage: 'none',
    textDecoration: 'underline wavy var(--error)',
    textUnderlineOffset: '3px',
  },
  '.cm-lintRange-warning': {
    backgroundImage: 'none',
    textDecoration: 'underline wavy var(--warning)',
    textUnderlineOffset: '3px',
  },
  '.cm-placeholder': { color: 'var(--text-3)' },
});

const colours = HighlightStyle.define([
  { tag: tags.tagName, color: 'var(--link)' },
  { tag: tags.attributeName, color: 'var(--parked)' },
  { tag: [tags.attributeValue, tags.string], color: 'var(--success)' },
  { tag: [tags.comment, tags.blockComment], color: 'var(--text-3)', fontStyle: 'italic' },
  { tag: [tags.angleBracket, tags.punctuation], color: 'var(--text-3)' },
  { tag: tags.invalid, color: 'var(--error)' },
  { tag: tags.keyword, color: 'var(--link)' },
  { tag: tags.number, color: 'var(--warning)' },
  { tag: tags.variableName, color: 'var(--parked)' },
  { tag: tags.special(tags.variableName), color: 'var(--warning)' },
]);

/** How code looks in the console. */
export const codeLook: Extension = [look, syntaxHighlighting(colours)];
