import type { InjectionKey, MaybeRefOrGetter } from 'vue';
import type { ExpressionSubject } from '../api/expressions.js';

/** Whom the expressions of a form are tried on; a page provides it for all its fields. */
export const EXPRESSION_SUBJECT: InjectionKey<MaybeRefOrGetter<ExpressionSubject>> =
  Symbol('expression subject');
