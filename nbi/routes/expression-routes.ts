import {
  check,
  compile,
  documentation,
  operators,
  typeName,
  type Suggestion,
} from '../../acs/expressions/index.js';
import { checkConfigXml } from '../../acs/tasks/xmltask/check-config.js';
import { XML_TASK } from '../../acs/tasks/xmltask/child-config.js';
import { completeConfigXml, escapedLength } from '../../acs/tasks/xmltask/complete-config.js';
import { escapeAttribute } from '../../acs/tasks/config-xml.js';
import { TAGS } from '../../acs/tasks/xmltask/tags.js';
import { ForbiddenError, NotFoundError } from '../../common/errors.js';
import * as api from '../api/expressions.js';
import { expressionProblem } from '../problems.js';
import { reply } from '../http/request.js';
import { implement } from '../http/route.js';
import { effortJson, tagJson, valueJson } from '../views/expression-view.js';
import { placeNamed, taskTypeAt } from './expression-place.js';
import { evaluateFor, isGiven, sightOf, subjectOf } from './expression-subject.js';

export const expressionRoutes = [
  implement(api.evaluateExpression, async (request, services) => {
    const { body, caller } = request;
    const { expression: text, masked = false } = body;
    const place = placeNamed(body);
    const subject = await subjectOf(body, caller, services);
    const issues = check(text, place);
    if (issues.length > 0) throw expressionProblem(issues, { pointer: '/expression' });
    const answer = await evaluateFor(text, place, subject, { ...request, caller, masked }, services);
    if (answer.kind === 'value') return reply(200, { ...valueJson(answer), ...effortJson(answer) });
    const evaluation = answer.kind === 'failed' ? effortJson(answer) : undefined;
    throw expressionProblem(answer.issues, { pointer: '/expression', evaluation });
  }),

  implement(api.checkExpression, async (request, services) => {
    const { body, caller } = request;
    const { expression: text, masked = false } = body;
    const place = placeNamed(body);
    const subject = await subjectOf(body, caller, services);
    const issues = check(text, place);
    if (issues.length > 0)
      return reply(200, { issues, type: null, contexts: [], variables: [], evaluation: null });
    const { type, uses } = describe(text, place);
    const evaluation = isGiven(body) ? await evaluationJson() : null;
    return reply(200, { issues, type, ...uses, evaluation });

    async function evaluationJson() {
      try {
        const answer = await evaluateFor(text, place, subject, { ...request, caller, masked }, services);
        if (answer.kind === 'invalid') return null;
        return answer.kind === 'value'
          ? { outcome: 'value' as const, ...valueJson(answer), ...effortJson(answer) }
          : { outcome: 'failed' as const, issues: answer.issues, ...effortJson(answer) };
      } catch (error) {
        if (!(error instanceof ForbiddenError)) throw error;
        const message = `Its value is seen with the permission ${error.requiredPermission} only`;
        const nothing = { steps: 0, reads: [], moreReads: 0 };
        return { outcome: 'failed' as const, issues: [{ message, from: 0, to: text.length }], ...nothing };
      }
    }
  }),

  implement(api.completeExpression, async ({ body, caller }, services) => {
    const { expression: text, offset } = body;
    const place = placeNamed(body);
    const subject = await subjectOf(body, caller, services);
    const caret = Math.min(offset, text.length);
    const found = await services.sandbox.complete(text, caret, place, subject, sightOf(caller));
    const [first] = found;
    return reply(200, {
      ...{ from: first?.from ?? caret, to: first?.to ?? caret },
      items: found.map(suggestionJson),
    });
  }),

  implement(api.getExpressionReference, () => reply(200, REFERENCE)),

  implement(api.checkTaskConfig, ({ params, body }) =>
    reply(200, { problems: checkConfigXml(taskTypeAt(params.name), body.config) }),
  ),

  implement(api.completeTaskConfig, async ({ params, body, caller }, services) => {
    const { config } = body;
    const offset = Math.min(body.offset, config.length);
    const subject = await subjectOf(body, caller, services);
    const { kind, from, to, expects, suggestions, expression } = completeConfigXml(
      taskTypeAt(params.name),
      config,
      offset,
    );
    if (!expression)
      return reply(200, {
        ...{ kind, from, to, expects },
        items: suggestions.map((one) => ({ ...one, type: '' })),
      });
    const { text, place } = expression;
    const found = await services.sandbox.complete(text, text.length, place, subject, sightOf(caller));
    const word = text.slice(found[0]?.from ?? text.length);
    return reply(200, {
      ...{ kind, from: offset - escapedLength(word), to: offset, expects },
      items: found.map(({ label, type, documentation: doc, insert }) => ({
        ...{ label, type, documentation: doc, insert: escapeAttribute(insert) },
      })),
    });
  }),

  implement(api.listXmlTags, ({ params }) => {
    if (taskTypeAt(params.name).name !== XML_TASK) throw new NotFoundError('language of tags', params.name);
    return reply(200, { items: TAGS.map(tagJson), next: null });
  }),
];

const REFERENCE = { operators: operators(), sections: documentation() };

function describe(text: string, place: Parameters<typeof compile>[1]) {
  const { type, uses } = compile(text, place);
  return {
    type: typeName(type),
    uses: { contexts: [...uses.contexts].sort(), variables: [...uses.variables].sort() },
  };
}

function suggestionJson({ label, kind, type, documentation: doc, insert }: Suggestion) {
  return { label, kind, type, documentation: doc, insert };
}
