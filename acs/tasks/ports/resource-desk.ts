/** Texts of resources (xmltask.md §7); `acs/files` implements it. */
export interface ResourceDesk {
  /** Null = there is no such resource in reach of the domain. Rejects with `TooLargeError`. */
  read(idOrName: string, domain: string): Promise<ResourceText | null>;
  /** Replaces the text, or makes a new resource of the name; false = the name is taken in the domain. */
  overwrite(id: string, text: string): Promise<void>;
  create(resource: NewResourceText): Promise<boolean>;
  /** Rejects with `ConflictError` while a task refers to it. */
  remove(id: string): Promise<void>;
}

export interface ResourceText {
  id: string;
  name: string;
  text: string;
  /** The device that it belongs to. */
  device: string | null;
}

export interface NewResourceText {
  name: string;
  text: string;
  /** The resource whose kind it takes. */
  like: string;
  device: string;
  domain: string;
  properties: Readonly<Record<string, string>>;
}
