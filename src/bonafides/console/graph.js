// The picture of a network: what is shown of it, by kind, by day, and by what one person or thing touches.
(() => {
"use strict";
const part = document.getElementById("graph");
if (!part) return;
part.hidden = false;
const all = (selector) => Array.from(part.querySelectorAll(selector));
const by = (id) => document.getElementById(id);
const lines = all("line"), members = all("a.m"), hubs = all("g.h");
const days = lines.flatMap((line) => [line.dataset.first, line.dataset.last]).sort();
const first = Date.parse(days[0] || "1970-01-01"), span = Date.parse(days[days.length - 1] || "1970-01-01") - first;
const most = Math.max(1, ...members.map((one) => Number(one.dataset.wages)));
let near = null;  // what is looked at, with what it touches: "m3", "h1"; null for everything

const isOn = () => {
  const kinds = new Set(all("input[name=kind]:checked").map((box) => box.value));
  const day = new Date(first + span * Number(by("g-until").value) / 100).toISOString().slice(0, 10);
  by("g-day").textContent = day;
  return lines.filter((line) => kinds.has(hubs[line.dataset.h].dataset.kind) && line.dataset.first <= day);
};

const draw = () => {
  const on = new Set(isOn()), held = new Map();
  on.forEach((line) => held.set(line.dataset.h, (held.get(line.dataset.h) || 0) + 1));
  const company = by("g-company").value, isMoney = by("g-money").checked;
  const isFar = (name) => near !== null && !near.has(name);
  hubs.forEach((hub) => {
    hub.classList.toggle("off", (held.get(hub.dataset.h) || 0) < 2);
    hub.classList.toggle("faint", isFar("h" + hub.dataset.h));
  });
  lines.forEach((line) => {
    line.classList.toggle("off", !on.has(line) || (held.get(line.dataset.h) || 0) < 2);
    line.classList.toggle("faint", isFar("h" + line.dataset.h) || isFar("m" + line.dataset.m));
  });
  members.forEach((one) => {
    one.classList.toggle("faint", isFar("m" + one.dataset.m));
    one.classList.toggle("near", near !== null && near.has("m" + one.dataset.m));
    one.classList.toggle("marked", company !== "" && one.dataset.company === company);
    const size = isMoney ? 3 + 9 * Math.sqrt(Number(one.dataset.wages) / most) : 7;
    one.querySelector("circle").setAttribute("r", size.toFixed(1));
  });
  const people = members.filter((one) => near === null || near.has("m" + one.dataset.m));
  const paid = people.reduce((sum, one) => sum + Number(one.dataset.wages), 0);
  const shown = hubs.filter((hub) => !hub.classList.contains("off") && !hub.classList.contains("faint")).length;
  by("g-says").textContent = `${people.length} people at ${new Set(people.map((one) => one.dataset.company)).size} companies, ` +
    `${shown} shared things, ${Math.round(paid).toLocaleString("en")} paid.`;
};

const further = () => {
  if (near === null) return;
  const known = new Set(near);
  isOn().forEach((line) => {
    const ends = ["h" + line.dataset.h, "m" + line.dataset.m];
    if (ends.some((end) => known.has(end))) ends.forEach((end) => near.add(end));
  });
};

const look = (name) => { near = new Set([name]); further(); draw(); };
hubs.forEach((hub) => {
  hub.addEventListener("click", () => look("h" + hub.dataset.h));
  hub.addEventListener("keydown", (event) => {
    if (event.key === "Enter" || event.key === " ") { event.preventDefault(); look("h" + hub.dataset.h); }
  });
});
members.forEach((one) => one.addEventListener("focus", () => look("m" + one.dataset.m)));
members.forEach((one) => one.addEventListener("mouseenter", () => { if (near === null) by("g-says").textContent = one.getAttribute("aria-label"); }));
by("g-more").addEventListener("click", () => { further(); draw(); });
by("g-all").addEventListener("click", () => { near = null; draw(); });
all("form input, form select").forEach((field) => field.addEventListener("input", draw));
draw();
})();
