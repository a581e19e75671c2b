import { attribute, preset, required, type TagSpec } from '../tag.js';

/** xmltask.md §6. */
export const FLOW_TAGS: readonly TagSpec[] = [
  {
    name: 'config',
    section: 'Flow',
    doc: 'The whole workflow; in task, the configuration of the child',
    container: true,
    child: true,
    attributes: [],
  },
  {
    name: 'if',
    section: 'Flow',
    doc: 'Runs what stands inside if the expression is true; else, its last child, if it is false',
    container: true,
    own: ['else'],
    attributes: [attribute('expr', 'boolean', 'The condition; null ends the task', required)],
  },
  {
    name: 'else',
    section: 'Flow',
    doc: 'Runs when the expression of its if is false',
    container: true,
    child: true,
    attributes: [],
  },
  {
    name: 'while',
    section: 'Flow',
    doc: 'Runs what stands inside as long as the expression is true before each pass',
    container: true,
    attributes: [attribute('expr', 'boolean', 'The condition; null ends the task', required)],
  },
  {
    name: 'wait',
    section: 'Flow',
    doc: 'Parks the task until the next session, whatever causes it',
    attributes: [
      attribute('blocking', 'boolean', 'Nothing else runs meanwhile; ends the session', preset('false')),
      attribute(
        'timeoutSeconds',
        'int',
        'Counted from reaching this wait; begins anew in each pass of a loop',
        {
          min: 0,
        },
      ),
      attribute('deadline', 'date', 'The earlier of the two counts'),
      attribute('timeoutMessage', 'text', 'Summary when the time is over', preset('timeout')),
      attribute('inProgressMessage', 'text', 'Summary while it waits'),
      attribute(
        'executeOtherDuringCheck',
        'boolean',
        'In the session that resumes it other due tasks run first',
        preset('false'),
      ),
    ],
  },
  {
    name: 'finish',
    section: 'Flow',
    doc: 'Ends the task at once; IN_PROGRESS and NOT_STARTED: it begins from the top in a later session',
    attributes: [
      attribute('status', 'enum', 'How it ended', {
        ...preset('SUCCESS'),
        values: ['SUCCESS', 'ERROR', 'WARNING', 'IN_PROGRESS', 'NOT_STARTED'],
      }),
      attribute('message', 'text', 'Summary'),
      attribute('blocking', 'boolean', 'No further task in this session', preset('false')),
    ],
  },
  {
    name: 'limiter',
    section: 'Flow',
    doc: 'Runs what stands inside on so many devices at a time; where none is free it is skipped, without failure',
    container: true,
    attributes: [
      attribute('name', 'text', 'Names the limit within its domain', required),
      attribute('executionExpirationTime', 'duration', 'The place is free again after this', {
        ...required,
        ...preset('20min'),
      }),
      attribute('maxConcurrentExecutions', 'int', 'Devices at a time', {
        ...required,
        ...preset('30'),
        min: 0,
        max: 100_000,
      }),
      attribute('domain', 'domain', 'Empty = the domain of the task'),
      attribute('acquired', 'variable', 'Variable that gets true or false'),
    ],
  },
  {
    name: 'task',
    section: 'Flow',
    doc: 'Runs another task inside this one, with variables of its own',
    own: ['config', 'input', 'output'],
    attributes: [
      attribute('template', 'text', 'Name of a template; this or class'),
      attribute('class', 'text', 'Type of the task; this or template'),
      attribute('ignoreError', 'boolean', 'An ERROR of the child does not end this task', preset('false')),
    ],
  },
  {
    name: 'input',
    section: 'Flow',
    doc: 'Copies a variable into the child',
    child: true,
    attributes: [
      attribute('var', 'variable', 'Variable of this task', required),
      attribute('alias', 'variable', 'Its name in the child; empty = the same'),
    ],
  },
  {
    name: 'output',
    section: 'Flow',
    doc: 'Copies a variable of the child, or a detail of its report, back when it ends',
    child: true,
    attributes: [
      attribute('var', 'variable', 'Variable or detail of the child', required),
      attribute('alias', 'variable', 'Its name in this task; empty = the same'),
    ],
  },
  {
    name: 'log',
    section: 'Flow',
    doc: 'Writes a line to the log of the task',
    attributes: [
      attribute('message', 'text', 'The line', required),
      attribute('level', 'enum', 'Its level', {
        ...preset('INFO'),
        values: ['TRACE', 'DEBUG', 'INFO', 'WARN', 'ERROR'],
      }),
    ],
  },
  {
    name: 'message',
    section: 'Flow',
    doc: 'Writes a line with the tag USER_ACTIVITY to the log of the server',
    attributes: [
      attribute('message', 'text', 'The line', required),
      attribute('level', 'enum', 'Its level', {
        ...preset('INFO'),
        values: ['TRACE', 'DEBUG', 'INFO', 'WARN', 'ERROR'],
      }),
    ],
  },
  {
    name: 'comment',
    section: 'Flow',
    doc: 'Does nothing; whatever stands inside is not looked at',
    free: 'content',
    attributes: [],
  },
  { name: 'flush', section: 'Flow', doc: 'Sends the requests that wait', attributes: [] },
  {
    name: 'defaults',
    section: 'Flow',
    doc: 'Attributes named tag.attribute are the defaults of these for all that stands inside, child tasks included',
    container: true,
    free: 'attributes',
    attributes: [],
  },
];
