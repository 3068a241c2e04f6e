// Lists, tables, records and code of an answer, as elements.
import { said, words } from "./answer.js";
import { copy } from "./clipboard.js";
import { icon, ICONS, make } from "./dom.js";
import { cells, columns } from "./sections.js";

const NUMBER = /^\(?(\d{1,9})[.)]$/;
const SAID_FOR_MS = 2500;

function item({ entries: [entry], citations, also }, onCite) {
  const number = entry.label.match(NUMBER)?.[1];
  const marker = entry.label && !number && make("span.marker", {}, words(entry.label), " ");
  return make("li", { value: number, class: marker ? "marked" : null }, marker, said(entry.text, citations, also, onCite));
}

/** Items under items; a list of its own where numbers give way to bullets. */
function lists(lines, onCite) {
  const root = make("div.listed");
  const open = [{ parent: root, list: null, tag: "" }]; // by depth
  for (const line of lines) {
    const [{ depth, label }] = line.entries;
    open.length = Math.min(depth + 1, open.length);
    const level = open.at(-1);
    const tag = NUMBER.test(label) ? "ol" : "ul";
    if (tag !== level.tag) {
      level.tag = tag;
      level.list = make(tag);
      level.parent.append(level.list);
    }
    const element = item(line, onCite);
    level.list.append(element);
    open.push({ parent: element, list: null, tag: "" });
  }
  return root;
}

/** The chips have a column of their own, which stays in sight while the others scroll. */
function table(lines, onCite) {
  const places = columns(lines);
  const rows = lines.map((line) => {
    const own = cells(line);
    const values = places.map(([place]) => make("td", {}, own.has(place) && words(own.get(place).text)));
    return make("tr", {}, ...values, make("td.cites", {}, said("", line.citations, line.also, onCite)));
  });
  const names = places.map(([, name]) => (name ? make("th", { scope: "col" }, words(name)) : make("td")));
  const cites = make("th.cites", { scope: "col" }, make("span.unseen", {}, "Citations"));
  const head = places.some(([, name]) => name) && make("thead", {}, make("tr", {}, ...names, cites));
  return make("div.scroller", { tabindex: 0, role: "region", "aria-label": "Table" }, make("table", {}, head, make("tbody", {}, ...rows)));
}

function records(lines, onCite) {
  const pairs = lines.flatMap(({ entries, citations, also }) => entries.map((entry, i) => {
    const isLast = i === entries.length - 1;
    return make("div", {}, make("dt", {}, words(entry.label)), make("dd", {}, said(entry.text, isLast ? citations : [], isLast ? also : [], onCite)));
  }));
  return make("dl", {}, ...pairs);
}

function copyButton(code, say) {
  const label = make("span", {}, "Copy code");
  let timer = 0;
  const press = async () => {
    const done = await copy(code);
    label.textContent = done ? "Copied" : "Not copied";
    say(done ? "The code is copied" : "This browser did not allow copying");
    window.clearTimeout(timer);
    timer = window.setTimeout(() => { label.textContent = "Copy code"; }, SAID_FOR_MS);
  };
  return make("button.quiet", { type: "button", click: press }, icon(ICONS.copy), label);
}

function code({ code: text, blocks: [block] }, { onCite, say }) {
  const chips = said("", block.citations.slice(-1), block.also, onCite);
  const pre = make("pre", { tabindex: 0, role: "region", "aria-label": "Code", dir: "ltr" }, make("code", {}, text));
  return make("div.code", {}, pre, make("div.code-tools", {}, chips, copyButton(text, say)));
}

/** @param {object} section  of sections.js, no running text @param {{onCite: Function, say: (words: string) => void}} on */
export function structured(section, on) {
  const lead = section.lead && make("p", {}, said(section.lead, section.leadCitations, [], on.onCite));
  const parts = { list: lists, row: table, record: records };
  const body = section.kind === "code" ? code(section, on) : parts[section.kind](section.lines, on.onCite);
  return make(`div.structured.of-${section.kind}`, {}, lead, body);
}
