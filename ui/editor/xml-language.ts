import { xmlLanguage } from '@codemirror/lang-xml';

/** XML with its parser: a part of its own, which editors of expressions do not load. */
export const xml = xmlLanguage;
