export interface PaletteItem {
  title: string;
  hint: string;
  icon?: string;
  mono?: boolean;
  run(): unknown;
}

/** Commands whose title holds every typed word; with nothing typed all, with a search text only real matches. */
export function matchCommands(commands: PaletteItem[], text: string): PaletteItem[] {
  const words = text.replace(/^[>?]/, '').trim().toLowerCase().split(/\s+/).filter(Boolean);
  return commands.filter((command) => {
    const title = command.title.toLowerCase();
    return words.every((word) => title.includes(word));
  });
}
