import { compile, EvaluationError, ExpressionError, PLACES } from '../expressions/index.js';
import type { ExpressionViews } from './expression-conditions.js';
import { TaskFailure } from './outcome.js';
import type { TemplateTexts } from './ports/template-texts.js';

/** Configuration templates in the language of expressions.md, in the environment of its §7. */
export function expressionTemplates(views: ExpressionViews): TemplateTexts {
  return {
    async evaluate(text, { device, tree, task, now }) {
      try {
        const expression = compile(text, PLACES.configurationTemplate);
        const { contexts, resources } = expression.uses;
        const [deviceView, sv, tables] = await Promise.all([
          contexts.has('device') ? views.device(device) : null,
          contexts.has('sv') ? views.sv(device) : null,
          contexts.has('res') ? views.tables?.(resources, task.domain) : null,
        ]);
        const value = expression.evaluate({
          now,
          zone: views.zone,
          ...(deviceView && { device: deviceView }),
          ...(sv && { sv }),
          ...(contexts.has('dm') && { dm: views.dataModel(tree, device.root) }),
          ...(contexts.has('res') && { res: (alias: string) => tables?.get(alias) ?? null }),
        });
        return typeof value === 'string' ? value : '';
      } catch (error) {
        if (error instanceof ExpressionError)
          throw new TaskFailure(`${lineOf(text, error.issues[0]?.from ?? 0)}: ${error.message}`);
        if (error instanceof EvaluationError)
          throw new TaskFailure(`${lineOf(text, error.from ?? 0)}: ${error.message}`);
        throw error;
      }
    },
  };
}

function lineOf(text: string, offset: number): string {
  return `Line ${text.slice(0, offset).split('\n').length} of the template`;
}
