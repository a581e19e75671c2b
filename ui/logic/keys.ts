interface Keys {
  key: string;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
  shiftKey: boolean;
}

/** `ctrl+k`, `shift+?`, `g`: Command counts as Control; Shift is named only for signs and with other keys. */
export function keyName(event: Keys): string {
  const key = event.key.toLowerCase();
  const parts: string[] = [];
  if (event.ctrlKey || event.metaKey) parts.push('ctrl');
  if (event.altKey) parts.push('alt');
  if (event.shiftKey && (key.length > 1 || !/[a-z0-9]/.test(key))) parts.push('shift');
  parts.push(key);
  return parts.join('+');
}

/** Two keys after each other within a second, as in `g d`. */
export class KeySequence {
  #last = '';
  #at = 0;

  push(name: string, now: number): string {
    const joined = this.#last !== '' && now - this.#at < 1000 ? `${this.#last} ${name}` : name;
    this.#last = name;
    this.#at = now;
    return joined;
  }

  clear(): void {
    this.#last = '';
  }
}
