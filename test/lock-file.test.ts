import { expect } from 'chai';
import { readFileSync } from 'node:fs';

interface Entry {
  resolved?: string;
  optionalDependencies?: Record<string, string>;
}

describe('The lock file', () => {
  const text = readFileSync(new URL('../package-lock.json', import.meta.url), 'utf8');
  const { packages } = JSON.parse(text) as { packages: Record<string, Entry> };

  /** Where Node would look for a package from a folder of another, nearest first. */
  const isThere = (from: string, name: string): boolean => {
    for (let folder = from; ; folder = folder.slice(0, Math.max(0, folder.lastIndexOf('/node_modules/')))) {
      if (`${folder === '' ? '' : `${folder}/`}node_modules/${name}` in packages) return true;
      if (folder === '') return false;
    }
  };

  it('has an entry for each optional package of every platform, or npm ci refuses it', () => {
    const missing = Object.entries(packages).flatMap(([path, { optionalDependencies = {} }]) =>
      Object.keys(optionalDependencies).filter((name) => !isThere(path, name)),
    );
    expect(missing).to.deep.equal([]);
  });

  it('names no address that packages came from', () => {
    expect(Object.values(packages).filter(({ resolved }) => resolved !== undefined)).to.deep.equal([]);
  });
});
