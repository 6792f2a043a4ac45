// Chooses among the incidents of the page of map and time. Without it the page shows all of them, and each month,
// place and party has a page of its own. It reads one list that the page brings, asks nobody, and keeps nothing.
"use strict";
(() => {
  const all = typeof uncountedIncidents === "undefined" ? [] : uncountedIncidents;
  const form = document.getElementById("choose");
  if (!form || !all.length) return;
  const [ID, TITLE, WHEN, FROM, TO, PLACE, WHERE, ACTORS, GRADE, LOW, HIGH, KNOWN, SPOT, ORIGINS] = Array(14).keys();
  const say = form.dataset;
  const field = (name) => document.getElementById("f-" + name);
  const fill = (form, parts) => form.replace(/\{(\w+)\}/g, (_, name) => parts[name]);
  const number = (n) => (n >= 10000 ? n.toLocaleString("en-GB") : String(n));

  const bounds = (low, high) => {
    if (low === null) return high === null ? say.unknown : fill(say.upTo, { n: number(high) });
    if (high === null) return fill(say.orMore, { n: number(low) });
    return low === high ? number(low) : fill(say.range, { low: number(low), high: number(high) });
  };

  const chosen = () => {
    const words = field("words").value.trim().toLowerCase();
    const from = field("from").value, to = field("to").value;
    const place = field("place").value, actor = field("actor").value, grade = field("grade").value;
    return all.filter((one) =>
      (!words || [one[TITLE], one[WHERE], ...one[ACTORS]].some((said) => said && said.toLowerCase().includes(words))) &&
      (!from || (one[TO] !== null && one[TO].slice(0, 7) >= from)) &&
      (!to || (one[FROM] !== null && one[FROM].slice(0, 7) <= to)) &&
      (!place || one[PLACE] === place) && (!actor || one[ACTORS].includes(actor)) && (!grade || one[GRADE] === grade));
  };

  const draw = (found) => {
    const held = new Map();
    for (const one of found) if (one[SPOT] !== null) held.set(one[SPOT], (held.get(one[SPOT]) || 0) + 1);
    const reaches = document.querySelectorAll("#map .reach");
    document.querySelectorAll("#map .at").forEach((spot, at) => {
      const there = held.has(at);
      spot.classList.toggle("off", !there);
      if (reaches[at]) reaches[at].classList.toggle("off", !there);
    });
  };

  const bars = (found) => {
    const sums = new Map();
    for (const one of found) {
      if (one[FROM] === null || one[TO] === null) continue;
      for (const size of [10, 7]) {
        const period = one[FROM].slice(0, size);
        if (period.length < size || period !== one[TO].slice(0, size)) continue;
        const sum = sums.get(period) || { low: 0, high: 0, told: 0 };
        if (one[KNOWN]) {
          sum.told += 1;
          sum.low += one[LOW] || 0;
          sum.high = sum.high === null || one[HIGH] === null ? null : sum.high + one[HIGH];
        }
        sums.set(period, sum);
      }
    }
    const line = [...document.querySelectorAll("#line .bar")];
    const top = Math.max(1, ...line.map((bar) => {
      const sum = sums.get(bar.dataset.period);
      return sum ? Math.max(sum.low, sum.high || 0) : 0;
    }));
    const base = Number(say.base), room = base - Number(say.top);
    document.querySelectorAll("#line .grid, #line .axis[text-anchor=end]").forEach((part) => part.classList.toggle("off", found.length !== all.length));
    for (const bar of line) {
      const sum = sums.get(bar.dataset.period) || { low: 0, high: 0 };
      const scale = (value) => base - (room * value) / top;
      const low = bar.querySelector(".low"), high = bar.querySelector(".high");
      if (low) { low.setAttribute("y", scale(sum.low)); low.setAttribute("height", base - scale(sum.low)); }
      if (high) {
        const upper = Math.max(sum.high || 0, sum.low);
        high.setAttribute("y", scale(upper));
        high.setAttribute("height", scale(sum.low) - scale(upper));
      }
      for (const part of bar.querySelectorAll(".value, .open")) part.classList.toggle("off", found.length !== all.length);
    }
  };

  const cell = (name, label, ...parts) => {
    const made = document.createElement(name);
    if (label) made.dataset.label = label;
    made.append(...parts);
    return made;
  };
  const link = (to, said) => {
    const a = document.createElement("a"), bdi = document.createElement("bdi");
    a.href = to; bdi.textContent = said; a.append(bdi);
    return a;
  };
  const isolated = (said) => { const bdi = document.createElement("bdi"); bdi.textContent = said; return bdi; };

  const list = (found) => {
    const body = document.querySelector("#rows tbody");
    const labels = [...document.querySelectorAll("#rows thead th")].map((th) => th.textContent);
    body.replaceChildren(...found.slice(0, Number(say.listed)).map((one) => {
      const to = "incidents/" + one[ID] + ".html";
      const row = document.createElement("tr");
      const title = cell("th", "", link(to, one[TITLE]));
      title.scope = "row";
      const origins = cell("td", labels[4], String(one[ORIGINS]));
      origins.className = "n";
      row.append(title, cell("td", labels[1], one[WHEN]), cell("td", labels[2], isolated(one[WHERE])),
        cell("td", labels[3], one[KNOWN] ? link(to + "#figures", bounds(one[LOW], one[HIGH])) : say.unknown), origins);
      return row;
    }));
  };

  const apply = () => {
    const found = chosen();
    draw(found); bars(found); list(found);
    field("count").textContent = fill(say.shown, { n: number(found.length), all: number(all.length) });
  };
  form.hidden = false;
  form.addEventListener("input", apply);
  form.addEventListener("reset", () => setTimeout(apply));
  form.addEventListener("submit", (event) => event.preventDefault());
  field("count").textContent = fill(say.shown, { n: number(all.length), all: number(all.length) });
})();
