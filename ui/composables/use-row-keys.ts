/** Arrow keys, Home and End move between the elements marked `data-row` of a list. */
export function useRowKeys(): { onKeydown: (event: KeyboardEvent) => void } {
  return { onKeydown };

  function onKeydown(event: KeyboardEvent): void {
    const list = event.currentTarget;
    if (!(list instanceof HTMLElement) || event.ctrlKey || event.altKey || event.metaKey) return;
    const stops = [...list.querySelectorAll<HTMLElement>('[data-row]')];
    const at = stops.indexOf(document.activeElement as HTMLElement);
    if (at < 0) return;
    const next = target(event.key, at, stops.length);
    if (next === null) return;
    event.preventDefault();
    stops[next]?.focus();
  }

  function target(key: string, at: number, size: number): number | null {
    if (key === 'ArrowDown') return Math.min(size - 1, at + 1);
    if (key === 'ArrowUp') return Math.max(0, at - 1);
    if (key === 'Home') return 0;
    return key === 'End' ? size - 1 : null;
  }
}
