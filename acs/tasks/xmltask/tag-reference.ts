import { describeAttribute } from './complete.js';
import { SECTIONS, type TagSpec } from './tag.js';
import { TAGS } from './tags.js';

/** The tags of the language as Markdown, from the table that everything else goes by. */
export function tagReference(): string {
  return SECTIONS.map((section) => {
    const tags = TAGS.filter((tag) => tag.section === section);
    return `### ${section}\n\n${tags.map(tagText).join('\n\n')}`;
  }).join('\n\n');
}

function tagText(tag: TagSpec): string {
  const inside = [...(tag.container ? ['all tags'] : []), ...(tag.own ?? []).map((name) => `\`${name}\``)];
  const facts = [
    `**\`${tag.name}\`**: ${tag.doc}.`,
    ...(inside.length > 0 ? [`Inside: ${inside.join(', ')}.`] : []),
    ...(tag.within === undefined ? [] : [`Needs \`${tag.within}\` around it.`]),
  ];
  const attributes = tag.attributes.map((one) => `- \`${one.name}\`: ${describeAttribute(one)}`);
  return [facts.join(' '), ...(attributes.length > 0 ? [attributes.join('\n')] : [])].join('\n\n');
}
