// The plots of the page /gaps, drawn to the width there is; a table beside each says the same in words.
import { shortDay } from "./age.js";
import { draw, make } from "./dom.js";
import { count } from "./words.js";

const EDGE = { left: 34, right: 10, top: 12, bottom: 24 };

/** A figure whose drawing is made anew for each width. @param {(width: number) => SVGElement} drawing */
function figure(drawing, caption, table) {
  const canvas = make("div.canvas");
  let drawn = 0;
  new ResizeObserver(([{ contentRect }]) => {
    const width = Math.round(contentRect.width);
    if (width < 1 || width === drawn) return;
    drawn = width;
    canvas.replaceChildren(drawing(width));
  }).observe(canvas);
  return make("figure.plot", {}, canvas, make("figcaption", {}, caption),
    make("details.as-table", {}, make("summary", {}, "As a table"), make("div.scroll", { tabindex: "0", role: "region", "aria-label": "Table" }, table)));
}

function tableOf(columns, rows) {
  return make("table", {},
    make("thead", {}, make("tr", {}, ...columns.map((name) => make("th", { scope: "col" }, name)))),
    make("tbody", {}, ...rows.map(([first, ...rest]) =>
      make("tr", {}, make("th", { scope: "row", dir: "auto" }, first), ...rest.map((cell) => make("td", {}, String(cell)))))));
}

/** A round step of about a third of `most`, so that three or four lines stand behind the plot. */
function stepFor(most) {
  const rough = Math.max(1, most / 3);
  const size = 10 ** Math.floor(Math.log10(rough));
  return [1, 2, 5, 10].map((each) => each * size).find((each) => each >= rough);
}

function lines(width, height, most) {
  const step = stepFor(most);
  const top = Math.ceil(most / step) * step;
  const y = (value) => EDGE.top + (height - EDGE.top - EDGE.bottom) * (1 - value / top);
  const marks = [];
  for (let value = 0; value <= top; value += step) {
    marks.push(draw("line", { class: "rule", x1: EDGE.left, x2: width - EDGE.right, y1: y(value), y2: y(value) }),
      draw("text", { x: EDGE.left - 8, y: y(value) + 4, "text-anchor": "end" }, String(value)));
  }
  return { y, marks };
}

const plot = (width, height, words, ...parts) =>
  draw("svg", { width, height, viewBox: `0 0 ${width} ${height}`, role: "img", "aria-label": words }, ...parts);

const swatch = (name, rounded) => draw("rect", { class: name, x: 1, y: 1, width: 12, height: 12, rx: rounded });

const key = (name, words, rounded = 3) =>
  make("span.plot-key", {}, draw("svg", { width: 14, height: 14, "aria-hidden": true }, swatch(name, rounded)), words);

/** Columns, a week each: answered below, not answered on top. */
export function weekPlot(weeks) {
  const height = 210;
  const sum = (name) => weeks.reduce((total, week) => total + week[name], 0);
  const words = `${count(sum("asked"), "question")} in ${count(weeks.length, "week")}: ${sum("answered")} answered, ${sum("abstained")} not`;
  const drawing = (width) => {
    const { y, marks } = lines(width, height, Math.max(1, ...weeks.map((week) => week.asked)));
    const slot = (width - EDGE.left - EDGE.right) / weeks.length;
    const thick = Math.min(34, slot * 0.7);
    const every = Math.ceil(weeks.length / Math.max(1, Math.floor((width - EDGE.left) / 76)));
    const columns = weeks.flatMap((week, place) => {
      const middle = EDGE.left + slot * (place + 0.5);
      const title = `Week of ${shortDay(week.begins)}: ${week.answered} answered, ${week.abstained} not`;
      const column = (name, from, to) => draw("rect", { class: name, x: middle - thick / 2, width: thick, y: y(to), height: Math.max(0, y(from) - y(to)) });
      const label = place % every ? [] : [draw("text", { x: middle, y: height - 6, "text-anchor": "middle" }, shortDay(week.begins).replace(/ \d{4}$/, ""))];
      return [draw("g", {}, draw("title", {}, title), column("answered", 0, week.answered), column("abstained", week.answered, week.asked)), ...label];
    });
    return plot(width, height, words, ...marks, ...columns);
  };
  const rows = weeks.map((week) => [shortDay(week.begins), week.asked, week.answered, week.abstained]);
  return figure(drawing, make("span.keys", {}, key("answered", "answered"), key("abstained", "not answered")),
    tableOf(["Week of", "Asked", "Answered", "Not answered"], rows));
}

/** Dots, a document each: how old (across) and how often cited (up). */
export function agePlot(sources) {
  const height = 190;
  const times = sources.map((source) => Date.parse(source.dated));
  const [first, last] = [Math.min(...times), Math.max(...times)];
  const words = `${count(sources.length, "document")} by date and by how often they are cited; the list below says the same`;
  const drawing = (width) => {
    const { y, marks } = lines(width, height, Math.max(...sources.map((source) => source.times)));
    const x = (time) => EDGE.left + 10 + (width - EDGE.left - EDGE.right - 20) * (last > first ? (time - first) / (last - first) : 0.5);
    const dots = sources.map((source, place) =>
      draw("circle", { class: source.is_stated ? "dot" : "dot undated", cx: x(times[place]), cy: y(source.times), r: 6 },
        draw("title", {}, `${source.title}: ${shortDay(source.dated)}, cited by ${count(source.times, "answer")}`)));
    const label = (time, anchor, at) => draw("text", { x: at, y: height - 6, "text-anchor": anchor }, String(new Date(time).getUTCFullYear()));
    const ends = last > first
      ? [label(first, "start", EDGE.left), label(last, "end", width - EDGE.right)]
      : [label(first, "middle", x(first))];
    return plot(width, height, words, ...marks, ...ends, ...dots);
  };
  const rows = sources.map((source) => [source.title, shortDay(source.dated), source.is_stated ? "stated" : "indexed", source.times]);
  return figure(drawing, make("span.keys", {}, "Answers that cite it, by date", key("dot", "as it states", 6), key("dot undated", "as it was indexed", 6)),
    tableOf(["Document", "Date", "Which", "Answers"], rows));
}
