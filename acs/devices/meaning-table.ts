import { ANCHORS, MEANINGS, type Candidate, type MeaningData } from './meanings-data.js';

/** The meanings as a Markdown table, for the manual; `docs/meanings.md` holds it and a test compares the two. */
export function meaningTable(): string {
  const rows = MEANINGS.map((meaning) => [
    `\`${meaning.key}\``,
    meaning.title,
    kind(meaning),
    meaning.writable ? 'yes' : 'no',
    paths(meaning.tr098, 'tr098'),
    paths(meaning.tr181, 'tr181'),
  ]);
  const head = ['Meaning', 'What it is', 'Kind', 'Can be set', 'TR-098', 'TR-181'];
  return [head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n');
}

function kind(meaning: MeaningData): string {
  const unit = meaning.unit === undefined ? '' : ` (${meaning.unit})`;
  return `${meaning.type}${unit}${meaning.secret ? ', secret' : ''}${meaning.inverted ? ', opposite of the parameter' : ''}`;
}

function paths(candidates: readonly Candidate[], model: 'tr098' | 'tr181'): string {
  if (candidates.length === 0) return 'none';
  return candidates
    .map((candidate) =>
      typeof candidate === 'string'
        ? candidate
        : `${ANCHORS[candidate[0]][model]?.pattern ?? ''}${candidate[1]}`,
    )
    .map((path) => `\`${path}\``)
    .join(', else ');
}
