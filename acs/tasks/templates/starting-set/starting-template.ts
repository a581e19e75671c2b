import type { TemplateInput } from '../template-input.js';

/** One template that every installation has at its beginning; an administrator may edit or delete it like any other. */
export interface StartingTemplate {
  /** Known by this for ever, whatever it is called: what was deleted is not made again. */
  key: string;
  template: Omit<TemplateInput, 'domain'>;
}
