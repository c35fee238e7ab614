// An exercise before a class: large, one question at a time, its answer only when it is asked for. embed.js loads it for
// mode="present". What is shown was made when the course was built (present.html): until [Reveal] the answer is not in the
// document, and nothing here knows what is right.
const here = (file) => new URL(file, import.meta.url).href;

async function get(address) {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(answer.status + " " + address);
  return answer.text();
}

// What a key asks for; arrows stay with the deck.
export const command = ({ key, ctrlKey, metaKey, altKey, shiftKey }) =>
  ctrlKey || metaKey || altKey || shiftKey ? undefined : { n: "next", b: "back", r: "reveal" }[key.toLowerCase()];

// What becomes of what is shown: at, and of each question how far it is told: 0, 1 its answer, 2 why.
export function step({ at, told }, command, count) {
  if (command === "next") return { at: Math.min(at + 1, count - 1), told };
  if (command === "back") return { at: Math.max(at - 1, 0), told };
  // Asked for again, what is told last is covered.
  return { at, told: { ...told, [at]: { 0: 1, 1: 2, 2: 1 }[told[at] ?? 0] } };
}

// How far type shrinks so that a question fits; present.css knows the steps.
const TYPES = ["full", "smaller", "smallest"];

// What is said of what lies below the end of what is seen: of the whole, and of the rows that are right.
export const hidden = (end, bottom, right) => bottom <= end ? "" : right.some((row) => row > end) ? "Answer below ↓" : "More below ↓";

// Everything that is shown of an exercise, and how it is put into an element. own is the element that has a page for itself.
export async function present(page, item, own) {
  const [html, css] = await Promise.all([get(page + "present.html"), get(here("./present.css"))]);
  const questions = [...new DOMParser().parseFromString(html, "text/html").querySelectorAll("[data-item]")];
  const sheet = await new CSSStyleSheet().replace(css);
  return { more: sheet, mount: (...how) => mount(questions, own, item, ...how) };
}

function mount(questions, own, item, box, port, items) {
  const make = (name, more, ...children) => {
    const made = Object.assign(document.createElement(name), more);
    made.append(...children);
    return made;
  };
  const button = (text, keys, act, className = "button") => {
    const made = make("button", { type: "button", className, textContent: text, onclick: () => made.ariaDisabled === "true" || act() });
    if (keys) made.ariaKeyShortcuts = keys;
    return made;
  };
  const first = Math.max(0, questions.findIndex((one) => one.dataset.item === item));
  let state = items?.present?.run ?? { at: first, told: {} };
  const shown = make("div", { className: "shown" });
  const said = make("div", { className: "said", role: "status" });
  const say = (text) => {
    said.textContent = "";
    setTimeout(() => { said.textContent = text; }, 100);
  };
  const go = (command) => {
    const before = state;
    state = step(state, command, questions.length);
    if (state.at === before.at && state.told === before.told) return;
    draw();
    const { dataset } = questions[state.at];
    if (state.at !== before.at) {
      fit();
      // Where the last was scrolled to, this one would begin in its middle.
      shown.querySelector(".place").scrollIntoView({ block: "nearest" });
      port("item", dataset.item, "");
      say(shown.querySelector(".place").textContent);
    } else if (state.told[state.at] === 2) {
      say(shown.querySelector(".end").textContent);
      shown.querySelector(".end").scrollIntoView({ block: "nearest" });
    } else if (!before.told[before.at]) say("The answer: " + templates()[0].dataset.says);
    look();
    port("run", "present", JSON.stringify(state));
  };
  const templates = () => questions[state.at].querySelectorAll("template");
  const back = button("Back", "b", () => go("back"));
  const reveal = button("Reveal", "r", () => go("reveal"), "button primary");
  const next = button("Next", "n", () => go("next"));
  const buttons = make("div", { className: "bar-buttons" }, back, reveal, next);
  const start = make("div", { className: "bar-buttons" });
  start.dataset.reset = "";
  const isFull = () => document.fullscreenElement === own;
  const full = button("Full screen", "", () => (isFull() ? document.exitFullscreen() : own.requestFullscreen().catch(() => say("The browser does not allow it here."))), "button quiet");
  const named = () => { full.textContent = isFull() ? "Leave full screen" : "Full screen"; };
  if (own && document.fullscreenEnabled) start.append(full);
  const below = make("p", { className: "below", ariaHidden: "true" });
  const bar = make("div", { className: "bar" }, start, below, buttons);

  let drawn;
  function draw() {
    const told = state.told[state.at] ?? 0;
    const article = questions[state.at].querySelector("article");
    const copy = (node) => document.importNode(node, true);
    if (drawn !== state.at) {
      const had = shown.contains(box.getRootNode().activeElement);
      shown.replaceChildren(copy(article));
      // What had the focus is gone.
      if (had) shown.querySelector(".place").focus({ preventScroll: true });
      drawn = state.at;
    }
    const [answered, why] = templates();
    shown.querySelector(".asked").replaceChildren(...copy(told > 0 ? answered.content : article.querySelector(".asked")).childNodes);
    shown.querySelector(".end")?.remove();
    if (told > 1) shown.firstChild.append(make("section", { className: "end", ariaLabel: "Explanation" }, copy(why.content)));
    reveal.textContent = told > 0 ? "Why" : "Reveal";
    reveal.ariaExpanded = told > 0 ? String(told > 1) : null;
    back.ariaDisabled = String(state.at === 0);
    next.ariaDisabled = String(state.at === questions.length - 1);
  }

  // What has a place of its own that scrolls: the window, or what an element with the attribute fit is given.
  const { host } = box.getRootNode();
  const scroller = () => host.hasAttribute("fit") ? box : own && (isFull() ? own : document.documentElement);
  // Type shrinks in steps where that brings all of a question into its place; else it is as large as ever, and scrolls. It
  // is so as the question is asked, and stays so when more is told.
  const types = [];
  const measured = (place) => {
    for (const type of TYPES) {
      shown.dataset.type = type;
      if (place.scrollHeight <= place.clientHeight + 1) return type;
    }
    return TYPES[0];
  };
  const fit = () => {
    const place = scroller();
    if (place && !state.told[state.at]) types[state.at] = measured(place);
    shown.dataset.type = types[state.at] ?? TYPES[0];
  };
  // What the bar covers is told on it.
  const look = () => {
    const end = bar.getBoundingClientRect().top + 1;
    const right = [...shown.querySelectorAll(".asked [data-state=right]")];
    const says = hidden(end, shown.getBoundingClientRect().bottom, right.map((row) => row.getBoundingClientRect().bottom));
    if (below.textContent !== says) below.textContent = says;
  };

  const keys = (event) => {
    const asked = box.dataset.keys !== "off" && command(event);
    if (!asked) return;
    event.preventDefault();
    if (!event.repeat) ({ next, back, reveal })[asked].click();
  };
  box.addEventListener("keydown", keys);
  box.classList.add("presenting");
  box.dataset.arrows = "";
  draw();
  box.append(shown, bar, said);
  const ends = new AbortController();
  const { signal } = ends;
  if (own) document.addEventListener("fullscreenchange", named, { signal });
  // Of a scroller inside the shadow root the document hears nothing.
  for (const scrolled of [box, document]) scrolled.addEventListener("scroll", look, { capture: true, passive: true, signal });
  const anew = () => { if (!signal.aborted) { fit(); look(); } };
  const sized = new ResizeObserver(() => requestAnimationFrame(anew));
  sized.observe(box);
  addEventListener("resize", anew, { signal });
  if (own && self === top) {
    // Alone on its page the type grows with the window, and the keys act at once.
    own.dataset.alone = "";
    queueMicrotask(() => { if (document.activeElement === document.body) shown.querySelector(".place").focus(); });
  }
  return { free: () => { ends.abort(); sized.disconnect(); } };
}
