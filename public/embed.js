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

const parsed = async (address) => new DOMParser().parseFromString(await (await get(address)).text(), "text/html");

// One of each a page. What failed is tried anew.
const made = {};
const once = (address, make) => (made[address] ??= make(address).catch((error) => { delete made[address]; throw error; }));

// Both files of a module are asked for at once: the second is not named by the first before that is there. It is the
// longer one by far, and to ask for the other takes its time on a slow machine, so it goes first.
const load = (script, wasm) => once(script, async () => {
  const [answer, module] = await Promise.all([get(wasm), import(script)]);
  await module.default({ module_or_path: answer });
  return module;
});

// What a painted exercise needs to live. An architecture to build names its module; that of a quiz is known.
const module = ({ script, wasm }, page) => script ? load(new URL(script, page).href, new URL(wasm, page)) : load(here("./quiz.js"), here("./quiz_bg.wasm"));

const sheet = (address) => once(address, async () => new CSSStyleSheet().replace(await (await get(address)).text()));

// A selector by an attribute.
const whose = (name, value) => "[" + name + "=\"" + CSS.escape(value) + "\"]";

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

// A deck places a slide by its height, which is another once an exercise is on it: it looks again when the window changes.
const sized = new ResizeObserver(() => dispatchEvent(new Event("resize")));

// Keys that a deck is to hear wherever the focus is: a presenter's remote sends the first two.
const THEIRS = ["PageUp", "PageDown", "F5", "F11"];

// What a deck is known by: reveal.js, Slidev, Marp, impress.js. An exercise in one is shown to one class after the other.
const DECKS = ".reveal .slides, .slidev-layout, #slide-content, [data-marpit-svg], .marpit, #impress";
const inDeck = (at) => !!at && (!!at.closest(DECKS) || inDeck(at.getRootNode().host));
// The speaker view of reveal.js loads a deck twice more and says so in the address.
const isReceiver = (one) => { try { return /[?&]receiver\b/.test(one.location.search); } catch { return false; } };

// The exercise's own page, alone or in a frame. What an element is told by attributes, it is told by its address; alone,
// it keeps what is done in it, as the course beside it does.
const query = new URLSearchParams(location.search);
const own = location.href.startsWith(here("./e/")) && document.querySelector("main.page > sandtable-exercise");
if (own) {
  own.dataset.own = "";
  if (self === top) own.setAttribute("store", "auto");
  // A page of its own, which asks for nothing that is not shown.
  if (query.has("present") && !own.hasAttribute("mode") && own.querySelector("[data-seed]")) location.replace(here("./e/" + own.getAttribute("exercise") + "/present/") + location.search);
  for (const name of ["store", "mode", "reset"]) if (query.has(name)) own.setAttribute(name, query.get(name));
}
// What only some pages do: this one tells a frame how high it is, hands on keys, and holds on paper more than it shows; a slide
// on paper finds room for its exercise.
const helper = () => import("./page.js");
const beside = own && self !== top ? helper().then(({ fit }) => fit(own)).catch(reportError) : null;
if (own) own.addEventListener("sandtable:ready", () => helper().then(({ print }) => print(own, query.has("key"))).catch(reportError), { once: true });
// Its module is what this page is for: the page itself asks for it ahead, and it is taken up as soon as this runs. What goes
// wrong is told when it is needed.
const given = own && own.querySelector("[data-file]");
const isRead = self !== top && [self, parent].some(isReceiver);
if (given && !isRead && !query.has("present") && own.getAttribute("mode") !== "present") module(given.dataset, here("./e/" + own.getAttribute("exercise") + "/")).catch(() => {});

class Exercise extends HTMLElement {
  static observedAttributes = ["exercise", "item", "stage", "keys", "mode", "store", "reset"];
  #box; #slot; #handle; #begun; #kept; #given;

  constructor() {
    super();
    const root = this.attachShadow({ mode: "open" });
    this.#box = Object.assign(document.createElement("div"), { className: "embed", hidden: true });
    this.#box.setAttribute("part", "exercise");
    this.#slot = document.createElement("slot");
    root.append(this.#box, this.#slot);
    // A link leads away from work that nobody keeps, and a frame cannot show every page: it opens beside them.
    if (self.origin !== "null" && (own !== this || self !== top)) root.addEventListener("click", ({ target }) => {
      const link = target.closest("a[href]");
      if (this.#box.contains(link)) link.target = "_blank";
    });
    for (const name of ["keydown", "keyup", "keypress"]) this.addEventListener(name, (event) => this.#key(event));
  }

  connectedCallback() {
    this.dataset.preventSwipe = "";
    if (inDeck(this)) sized.observe(this);
    // Handed back before this class was there.
    if (Object.hasOwn(this, "state")) {
      this.#given = this.state;
      delete this.state;
    }
    if (!this.#begun) this.#wait();
  }

  #wait() {
    // On paper nothing comes into view.
    const isPrinted = inDeck(this) && /[?&](view=print|print-pdf)\b/.test(location.search);
    if (isPrinted || this.getAttribute("loading") === "eager") this.begin();
    else seen.observe(this);
  }

  // To be moved is not to be removed: decks do it when they print.
  connectedMoveCallback() {}
  disconnectedCallback() {
    queueMicrotask(() => {
      if (this.isConnected) return;
      sized.unobserve(this);
      this.#end();
    });
  }

  attributeChangedCallback(name, before, now) {
    if (name === "keys") this.#box.dataset.keys = now ?? "";
    else if (before !== now) this.#anew();
  }

  // What has begun begins again, at once: it may be out of view as soon as it is empty.
  #anew() {
    if (!this.#begun) return;
    this.#end();
    if (this.isConnected) this.begin();
  }

  // What store="host" has its page keep: given back, the exercise is as it was.
  get state() { return this.#kept?.text() ?? this.#given ?? null; }
  set state(text) {
    this.#given = text;
    this.#anew();
  }

  #end() {
    const had = this.isConnected && this.shadowRoot.activeElement;
    seen.unobserve(this);
    this.#begun = undefined;
    this.#kept?.free();
    this.#handle?.free();
    this.#kept = this.#handle = undefined;
    this.#show(false);
    this.#box.replaceChildren();
    if (had) this.#hold();
  }

  // What had the focus goes: where nothing else in here can take it, the element itself has it until somebody moves on.
  #hold() {
    const at = this.#box.querySelector("#question") ?? this;
    if (at === this && !this.hasAttribute("tabindex")) {
      this.tabIndex = 0;
      this.addEventListener("blur", () => this.removeAttribute("tabindex"), { once: true });
    }
    at.focus({ preventScroll: true });
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
    const mine = this.querySelector("[data-file]");
    let first = mine;
    if (!mine) {
      first = document.importNode((await parsed(page)).querySelector("[data-file]"), true);
      const item = this.getAttribute("item");
      const named = whose("data-item", id + "#" + item);
      // The page holds the first question; on its worksheet are all of them.
      const other = item && !first.querySelector(named) && (await parsed(page + "paper.html")).querySelector(named);
      if (other) first.querySelector("[data-item]").replaceWith(other);
    }
    // An architecture to build names the module that it needs and its sheet; for a quiz both are known.
    const { seed, script, style } = first.dataset;
    if (script) sheets.push(sheet(new URL(style, page).href));
    const wear = (sheets) => Promise.all(sheets).then((all) => { this.shadowRoot.adoptedStyleSheets = all; });
    if (!mine) {
      await wear(sheets);
      if (!is()) return;
      this.#box.replaceChildren(first);
      this.#show(true);
    }
    // What is painted goes without the sheet of what lives.
    const styled = wear(sheets.toSpliced(1, 0, sheet(here("./element.css"))));
    const deck = own === this ? self !== top : inDeck(this);
    if (deck && [self, parent].some(isReceiver)) return this.#look(first);
    const tell = (what, more) => this.dispatchEvent(new CustomEvent("sandtable:" + what, { bubbles: true, composed: true, detail: { exercise: id, ...more } }));
    const isShown = !script && this.getAttribute("mode") === "present";
    const store = isShown ? "none" : this.getAttribute("store") ?? "none";
    // A frame does not know what is around it: there it is asked for.
    const isReset = this.hasAttribute("reset") || deck && own !== this;
    const keeping = store !== "none" || isReset ? import("./keep.js").then(({ keep }) => keep({ store, isReset, id, site: here("./"), given: this.#given, tell })) : null;
    const drawing = isShown ? import("./present.js").then(({ present }) => present(page, first.querySelector("[data-item]").dataset.item, own === this && this)) : this.#living(first, page);
    const [{ mount, more, rest }, kept] = await Promise.all([drawing, keeping, styled, own === this && beside]);
    if (more) this.shadowRoot.adoptedStyleSheets.push(more);
    await free();
    if (!is()) return kept?.free();
    const port = (what, about, text) => {
      kept?.heard(what, about, text);
      if (what !== "run" && what !== "unread") tell(what, { item: about, value: text });
    };
    const draw = (items, seed) => {
      const had = this.#box.contains(this.shadowRoot.activeElement) || first.contains(document.activeElement);
      const box = Object.assign(document.createElement("div"), { className: script ? "embed building" : "embed" });
      box.setAttribute("part", "exercise");
      box.dataset.keys = this.getAttribute("keys") ?? "";
      this.#box.after(box);
      let handle;
      try {
        handle = mount(box, port, items, seed);
      } catch (error) {
        box.remove();
        throw error;
      }
      this.#handle?.free();
      this.#handle = handle;
      this.#box.remove();
      this.#box = box;
      if (had) this.#hold();
      kept?.show(box);
      if (rest) this.#complete(handle, rest);
    };
    const active = this.shadowRoot.activeElement ?? document.activeElement;
    this.#kept = kept;
    kept?.follow(draw);
    draw(kept?.items ?? {}, Number(seed));
    if (!script) {
      take(first, this.#box, active);
      first.remove();
    }
    this.#show(true);
    const slide = this.closest(".pdf-page > section");
    if (slide) await helper().then(({ place }) => place(slide, this, this.#box)).catch(reportError);
    tell("ready");
  }

  // What comes after the first question, which the page held.
  async #complete(handle, rest) {
    const is = () => this.#handle === handle;
    try {
      const whole = await rest();
      if (is()) handle.complete(whole);
    } catch (error) {
      if (!is()) return;
      this.#fail(error, "The other questions did not load.", "Load them", () => {
        this.#box.querySelector("#question")?.focus();
        this.#complete(handle, rest);
      });
    }
  }

  // How the living exercise is put into an element.
  async #living(first, page) {
    const { file, script } = first.dataset;
    const whole = () => get(new URL(file, page));
    if (!script) {
      const { item } = first.querySelector("[data-item]").dataset;
      const begin = JSON.parse(first.querySelector("script").textContent);
      // Another question than the first is only in the file.
      const isFirst = begin.items[0].view.id === item;
      const rest = async () => (await whole()).json();
      const [{ mount }, content] = await Promise.all([module(first.dataset, page), isFirst ? begin : rest()]);
      return { rest: isFirst && begin.of > 1 && rest, mount: (box, port, items, seed) => mount(box, content, item, seed, port, items) };
    }
    const [{ embed }, content] = await Promise.all([module(first.dataset, page), whole().then((answer) => answer.text())]);
    return {
      mount: (box, port, items) => {
        const root = box.appendChild(document.createElement("div"));
        const known = Object.fromEntries(Object.entries(items).map(([item, { best, run }]) => [item, { best: best ?? null, draft: run ?? null }]));
        const handle = embed(root, content, this.getAttribute("stage") ?? "", JSON.stringify({ up: page, items: known }), port);
        // Printed, it is the exercise as it is given.
        const paper = Object.assign(document.createElement("div"), { className: "paper" });
        paper.append(first);
        box.append(paper);
        return handle;
      },
    };
  }

  // In the speaker view: to be read, and nothing else.
  #look(first) {
    for (const field of first.querySelectorAll("input, select")) field.disabled = true;
    const says = Object.assign(document.createElement("p"), { className: "says", textContent: "Speaker view: only to look at. Answers are given on the slide." });
    first.prepend(says);
  }

  #fail(error, words = "This exercise did not load.", name = "Try again", anew = () => { this.#end(); this.begin(); }) {
    const text = document.createElement("span");
    // The module says nothing where the file is of another version.
    text.textContent = error === "" ? "A new version is ready. Reload the page." : words;
    const again = Object.assign(document.createElement("button"), { className: "button", type: "button", textContent: name });
    const says = Object.assign(document.createElement("p"), { className: "row" });
    again.onclick = () => { anew(); says.remove(); };
    says.setAttribute("role", "alert");
    says.append(text, again);
    this.#box.prepend(says);
    this.#box.hidden = false;
  }

  // The host's keys and ours do not fight: what is pressed in here stays here, but for the keys above, and Escape, which
  // gives the keyboard back where there was nothing to cancel.
  #key(event) {
    if (event.defaultPrevented) return event.stopPropagation();
    if (THEIRS.includes(event.key) || event.ctrlKey || event.metaKey || this.#box.dataset.arrows !== undefined && event.key.startsWith("Arrow")) return;
    if (event.key === "Escape") {
      if (event.type === "keydown") this.shadowRoot.activeElement?.blur();
    } else event.stopPropagation();
  }
}

// What was ticked, chosen and focused before the living question came.
function take(first, living, active) {
  const same = (field) => field.type === "radio" || field.type === "checkbox"
    ? living.querySelector("input" + whose("name", field.name) + whose("value", field.value))
    : living.querySelector("select" + whose("aria-label", field.ariaLabel));
  for (const field of first.querySelectorAll("input:checked, select")) {
    const mine = same(field);
    if (!mine) continue;
    if (field.localName === "input") mine.checked || mine.click();
    else if (field.value) {
      mine.value = field.value;
      mine.dispatchEvent(new Event("change", { bubbles: true }));
    }
  }
  // Drawn anew by what was just given: after that the focus stays.
  if (first.contains(active)) setTimeout(() => same(active)?.focus({ preventScroll: true }));
}

if (!customElements.get("sandtable-exercise")) customElements.define("sandtable-exercise", Exercise);

// Frames of ours are as high as they say, unless they are to be of one size, as on a slide. And they turn the page of a
// deck that knows nothing of frames, as if the key had been pressed on it. reveal.js hears them itself.
const TURN = { '{"method":"next"}': "PageDown", '{"method":"prev"}': "PageUp" };
addEventListener("message", ({ source, data }) => {
  const frame = [...document.querySelectorAll("iframe")].find((one) => one.contentWindow === source && one.src.startsWith(here("./e/")));
  if (!frame) return;
  if (data?.type === "st:resize" && data.height > 0 && !("fixed" in frame.dataset)) frame.height = Math.min(Math.max(data.height, 80), 4000);
  const key = TURN[data];
  if (!key || document.querySelector(".reveal > .slides")) return;
  for (const type of ["keydown", "keyup"]) document.dispatchEvent(new KeyboardEvent(type, { key, code: key, bubbles: true }));
});

// Once the page of an exercise runs, all of the course is kept for when there is no network, as boot.js does it.
if (own && self === top) own.addEventListener("sandtable:ready", () => navigator.serviceWorker?.register(here("./sw.js"), { updateViaCache: "none" }).catch(() => {}), { once: true });
