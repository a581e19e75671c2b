import type { DeviceRecord } from '../../../store/models/device.js';
import type { ParameterTree } from '../../devices/parameter-tree.js';

/** Evaluates texts with expressions in the context of a device (task-types.md §3.7, expressions.md §7). */
export interface TemplateTexts {
  /** The text with each `${…}` replaced by its value. Rejects with a `TaskFailure` that names place and reason. */
  evaluate(text: string, moment: TemplateMoment): Promise<string>;
}

/** What an expression may look at. */
export interface TemplateMoment {
  device: Readonly<DeviceRecord>;
  /** The data model as known now. */
  tree: ParameterTree;
  task: { readonly id: string; readonly name: string; readonly domain: string };
  now: Date;
}

/** Whether a text has anything to evaluate. */
export function hasExpression(text: string): boolean {
  return text.includes('${');
}
