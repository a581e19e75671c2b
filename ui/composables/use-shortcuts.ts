import { onScopeDispose, shallowReactive } from 'vue';
import { keyName, KeySequence } from '../logic/keys.js';
import { usePreferences } from '../stores/preferences.js';

export interface Shortcut {
  /** `ctrl+k`, `shift+?`, `g d`, `n` */
  keys: string;
  group: string;
  does: string;
  run(): unknown;
  /** Works inside fields too. */
  always?: boolean;
}

const active = shallowReactive(new Set<Shortcut>());
const sequence = new KeySequence();
let listening = false;

/** Binds keys for the life of the component; the list of `Shift ?` shows all that are bound. */
export function useShortcuts(shortcuts: Shortcut[]): void {
  const preferences = usePreferences();
  if (!listening) {
    listening = true;
    window.addEventListener('keydown', (event) => onKey(event, preferences.singleKeys));
  }
  for (const one of shortcuts) active.add(one);
  onScopeDispose(() => {
    for (const one of shortcuts) active.delete(one);
  });
}

export function activeShortcuts(): Shortcut[] {
  return [...active];
}

function onKey(event: KeyboardEvent, singleKeys: boolean): void {
  if (event.defaultPrevented || event.isComposing) return;
  const typing = isField(event.target);
  const name = keyName(event);
  const keys = typing ? name : sequence.push(name, Date.now());
  // The one that was bound last is the innermost.
  const found = [...active].reverse().find((one) => one.keys === keys || one.keys === name);
  if (!found) return;
  const single = !found.keys.includes('+');
  if (!found.always && (typing || dialogOpen() || (single && !singleKeys))) return;
  event.preventDefault();
  sequence.clear();
  found.run();
}

function isField(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (
    target.isContentEditable ||
    target instanceof HTMLTextAreaElement ||
    target instanceof HTMLSelectElement
  )
    return true;
  return target instanceof HTMLInputElement && !['checkbox', 'radio', 'button'].includes(target.type);
}

function dialogOpen(): boolean {
  return document.querySelector('.v-dialog.v-overlay--active, .v-menu.v-overlay--active') !== null;
}
