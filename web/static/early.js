// What must be right in the first paint: whether the list of conversations was put away.
import { habit } from "./memory.js";

document.documentElement.classList.toggle("rail-away", habit("rail") === "away");
