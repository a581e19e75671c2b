import { expect } from 'chai';
import { readFileSync, writeFileSync } from 'node:fs';
import { documentation, type DocumentedMember } from '../../../acs/expressions/index.js';

const FILE = new URL('../../../docs/expressions.md', import.meta.url);
const MARK = 'npm run format`. -->\n';

function row({ owner, signature, documentation: text }: DocumentedMember): string {
  const cell = (content: string): string => content.replaceAll('|', '\\|');
  return `| ${cell(owner ?? '')} | \`${cell(signature)}\` | ${cell(text)} |`;
}

function expected(): string {
  const tables = documentation().map(({ title, members }) =>
    [`### ${title}`, '', '| on | signature | |', '| --- | --- | --- |', ...members.map(row)].join('\n'),
  );
  return `${tables.join('\n\n')}\n`;
}

/** However the columns are laid out. */
const plain = (text: string): string => text.replace(/ +/g, ' ').replace(/-{3,}/g, '---');

describe('The documentation of expressions', () => {
  it('lists what the API has', () => {
    const text = readFileSync(FILE, 'utf8');
    const start = text.indexOf(MARK) + MARK.length;
    const made = `${text.slice(0, start)}\n${expected()}`;
    if (process.env.UPDATE_DOCS === '1') writeFileSync(FILE, made);
    else expect(plain(text)).to.equal(plain(made));
  });
});
