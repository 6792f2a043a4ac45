// Keys for the desk. Every key presses a button or follows a link that is on the page; without this script they all
// still work by hand. Words are selected by code point, as the record counts them.
"use strict";

document.documentElement.classList.add("scripted");
const source = document.querySelector("[data-selectable]");
const form = document.getElementById("edit");
const search = document.querySelector("header input[type=search]");
let lastPart = "passage";

function typing(target) {
  return target.closest("input:not([type=checkbox], [type=submit]), select, textarea") !== null;
}

function press(key) {
  const element = [...document.querySelectorAll("[data-key]")].find((e) => e.dataset.key === key);
  if (!element) return false;
  element.click();
  return true;
}

document.addEventListener("keydown", (event) => {
  if (event.isComposing || event.altKey || event.repeat && !source) return;
  if (form && event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    form.requestSubmit();
    return;
  }
  if (event.ctrlKey || event.metaKey) return;
  if (form && event.key === "Escape") {
    event.preventDefault();
    document.querySelector("[data-cancel]").click();
    return;
  }
  if (source && event.key === "/" && !event.target.closest("input, textarea")) {
    event.preventDefault();
    source.focus();
    if (!chosen) choose(wordAt(codeUnits(startOfPassage())));
    return;
  }
  if (typing(event.target)) {
    if (event.key === "Escape") event.target.blur();
    return;
  }
  if (source && event.target === source && selecting(event)) {
    event.preventDefault();
    return;
  }
  // Space and Enter belong to what has the focus, where that can be pressed.
  if (event.key === " " && event.target.closest("a, button, summary, [tabindex]")) return;
  if (event.key === "g" && search) {
    event.preventDefault();
    search.focus();
    return;
  }
  if (!event.repeat && press(event.key)) event.preventDefault();
});

// A verdict is sent once, however often the key is pressed.
document.addEventListener("submit", (event) => {
  if (event.target.dataset.sent) event.preventDefault();
  event.target.dataset.sent = "yes";
});

window.addEventListener("pageshow", () => {
  for (const sent of document.querySelectorAll("[data-sent]")) delete sent.dataset.sent;
});

// Selecting words. `chosen` is a pair of indices into `words`, anchor and focus.
const text = source ? source.textContent : "";
const offset = source ? Number(source.dataset.offset) : 0; // code points of the report before what is shown
const words = [...text.matchAll(/\S+/gu)].map((m) => trimmed(m.index, m.index + m[0].length));
let chosen = null;

function trimmed(start, end) {
  const edges = /[\p{P}\p{S}]/u;
  let [left, right] = [start, end];
  while (left < right && edges.test(text[left])) left += 1;
  while (right > left && edges.test(text[right - 1])) right -= 1;
  return left < right ? [left, right] : [start, end];
}

function startOfPassage() {
  return Math.max(0, Number(form.elements.passage_start.value || 0) - offset);
}

function codePoints(units) {
  return Array.from(text.slice(0, units)).length;
}

function codeUnits(points) {
  return Array.from(text).slice(0, points).join("").length;
}

function wordAt(units) {
  const found = words.findIndex((word) => word[1] > units);
  return found < 0 ? words.length - 1 : found;
}

function choose(anchor, focus = anchor) {
  if (!words.length) return;
  const clamp = (n) => Math.max(0, Math.min(words.length - 1, n));
  chosen = [clamp(anchor), clamp(focus)];
  const [from, to] = [Math.min(...chosen), Math.max(...chosen)];
  const range = document.createRange();
  const [startNode, startAt] = textPosition(words[from][0]);
  const [endNode, endAt] = textPosition(words[to][1]);
  range.setStart(startNode, startAt);
  range.setEnd(endNode, endAt);
  const selection = window.getSelection();
  selection.removeAllRanges();
  selection.addRange(range);
  startNode.parentElement.scrollIntoView({ block: "nearest" });
}

function textPosition(units) {
  const walker = document.createTreeWalker(source, NodeFilter.SHOW_TEXT);
  let passed = 0;
  let node = walker.nextNode();
  let last = node;
  while (node) {
    if (passed + node.length >= units) return [node, units - passed];
    passed += node.length;
    last = node;
    node = walker.nextNode();
  }
  return [last, last.length];
}

function selecting(event) {
  const forward = getComputedStyle(source).direction === "rtl" ? "ArrowLeft" : "ArrowRight";
  if (event.key === "ArrowLeft" || event.key === "ArrowRight") {
    const step = event.key === forward ? 1 : -1;
    if (!chosen) choose(wordAt(codeUnits(startOfPassage())));
    else if (event.shiftKey) choose(chosen[0], chosen[1] + step);
    else choose(chosen[1] + step);
    return true;
  }
  if (event.key === "Home") { choose(0); return true; }
  if (event.key === "End") { choose(words.length - 1); return true; }
  if (event.key === "Enter") return set(lastPart);
  const button = document.querySelector(`[data-field-key="${CSS.escape(event.key)}"]`);
  return button ? set(button.dataset.set) : false;
}

function selected() {
  const selection = window.getSelection();
  if (!selection.rangeCount || selection.isCollapsed) return null;
  const range = selection.getRangeAt(0);
  if (!source.contains(range.startContainer) || !source.contains(range.endContainer)) return null;
  const before = document.createRange();
  before.setStart(source, 0);
  before.setEnd(range.startContainer, range.startOffset);
  let start = before.toString().length;
  let end = start + range.toString().length;
  while (start < end && /\s/u.test(text[start])) start += 1;
  while (end > start && /\s/u.test(text[end - 1])) end -= 1;
  return start < end ? [start, end] : null;
}

function set(part) {
  const span = selected();
  if (!span) return false;
  write(part, offset + codePoints(span[0]), offset + codePoints(span[1]), text.slice(...span));
  lastPart = part;
  return true;
}

function write(part, start, end, said) {
  form.elements[`${part}_start`].value = start;
  form.elements[`${part}_end`].value = end;
  const box = document.querySelector(`[data-part="${part}"]`);
  box.querySelector("output").textContent = said;
  box.classList.toggle("set", said !== "");
  const name = form.elements[`${part}_name`];
  if (name && said) name.value = said;
}

if (source) {
  for (const acts of document.querySelectorAll(".span-acts, .hint")) acts.hidden = false;
  // A button would take the selection away with the focus.
  for (const button of document.querySelectorAll("[data-set]")) {
    button.addEventListener("mousedown", (event) => event.preventDefault());
    button.addEventListener("click", () => set(button.dataset.set));
  }
  for (const button of document.querySelectorAll("[data-clear]")) {
    button.addEventListener("click", () => write(button.dataset.clear, "", "", ""));
  }
  form.querySelector("select").focus();
  document.querySelector("#source .anchor, #source mark")?.scrollIntoView({ block: "center" });
} else {
  document.querySelector("#source mark.passage")?.scrollIntoView({ block: "nearest" });
}
document.querySelector("[data-focus]")?.focus();

// Who leaves the desk must come in again: the page goes when the session does. Somebody who reads or types tells the
// server so, once a minute at most.
const idle = Number(document.body.dataset.idle || 0) * 1000;
if (idle) {
  let touched = Date.now();
  let told = touched;
  const touch = () => {
    touched = Date.now();
    if (touched - told > Math.min(60000, idle / 4)) {
      told = touched;
      fetch("/keys", { method: "HEAD" }).catch(() => null);
    }
  };
  for (const kind of ["keydown", "pointerdown", "scroll"]) document.addEventListener(kind, touch, { passive: true });
  window.setInterval(() => {
    if (Date.now() - touched > idle) {
      document.querySelector("main").replaceChildren();
      window.location.replace("/sign-in?next=" + encodeURIComponent(window.location.pathname + window.location.search));
    }
  }, Math.min(5000, idle / 4));
}

// The inbox: files dropped anywhere on its form are its files; while jobs go on the page asks how far they are.
const drop = document.querySelector("[data-drop]");
if (drop) {
  const files = drop.querySelector("input[type=file]");
  drop.addEventListener("dragover", (event) => { event.preventDefault(); drop.classList.add("over"); });
  drop.addEventListener("dragleave", () => drop.classList.remove("over"));
  drop.addEventListener("drop", (event) => {
    event.preventDefault();
    drop.classList.remove("over");
    if (event.dataTransfer.files.length) files.files = event.dataTransfer.files;
  });
}
const jobs = document.querySelector("[data-jobs='1']");
if (jobs) {
  const shown = JSON.stringify([...jobs.querySelectorAll("[data-job]")].map((j) => [Number(j.dataset.job), j.dataset.state]));
  const ask = async () => {
    const answer = await fetch("/inbox.json", { headers: { Accept: "application/json" } }).catch(() => null);
    const now = answer && answer.ok ? JSON.stringify((await answer.json()).map((j) => [j.number, j.state])) : shown;
    const busy = document.activeElement && document.activeElement.closest("[data-drop]");
    if (now !== shown && !busy) window.location.reload();
    else window.setTimeout(ask, 700);
  };
  window.setTimeout(ask, 500);
}
