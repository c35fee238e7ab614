// <sandtable-exercise exercise="week-20/transit-gateway">: an exercise in somebody's page. See docs/embedding.md.
//
// Until it comes into view it loads nothing. Then it shows the first question, as the exercise's own page has it, and
// puts the living one in its place: one module a page, whatever many elements there are.
const here = (file) => new URL(file, import.meta.url).href;

async function get(address) {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(answer.status + " " + address);
  return answer;
}

// One of each a page. What failed is tried anew.
const made = {};
const once = (address, make) => (made[address] ??= make(address).catch((error) => { delete made[address]; throw error; }));

// Both files of a module are asked for at once: the second is not named by the first before that is there.
const load = (script, wasm) => once(script, async () => {
  const [module, answer] = await Promise.all([import(script), get(wasm)]);
  await module.default({ module_or_path: answer });
  return module;
});

const sheet = (address) => once(address, async () => new CSSStyleSheet().replace(await (await get(address)).text()));

// Who has a pointer down or composes a word is not interrupted.
let held = 0;
const busy = { pointerdown: 1, pointerup: 0, pointercancel: 0, compositionstart: 1, compositionend: 0 };
for (const name in busy) addEventListener(name, () => { held = busy[name]; }, { capture: true, passive: true });
const free = async () => {
  do await new Promise((go) => setTimeout(go, held ? 50 : 0)); while (held);
};

const seen = new IntersectionObserver((entries) => {
  for (const { target, isIntersecting } of entries) if (isIntersecting) target.begin();
}, { rootMargin: "200px" });

// Keys that a deck is to hear wherever the focus is: a presenter's remote sends the first two.
const THEIRS = ["PageUp", "PageDown", "F5", "F11"];

class Exercise extends HTMLElement {
  static observedAttributes = ["exercise", "item", "stage", "keys"];
  #box; #slot; #handle; #begun;

  constructor() {
    super();
    const root = this.attachShadow({ mode: "open" });
    this.#box = Object.assign(document.createElement("div"), { className: "embed", hidden: true });
    this.#box.setAttribute("part", "exercise");
    this.#slot = document.createElement("slot");
    root.append(this.#box, this.#slot);
    for (const name of ["keydown", "keyup", "keypress"]) this.addEventListener(name, (event) => this.#key(event));
  }

  connectedCallback() {
    this.dataset.preventSwipe = "";
    if (!this.#begun) this.#wait();
  }

  #wait() {
    if (this.getAttribute("loading") === "eager") this.begin();
    else seen.observe(this);
  }

  // To be moved is not to be removed: decks do it when they print.
  connectedMoveCallback() {}
  disconnectedCallback() {
    queueMicrotask(() => { if (!this.isConnected) this.#end(); });
  }

  attributeChangedCallback(name, before, now) {
    if (name === "keys") this.#box.dataset.keys = now ?? "";
    else if (before !== null && before !== now) {
      this.#end();
      if (this.isConnected) this.#wait();
    }
  }

  #end() {
    seen.unobserve(this);
    this.#begun = undefined;
    this.#handle?.free();
    this.#handle = undefined;
    this.#show(false);
    this.#box.replaceChildren();
  }

  #show(box) {
    this.#box.hidden = !box;
    this.#slot.hidden = box;
  }

  async begin() {
    seen.unobserve(this);
    const mine = (this.#begun = {});
    const is = () => this.#begun === mine;
    try {
      await this.#load(is);
    } catch (error) {
      if (is()) this.#fail(error);
    }
  }

  async #load(is) {
    const id = this.getAttribute("exercise") ?? "";
    if (!/^week-\d+\/[a-z0-9-]+$/.test(id)) throw new Error("no exercise " + id);
    const page = here("./e/" + id + "/");
    const sheets = [sheet(here("./embed.css"))];
    // The exercise's own page holds it already, as it is before anything runs.
    const own = this.querySelector("[data-file]");
    let first = own;
    if (!own) {
      const read = new DOMParser().parseFromString(await (await get(page)).text(), "text/html");
      first = document.importNode(read.querySelector("[data-file]"), true);
      const item = this.getAttribute("item");
      const other = item && read.querySelector(`[data-item="${CSS.escape(id + "#" + item)}"]`);
      if (other) first.querySelector("[data-item]").replaceWith(other);
    }
    // An architecture to build names the module that it needs and its sheet; for a quiz both are known.
    const { file, seed, script, wasm, style } = first.dataset;
    if (script) sheets.push(sheet(new URL(style, page).href));
    const styled = Promise.all(sheets).then((all) => { this.shadowRoot.adoptedStyleSheets = all; });
    if (!own) {
      await styled;
      if (!is()) return;
      this.#box.replaceChildren(first);
      this.#show(true);
    }
    const [module, content] = await Promise.all([
      script ? load(new URL(script, page).href, new URL(wasm, page)) : load(here("./quiz.js"), here("./quiz_bg.wasm")),
      get(new URL(file, page)).then((answer) => (script ? answer.text() : answer.json())),
      styled,
    ]);
    await free();
    if (!is()) return;
    const living = Object.assign(document.createElement("div"), { className: script ? "embed building" : "embed" });
    living.setAttribute("part", "exercise");
    living.dataset.keys = this.getAttribute("keys") ?? "";
    const port = (what, about, text) => this.dispatchEvent(new CustomEvent("sandtable:" + what, { bubbles: true, composed: true, detail: { exercise: id, item: about, value: text } }));
    const active = this.shadowRoot.activeElement ?? document.activeElement;
    this.#box.after(living);
    try {
      this.#handle = script
        ? module.embed(living.appendChild(document.createElement("div")), content, this.getAttribute("stage") ?? "", JSON.stringify({ up: page }), port)
        : module.mount(living, content, first.querySelector("[data-item]").dataset.item, Number(seed), port);
    } catch (error) {
      living.remove();
      throw error;
    }
    this.#box.remove();
    this.#box = living;
    if (script) {
      // Printed, it is the exercise as it is given.
      const paper = Object.assign(document.createElement("div"), { className: "paper" });
      paper.append(first);
      living.append(paper);
    } else {
      take(first, living, active);
      first.remove();
    }
    this.#show(true);
    this.dispatchEvent(new CustomEvent("sandtable:ready", { bubbles: true, composed: true, detail: { exercise: id } }));
  }

  #fail(error) {
    const text = document.createElement("span");
    // The module says nothing where the file is of another version.
    text.textContent = error === "" ? "A new version is ready. Reload the page." : "This exercise did not load.";
    const again = Object.assign(document.createElement("button"), { className: "button", type: "button", textContent: "Try again" });
    again.onclick = () => { this.#end(); this.begin(); };
    const says = Object.assign(document.createElement("p"), { className: "failed" });
    says.setAttribute("role", "alert");
    says.append(text, again);
    this.#box.prepend(says);
    this.#box.hidden = false;
  }

  // The host's keys and ours do not fight: what is pressed in here stays here, but for the keys above, and Escape, which
  // gives the keyboard back where there was nothing to cancel.
  #key(event) {
    if (event.defaultPrevented) return event.stopPropagation();
    if (THEIRS.includes(event.key) || event.ctrlKey || event.metaKey) return;
    if (event.key === "Escape") {
      if (event.type === "keydown") this.shadowRoot.activeElement?.blur();
    } else event.stopPropagation();
  }
}

// What was ticked, chosen and focused before the living question came.
function take(first, living, active) {
  const same = (field) => field.type === "radio" || field.type === "checkbox"
    ? living.querySelector(`input[name="${CSS.escape(field.name)}"][value="${CSS.escape(field.value)}"]`)
    : living.querySelector(`select[aria-label="${CSS.escape(field.getAttribute("aria-label"))}"]`);
  for (const field of first.querySelectorAll("input:checked, select")) {
    const mine = same(field);
    if (!mine) continue;
    if (field.localName === "input") mine.click();
    else if (field.value) {
      mine.value = field.value;
      mine.dispatchEvent(new Event("change", { bubbles: true }));
    }
  }
  // Drawn anew by what was just given: after that the focus stays.
  if (first.contains(active)) setTimeout(() => same(active)?.focus({ preventScroll: true }));
}

if (!customElements.get("sandtable-exercise")) customElements.define("sandtable-exercise", Exercise);

// Frames of ours are as high as they say.
addEventListener("message", ({ source, data }) => {
  if (data?.type !== "st:resize" || !(data.height > 0)) return;
  for (const frame of document.querySelectorAll("iframe")) {
    if (frame.contentWindow === source && frame.src.startsWith(here("./e/"))) frame.height = Math.min(Math.max(data.height, 80), 4000);
  }
});

// A frame that is lower than this shows a part of an architecture to build; it asks for so much, in case it may grow.
const ROOM = 720;

// What follows is for the exercise's own page, alone or in a frame.
const own = document.querySelector("main.page > sandtable-exercise");
if (own && new URLSearchParams(location.search).has("key")) showKey();
if (own && self !== top) fit();

async function showKey() {
  const text = await (await get(new URL("key.html", location))).text();
  const key = document.querySelector(".key");
  key.append(...new DOMParser().parseFromString(text, "text/html").querySelector("main").childNodes);
  key.dataset.asked = "";
}

// Tells whoever frames the page how high it is, in the three ways that there are for it; turns the page of a deck.
function fit() {
  const tell = (message) => parent.postMessage(message, "*");
  const h5p = (action, more) => tell({ context: "h5p", action, ...more });
  const height = () => (own.hasAttribute("fit") ? ROOM : Math.ceil(document.body.getBoundingClientRect().height));
  const measure = () => own.toggleAttribute("fit", innerHeight < ROOM && own.matches(".building > *"));
  addEventListener("resize", measure);
  measure();
  let told = 0, grown = [], asked = false;
  const say = () => {
    const now = height();
    if (Math.abs(now - told) < 2) return;
    // A frame that grows with every answer would grow for ever.
    const time = performance.now();
    grown = grown.filter((before) => time - before < 1000);
    if (now > told && grown.push(time) > 5) return;
    told = now;
    tell({ type: "st:resize", height: now });
    tell({ subject: "lti.frameResize", height: now });
    if (asked) h5p("prepareResize", { scrollHeight: now, clientHeight: innerHeight });
  };
  addEventListener("message", ({ source, data }) => {
    if (source !== parent || data?.context !== "h5p") return;
    if (data.action === "ready") h5p("hello");
    else if (data.action === "hello") { asked = true; h5p("prepareResize", { scrollHeight: height(), clientHeight: innerHeight }); }
    else if (data.action === "resizePrepared") h5p("resize", { scrollHeight: height() });
  });
  for (const name of ["pointerdown", "keydown"]) addEventListener(name, () => { grown = []; }, true);
  addEventListener("keydown", ({ key }) => {
    const method = { PageDown: "next", PageUp: "prev" }[key];
    if (method) tell(JSON.stringify({ method }));
  });
  new ResizeObserver(say).observe(document.body);
}
