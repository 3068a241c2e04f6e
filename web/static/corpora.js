// Which of the server's corpora the page is about: a menu in its head, where there are several.
import { Problem } from "./api.js";
import { BASE, based, here } from "./base.js";
import { make } from "./dom.js";

const YEAR_S = 31_536_000;
const baseOf = (name) => `/corpora/${encodeURIComponent(name)}`;

/** The menu, before what stands last in the head. Choosing opens the same page, of the other corpus. */
function menu(corpora) {
  const options = corpora.map(({ name, title }) => make("option", { value: name, selected: baseOf(name) === BASE }, title));
  return make("select.corpora", { "aria-label": "Corpus", change: ({ target }) => {
    // The server opens the one that was last chosen where an address names none.
    document.cookie = `footnote-corpus=${encodeURIComponent(target.value)}; path=/; max-age=${YEAR_S}; samesite=lax`;
    const [, page = ""] = here().match(/^\/(sources|gaps)\/?$/) ?? [];
    location.assign(`${baseOf(target.value)}/${page}`);
  } }, ...options);
}

/** @param {import("./api.js").Api} api */
export async function offerCorpora(api) {
  if (!BASE) return;
  for (const link of document.querySelectorAll('a[href^="/"]:not([href^="/corpora/"])')) link.setAttribute("href", based(link.getAttribute("href")));
  try {
    const corpora = await api.corpora();
    if (corpora.length > 1) document.querySelector(".bar .brand").after(menu(corpora));
  } catch (problem) {
    if (!(problem instanceof Problem)) throw problem; // the page is about the corpus of its address all the same
  }
}
