import { isSecretPath } from '../../devices/secret-paths.js';
import { hasDynamicPart } from './attribute-expressions.js';
import type { XmlAttribute, XmlElement } from './document.js';
import { parseXml } from './parse.js';
import { attributeOf, tagNamed } from './tags.js';
import { XmlTaskError } from './xml-task-error.js';

interface SecretPlace {
  attribute: XmlAttribute;
  /** Finds it again in another version of the text. */
  address: string;
}

/** The attributes of a workflow whose texts are secrets: passwords, and values beside the key of a secret parameter. */
function secretsOf(xml: string): SecretPlace[] {
  const found: SecretPlace[] = [];
  const counts = new Map<string, number>();
  for (const element of elementsOf(xml))
    for (const attribute of element.attributes.values()) {
      if (attribute.value === '' || hasDynamicPart(attribute.value) || !isSecret(element, attribute.name))
        continue;
      const label = JSON.stringify([
        element.name,
        element.attributes.get('key')?.value ?? '',
        attribute.name,
      ]);
      const count = counts.get(label) ?? 0;
      counts.set(label, count + 1);
      found.push({ attribute, address: `${label}${count}` });
    }
  return found;
}

/** A text that cannot be read is refused elsewhere. */
function elementsOf(xml: string): readonly XmlElement[] {
  try {
    return parseXml(xml).elements;
  } catch (error) {
    if (error instanceof XmlTaskError) return [];
    throw error;
  }
}

function isSecret(element: XmlElement, name: string): boolean {
  const tag = tagNamed(element.name);
  if (tag && attributeOf(tag, name)?.secret) return true;
  if (name === 'value') {
    const key = element.attributes.get('key') ?? element.attributes.get('name');
    return key !== undefined && isSecretPath(key.value);
  }
  return name !== 'key' && name !== 'name' && isSecretPath(name);
}

/** The text with each secret replaced by what `visit` gives for it; `visit` sees and gives unescaped texts. */
export function mapXmlSecrets(xml: string, visit: (text: string, address: string) => string): string {
  const parts: string[] = [];
  let done = 0;
  for (const { attribute, address } of secretsOf(xml)) {
    const text = visit(attribute.value, address);
    if (text === attribute.value) continue;
    parts.push(xml.slice(done, attribute.valueFrom), escaped(text));
    done = attribute.valueTo;
  }
  return parts.join('') + xml.slice(done);
}

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '"': '&quot;',
  "'": '&apos;',
  '\t': '&#x9;',
  '\n': '&#xA;',
  '\r': '&#xD;',
};

const escaped = (text: string): string => text.replace(/[&<"'\t\n\r]/g, (one) => ESCAPES[one] ?? one);
