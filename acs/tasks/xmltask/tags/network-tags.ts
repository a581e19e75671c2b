import { attribute, preset, required, type TagSpec } from '../tag.js';

const secret = { secret: true } as const;

/** xmltask.md §7. */
export const NETWORK_TAGS: readonly TagSpec[] = [
  {
    name: 'readResource',
    section: 'Resources and network',
    doc: 'Reads the text of a resource into a variable',
    attributes: [
      attribute('resourceId', 'text', 'Id or name', required),
      attribute('varName', 'variable', 'The variable', required),
    ],
  },
  {
    name: 'deleteResource',
    section: 'Resources and network',
    doc: 'Deletes a resource that belongs to this device',
    attributes: [attribute('resourceId', 'text', 'Id or name', required)],
  },
  {
    name: 'editResource',
    section: 'Resources and network',
    doc: 'Replaces in the text of a resource, in place or into a new one',
    own: ['operation', 'resourceProperty'],
    attributes: [
      attribute('source', 'text', 'Id or name', required),
      attribute('destination', 'text', 'Name of the new one; empty = the source is overwritten'),
    ],
  },
  {
    name: 'operation',
    section: 'Resources and network',
    doc: 'One replacement: of the first group where there are groups, else of the whole match',
    child: true,
    attributes: [
      attribute('regex', 'regex', 'What is looked for', required),
      attribute('replacement', 'text', 'Literal text', { ...required, emptyCounts: true }),
      attribute('replaceAll', 'boolean', 'All matches, not the first alone', preset('false')),
    ],
  },
  {
    name: 'resourceProperty',
    section: 'Resources and network',
    doc: 'A property of the resource',
    child: true,
    attributes: [
      attribute('name', 'text', 'Its name', required),
      attribute('value', 'text', 'Its value', { emptyCounts: true, ...preset('') }),
    ],
  },
  {
    name: 'rest',
    section: 'Resources and network',
    doc: 'Calls an HTTP service; any HTTP status is a result',
    own: ['header', 'out'],
    attributes: [
      attribute('url', 'text', 'http or https', required),
      attribute('method', 'enum', 'Method', { ...preset('GET'), values: ['GET', 'POST', 'PUT', 'DELETE'] }),
      attribute('content', 'text', 'Body of POST and PUT'),
      attribute('user', 'text', 'User name'),
      attribute('pass', 'text', 'Password', secret),
      attribute('authorizationHeader', 'text', 'Authorization header; not together with user', secret),
      attribute('responseCodeOut', 'variable', 'Variable that gets the status', preset('responseCode')),
      attribute('timeout', 'duration', 'For the whole call', preset('10s')),
      attribute(
        'ignoreFaults',
        'boolean',
        'That the service cannot be reached is no failure',
        preset('false'),
      ),
      attribute('oauth.tokenUrl', 'text', 'Where an OAuth2 token is asked for'),
      attribute('oauth.clientId', 'text', 'Client id'),
      attribute('oauth.clientSecret', 'text', 'Client secret', secret),
      attribute('oauth.scope', 'text', 'Scope'),
      attribute('oauth.grant', 'enum', 'How the token is asked for', {
        ...preset('client_credentials'),
        values: ['client_credentials', 'password', 'refresh_token'],
      }),
      attribute('oauth.refreshToken', 'text', 'For the grant refresh_token', secret),
    ],
  },
  {
    name: 'header',
    section: 'Resources and network',
    doc: 'A header of the call',
    child: true,
    attributes: [
      attribute('name', 'text', 'Its name', required),
      attribute('value', 'text', 'Its value', { emptyCounts: true, ...preset('') }),
    ],
  },
  {
    name: 'out',
    section: 'Resources and network',
    doc: 'Takes a value out of the answer: in rest by its path in the JSON, in cli by an expression',
    child: true,
    attributes: [
      attribute('from', 'text', 'Path such as resp.items.0.id (rest)'),
      attribute('to', 'variable', 'The variable (rest)'),
      attribute('default', 'text', 'Where the path is missing (rest)', { emptyCounts: true }),
      attribute('target', 'variable', 'The variable (cli)'),
      attribute('extract', 'text', 'Expression over the output of the last command (cli)', { fixed: true }),
    ],
  },
  {
    name: 'httpRequest',
    section: 'Resources and network',
    doc: 'Older form of rest',
    own: ['param'],
    attributes: [
      attribute('url', 'text', 'http or https', required),
      attribute('method', 'enum', 'Method', { ...preset('GET'), values: ['GET', 'POST', 'PUT', 'DELETE'] }),
      attribute('username', 'text', 'User name'),
      attribute('password', 'text', 'Password', secret),
      attribute('body', 'text', 'Body of POST and PUT'),
    ],
  },
  {
    name: 'param',
    section: 'Resources and network',
    doc: 'A parameter of the query',
    child: true,
    attributes: [
      attribute('name', 'text', 'Its name', required),
      attribute('value', 'text', 'Its value', { emptyCounts: true, ...preset('') }),
    ],
  },
  {
    name: 'wor',
    section: 'Resources and network',
    doc: 'Changes shared lists, sets and counters in one transaction',
    own: ['listAdd', 'listRemove', 'logAdd', 'setAdd', 'setRemove', 'valueDecr', 'valueIncr', 'valueSet'],
    attributes: [],
  },
  ...(
    [
      ['listAdd', 'Adds to a list'],
      ['listRemove', 'Removes from a list'],
      ['logAdd', 'Counts a value in an estimate of how many different ones there are'],
      ['setAdd', 'Adds to a set'],
      ['setRemove', 'Removes from a set'],
      ['valueDecr', 'Lowers a counter'],
      ['valueIncr', 'Raises a counter'],
      ['valueSet', 'Sets a counter'],
    ] as const
  ).map(([name, doc]): TagSpec => ({
    name,
    section: 'Resources and network',
    doc,
    child: true,
    attributes: [
      attribute('worId', 'text', 'The shared object', required),
      attribute('worEntryName', 'text', 'Its entry', required),
      attribute('worValue', 'text', 'The value', required),
    ],
  })),
];
