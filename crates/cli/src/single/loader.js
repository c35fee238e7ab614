// Takes out what a single file holds, and gives it to the app in place of what a server would send. 'sandtable build
// --single' puts unpack.js before this, and fills in the files in the order they were packed, with their sizes, and where
// to begin.
const FILES = {{files}};
const START = "{{start}}";

const byId = (id) => document.getElementById(id);
const make = (tag, more) => Object.assign(document.createElement(tag), more);
const files = Object.create(null);
const text = (name) => new TextDecoder().decode(files[name]);

function takeOut() {
  const packed = byId("packed");
  const all = unlzma(fromText(packed.textContent), FILES.reduce((sum, [, size]) => sum + size, 0));
  packed.remove();
  let from = 0;
  for (const [name, size] of FILES) files[name] = all.subarray(from, from += size);
  // A byte that is wrong spoils all after it, and this comes last.
  if (text("end") !== "end") throw new Error("the end is not there");
}

// A page that was given no origin, as in a sandboxed frame, keeps nothing, leads nowhere, not even inside itself, and saves
// no files. A file on a disk has no name for its origin either, but its storage.
const isBare = self.origin === "null" && !canKeep();

function canKeep() {
  try {
    return Boolean(localStorage);
  } catch {
    return false;
  }
}

// Runs a script of ours, which the policy knows by its hash. What a module gives is waited for.
const run = (name) => new Promise((given) => {
  globalThis.sandtable.given = given;
  document.head.append(make("script", { type: "module", textContent: text(name) }));
});

globalThis.sandtable = {
  // Script and module of the app, as boot.js asks for them.
  get script() { return run("app.js"); },
  get module() { return files["app_bg.wasm"]; },
  async load() {
    const builder = await run("builder.js");
    await builder.default({ module_or_path: files["builder_bg.wasm"] });
    return builder;
  },
  // The place in the course, as the app sets it.
  set hash(fragment) {
    if (!isBare) {
      location.hash = fragment;
      return;
    }
    history.pushState(null, "", location.href.replace(/#.*|$/, fragment));
    dispatchEvent(new HashChangeEvent("hashchange"));
  },
};

// Whatever the app reads lies here. The policy lets nothing go out.
globalThis.fetch = async (path) => {
  const file = files[path];
  return new Response(file, { status: file ? 200 : 404 });
};

if (isBare) {
  addEventListener("click", (event) => {
    const link = event.target.closest("a[href^='#/']");
    if (!link || event.defaultPrevented) return;
    event.preventDefault();
    globalThis.sandtable.hash = link.getAttribute("href");
  });
  // A download would just not happen: the text is shown instead, to be copied.
  URL.createObjectURL = (blob) => {
    blob.text().then(show);
    throw new Error("no files are saved from here");
  };
}

function show(content) {
  const dialog = make("dialog", { className: "failure", ariaLabel: "Your file", onclose: () => dialog.remove() });
  const says = make("p", { textContent: "No files can be saved from here. Copy the text into a file of your own, whose name ends in .json." });
  const area = make("textarea", { readOnly: true, rows: 10, value: content, ariaLabel: "What it holds" });
  const close = make("button", { type: "button", className: "button", textContent: "Close", onclick: () => dialog.close() });
  dialog.append(says, area, close);
  document.body.append(dialog);
  dialog.showModal();
  area.select();
}

// The page is there first.
setTimeout(() => {
  try {
    takeOut();
  } catch {
    byId("fault-title").textContent = "This file is damaged.";
    byId("fault-text").textContent = "Something of it was lost or changed on the way here. Copy it anew.";
    for (const useless of byId("fault").querySelectorAll("a, button, textarea")) useless.remove();
    byId("fault").hidden = false;
    return;
  }
  document.head.append(make("style", { textContent: text("sheet") }));
  if (START && !location.hash) globalThis.sandtable.hash = START;
  run("boot.js");
});
