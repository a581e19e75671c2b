import type { XmlElement } from './document.js';

/** What is wrong with an element besides what its table row says. */
export interface RuleProblem {
  message: string;
  /** The attribute that is meant, else the element itself. */
  attribute?: string;
  /** A child that is meant. */
  element?: XmlElement;
  code?: string;
}

type Rule = (element: XmlElement) => RuleProblem[];

const given = (element: XmlElement, name: string): boolean =>
  (element.attributes.get(name)?.value ?? '') !== '';

const bothOrNone =
  (one: string, other: string): Rule =>
  (element) =>
    given(element, one) === given(element, other)
      ? []
      : [{ message: `<${element.name}> takes ${one} and ${other}, or neither` }];

const needs = (element: XmlElement, names: readonly string[], where: string): RuleProblem[] =>
  names
    .filter((name) => !element.attributes.has(name))
    .map((name) => ({
      message: `<${element.name}> in <${where}> needs the attribute ${name}`,
      code: 'required',
    }));

const RULES: Readonly<Record<string, Rule>> = {
  if(element) {
    const elses = element.children.filter(({ name }) => name === 'else');
    const last = element.children.at(-1);
    return [
      ...elses
        .slice(1)
        .map((one) => ({ element: one, message: '<if> has one <else> at most', code: 'forbidden-child' })),
      ...(elses[0] && elses.length === 1 && last !== elses[0]
        ? [
            {
              element: elses[0],
              message: '<else> must be the last child of its <if>',
              code: 'forbidden-child',
            },
          ]
        : []),
    ];
  },
  foreach: (element) =>
    given(element, 'query') === given(element, 'list')
      ? [{ message: '<foreach> takes either query or list', code: 'required' }]
      : [],
  task: (element) => [
    ...(given(element, 'template') || given(element, 'class')
      ? []
      : [{ message: '<task> needs template or class', code: 'required' }]),
    ...element.children
      .filter(({ name }) => name === 'config')
      .slice(1)
      .map((one) => ({ element: one, message: '<task> has one <config> at most', code: 'forbidden-child' })),
  ],
  rest: (element) => [
    ...(given(element, 'authorizationHeader') && given(element, 'user')
      ? [{ attribute: 'authorizationHeader', message: 'authorizationHeader and user exclude each other' }]
      : []),
    ...(given(element, 'oauth.tokenUrl') && given(element, 'authorizationHeader')
      ? [{ attribute: 'authorizationHeader', message: 'authorizationHeader and oauth exclude each other' }]
      : []),
  ],
  sshSession: bothOrNone('publickey', 'privatekey'),
  out: (element) =>
    element.parent?.name === 'cli'
      ? needs(element, ['target', 'extract'], 'cli')
      : needs(element, ['from', 'to'], 'rest'),
  oid: (element) =>
    element.parent?.name === 'snmpGet'
      ? needs(element, ['oid', 'var'], 'snmpGet')
      : needs(element, ['oidId', 'value'], 'trap'),
};

export function rulesOf(tag: string): Rule | null {
  return Object.hasOwn(RULES, tag) ? (RULES[tag] ?? null) : null;
}
