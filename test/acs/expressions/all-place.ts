import { compile, type Environment, type Expression, type Place } from '../../../acs/expressions/index.js';
import { shown } from '../../../acs/expressions/sandbox.js';

/** A place where everything may be used and anything may be yielded. */
export const ALL: Place = {
  expected: null,
  nullable: true,
  variables: true,
  contexts: new Set([
    'device',
    'sv',
    'task',
    'taskReport',
    'dm',
    'live',
    'res',
    'transfer',
    'cwmp',
    'resource',
    'cli',
  ]),
};

export const dynamic = (text: string): Expression => compile(`\${${text}}`, ALL);

/** The value of a dynamic part as the sandbox shows it. */
export function shownIn(text: string, environment: Environment): string {
  const expression = dynamic(text);
  return shown(expression.evaluate(environment), expression.type, environment.zone);
}
