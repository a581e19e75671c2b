import type { CodeSuggestion, CodeSuggestions } from '../editor/types.js';
import type { FormField, FormShape, PathSuggestion } from './form-fields.js';
import { xmlContextAt } from './xml-context.js';

/** What may stand at a place of the XML of a task type: its children, their attributes, the values of choices. */
export function suggestConfigXml(
  shape: FormShape,
  paths: readonly PathSuggestion[],
  text: string,
  offset: number,
): CodeSuggestions | null {
  const context = xmlContextAt(text, offset);
  switch (context.kind) {
    case 'tag':
      return { from: context.from, to: context.to, items: tags(shape, context.parents) };
    case 'closing': {
      const open = context.parents.at(-1);
      const items = open === undefined ? [] : [{ label: open, insert: `${open}>`, kind: 'tag' as const }];
      return { from: context.from, to: context.to, items };
    }
    case 'attribute': {
      const fields = fieldsOf(shape, context.tag).filter(({ name }) => !context.present.includes(name));
      return { from: context.from, to: context.to, items: fields.map(attribute) };
    }
    case 'value': {
      const field = fieldsOf(shape, context.tag).find(({ name }) => name === context.attribute);
      if (!field) return null;
      return { from: context.from, to: context.to, items: values(field, paths) };
    }
    case 'text':
      return null;
  }
}

function tags(shape: FormShape, parents: readonly string[]): CodeSuggestion[] {
  if (parents.length === 0) return [{ label: 'config', kind: 'tag' }];
  if (parents.length > 1) return [];
  return shape.lists.map(({ name, title, fields }) => {
    const required = fields.filter((field) => field.required).map((field) => ` ${field.name}=""`);
    return { label: name, detail: title, insert: `${name}${required.join('')}/>`, kind: 'tag' };
  });
}

function attribute(field: FormField): CodeSuggestion {
  return {
    label: field.name,
    detail: field.required ? 'required' : field.byDefault === '' ? '' : `default ${field.byDefault}`,
    info: [field.title, field.help].filter(Boolean).join(' – '),
    insert: `${field.name}=""`,
    kind: 'attribute',
  };
}

function values(field: FormField, paths: readonly PathSuggestion[]): CodeSuggestion[] {
  if (field.kind === 'boolean')
    return ['true', 'false'].map((label): CodeSuggestion => ({ label, kind: 'value' }));
  if (field.choices.length > 0)
    return field.choices.filter(Boolean).map((label): CodeSuggestion => ({ label, kind: 'value' }));
  if (field.kind !== 'path' && field.kind !== 'object') return [];
  return paths.map(({ value, hint }): CodeSuggestion => ({ label: value, detail: hint, kind: 'value' }));
}

function fieldsOf(shape: FormShape, tag: string): readonly FormField[] {
  return tag === 'config' ? shape.fields : (shape.lists.find(({ name }) => name === tag)?.fields ?? []);
}
