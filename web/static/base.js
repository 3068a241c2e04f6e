// Where the addresses of a server's several corpora begin: `/corpora/NAME`, or nothing where there is but one.

export const BASE = location.pathname.match(/^\/corpora\/[^/]+(?=\/)/)?.[0] ?? "";

/** The path of the page within its corpus. */
export const here = () => location.pathname.slice(BASE.length);

/** An address of ours, in the corpus of the page. */
export const based = (path) => (path.startsWith("/") ? BASE + path : path);
