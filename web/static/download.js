// A file of the API, saved by the browser; also where the API asks for a key, which a link cannot bring.
import { make } from "./dom.js";

const KEPT = 60_000; // ms that the browser has to read it

/** The name that a Content-Disposition gives it (RFC 6266), else the last part of the path. */
function nameOf(response, path) {
  const said = response.headers.get("Content-Disposition") ?? "";
  const encoded = said.match(/filename\*=UTF-8''([^;]+)/i)?.[1];
  return encoded ? decodeURIComponent(encoded) : (said.match(/filename="([^"]+)"/i)?.[1] ?? path.split("/").at(-1));
}

/** Throws Problem. @param {import("./api.js").Api} api @param {string} path */
export async function download(api, path) {
  const response = await api.request(path);
  const href = URL.createObjectURL(await response.blob());
  make("a", { href, download: nameOf(response, path) }).click();
  window.setTimeout(() => URL.revokeObjectURL(href), KEPT);
}
