import type { QuickFixButton, TaskType, TemplateParameter } from '../api/types.js';

/** The buttons under the branches of their task types, both by the alphabet. */
export function byBranch(
  buttons: readonly QuickFixButton[],
  types: readonly TaskType[],
): { branch: string; buttons: QuickFixButton[] }[] {
  const branchOf = new Map(types.map((one) => [one.name, one.branch]));
  const found = new Map<string, QuickFixButton[]>();
  for (const one of buttons) {
    const branch = branchOf.get(one.type) ?? 'Other';
    found.set(branch, [...(found.get(branch) ?? []), one]);
  }
  return [...found]
    .map(([branch, list]) => ({ branch, buttons: list.sort((a, b) => a.name.localeCompare(b.name)) }))
    .sort((a, b) => a.branch.localeCompare(b.branch));
}

/** Whether a default is worked out by the server for each device. */
export const isExpression = (text: string): boolean => text.includes('${');

/** What the fields hold at first: literal defaults; an expression and a secret are left to the server. */
export function initialValues(parameters: readonly TemplateParameter[]): Record<string, string> {
  return Object.fromEntries(
    parameters.map((one) => {
      if (one.type === 'secret' || isExpression(one.default)) return [one.name, ''];
      if (one.type === 'boolean') return [one.name, one.default || 'false'];
      return [one.name, one.default];
    }),
  );
}

/** What is sent: an empty field with a default is left out, so that the server fills it in. */
export function givenValues(
  parameters: readonly TemplateParameter[],
  values: Readonly<Record<string, string>>,
): Record<string, string> {
  return Object.fromEntries(
    parameters.flatMap((one): [string, string][] => {
      const value = values[one.name] ?? '';
      return value === '' && (one.default !== '' || !one.required) ? [] : [[one.name, value]];
    }),
  );
}

/** What is plainly wrong before the server is asked; keyed by the pointers of its own answers. */
export function valueFaults(
  parameters: readonly TemplateParameter[],
  values: Readonly<Record<string, string>>,
): Record<string, string> {
  const faults: Record<string, string> = {};
  for (const one of parameters) {
    const fault = valueFault(one, values[one.name] ?? '');
    if (fault !== '') faults[`/parameters/${one.name}`] = fault;
  }
  return faults;
}

function valueFault(one: TemplateParameter, value: string): string {
  if (value === '') return one.required && one.default === '' ? 'Give a value.' : '';
  if (one.type === 'int' && !/^[+-]?\d+$/.test(value)) return 'A whole number.';
  if (one.type === 'decimal' && !Number.isFinite(Number(value))) return 'A number.';
  const numeric = one.type === 'int' || one.type === 'decimal';
  const texty = one.type === 'string' || one.type === 'multiline' || one.type === 'secret';
  if (!numeric && !texty) return '';
  const measure = numeric ? Number(value) : lengthOf(value, one.unit);
  const unit = numeric ? '' : ` ${one.unit}`;
  if (one.min !== null && measure < one.min) return `At least ${one.min}${unit}.`;
  if (one.max !== null && measure > one.max) return `At most ${one.max}${unit}.`;
  return '';
}

function lengthOf(text: string, unit: TemplateParameter['unit']): number {
  return unit === 'bytes' ? new TextEncoder().encode(text).length : [...text].length;
}

/** What a field says below itself of what it takes. */
export function valueHelp(one: TemplateParameter): string {
  const texty = one.type === 'string' || one.type === 'multiline' || one.type === 'secret';
  const unit = texty ? ` ${one.unit}` : '';
  const range =
    one.min !== null && one.max !== null
      ? `${one.min}–${one.max}${unit}.`
      : one.min !== null
        ? `From ${one.min}${unit}.`
        : one.max !== null
          ? `Up to ${one.max}${unit}.`
          : '';
  const empty =
    one.default === ''
      ? ''
      : one.type === 'secret'
        ? 'Left empty: the stored one.'
        : isExpression(one.default)
          ? `Left empty: ${one.default}, worked out for the device.`
          : '';
  return [one.help, range, empty].filter(Boolean).join(' ');
}
