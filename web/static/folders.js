// Folders of the corpus, by the paths of its documents. A folder's path ends in "/"; "" is all documents.

const collator = new Intl.Collator("en", { numeric: true, sensitivity: "base" });

/** @typedef {{path: string, name: string, level: number, count: number, children: Folder[]}} Folder  count: documents beneath it */

/** The tree over all documents. @param {{source: string}[]} sources @returns {Map<string, Folder>} by path */
export function foldersOf(sources) {
  const root = { path: "", name: "", level: 0, count: sources.length, children: [] };
  const folders = new Map([["", root]]);
  for (const { source } of sources) {
    let above = root;
    for (let at = source.indexOf("/"); at >= 0; at = source.indexOf("/", at + 1)) {
      const path = source.slice(0, at + 1);
      let folder = folders.get(path);
      if (!folder) {
        folder = { path, name: source.slice(above.path.length, at), level: above.level + 1, count: 0, children: [] };
        folders.set(path, folder);
        above.children.push(folder);
      }
      folder.count += 1;
      above = folder;
    }
  }
  for (const { children } of folders.values()) children.sort((a, b) => collator.compare(a.name, b.name));
  return folders;
}

/** The path of the folder that a folder is in. */
export const parentOf = (path) => path.slice(0, path.lastIndexOf("/", path.length - 2) + 1);
