// Files that were chosen or dropped, those in folders too, each with the folder that it lies in.

/** @typedef {{file: File, folder: string}} Given  folder: below the one that was given, with its name; "" for none */

/** Hidden files are of the system, and not read. */
const isSeen = ({ file, folder }) => ![file.name, ...folder.split("/")].some((part) => part.startsWith("."));

/** Of a field to choose files or a folder. @returns {Given[]} */
export const chosen = (field) =>
  [...field.files].map((file) => ({ file, folder: file.webkitRelativePath.split("/").slice(0, -1).join("/") })).filter(isSeen);

const fileOf = (entry) => new Promise((resolve, reject) => entry.file(resolve, reject));

/** All entries of a folder: a browser gives them in portions, an empty one last. */
async function entriesOf(folder) {
  const reader = folder.createReader();
  const all = [];
  for (;;) {
    const some = await new Promise((resolve, reject) => reader.readEntries(resolve, reject));
    if (!some.length) return all;
    all.push(...some);
  }
}

async function within(entry, folder) {
  if (entry.isFile) return [{ file: await fileOf(entry), folder }];
  const below = folder ? `${folder}/${entry.name}` : entry.name;
  const all = [];
  for (const each of await entriesOf(entry)) all.push(...(await within(each, below)));
  return all;
}

/** What a drop brings. To be called while the event is handled. @param {DataTransfer} data @returns {Promise<Given[]>} */
export async function dropped(data) {
  // Afterwards the items are gone: what can wait is asked of the entries.
  const items = [...data.items].filter((item) => item.kind === "file").map((item) => ({ entry: item.webkitGetAsEntry(), file: item.getAsFile() }));
  const all = [];
  for (const { entry, file } of items) all.push(...(entry ? await within(entry, "") : [{ file, folder: "" }]));
  return all.filter(isSeen);
}
