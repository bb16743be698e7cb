/* The search box to embed: <script src="https://…/widget.js" defer></script> and <minutebook-search lang="cy">.
 *
 * Attributes: `endpoint`, where Minutebook is (else where this script came from); `lang`, en or cy (else the
 * page's own); `action`, a page to send the question to as ?q= in place of answering here; `value`; `key`, an API key.
 * Looks are set by custom properties: see widget.css. Events: `minutebook-answer`, with the answer as its detail.
 * Whatever comes from the papers enters the page as text, never as markup.
 */
(() => {
  "use strict";
  // Filled in as the file is served, so that one request brings everything (api/page_widget.py).
  const WORDS = {/*words*/};
  const SIGNS = {/*signs*/};
  const STYLE = "/*style*/";

  const HOME = new URL(".", document.currentScript?.src || location.href).href;
  const SVG = "http://www.w3.org/2000/svg";
  const PAUSE = 120; // ms without a key before suggestions are asked for
  const SLOW = { suggest: 4000, search: 15000, ask: 60000, feedback: 10000 }; // ms
  const PAPERS = 5;
  let boxes = 0;

  /** An element with attributes and children; strings become text. A null attribute or child is left out. */
  const el = (tag, attributes = {}, ...children) => {
    const node = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) if (value != null) node.setAttribute(name, value);
    node.append(...children.filter((child) => child != null));
    return node;
  };

  /** What a request came to where it was not an answer: `words` is the key of what to say, `detail` the service's own. */
  class Refusal extends Error {
    constructor(words, detail) {
      super(words);
      this.words = words;
      this.detail = detail;
    }
  }

  class MinutebookSearch extends HTMLElement {
    #input; #list; #live; #given; #button;
    #options = [];
    #active = -1;
    #typed = "";
    #timer = 0;
    #asking = null;
    #suggesting = null;
    #words; #lang; #home; #thread;

    connectedCallback() {
      if (this.shadowRoot) return;
      this.#home = new URL(this.getAttribute("endpoint") || HOME, location.href);
      if (!this.#home.pathname.endsWith("/")) this.#home.pathname += "/";
      const lang = (this.closest("[lang]")?.lang || document.documentElement.lang || "en").slice(0, 2).toLowerCase();
      this.#lang = WORDS[lang] ? lang : "en";
      this.#words = WORDS[this.#lang];
      this.#thread = [...crypto.getRandomValues(new Uint8Array(12))].map((n) => n.toString(16).padStart(2, "0")).join("");
      const root = this.attachShadow({ mode: "open", delegatesFocus: true });
      this.#dress(root);
      root.append(this.#form(++boxes), this.#live, this.#given);
    }

    disconnectedCallback() {
      clearTimeout(this.#timer);
      this.#suggesting?.abort();
      this.#asking?.abort();
    }

    /** Asks in the box's own place, as Enter does. Gives a promise that ends when the answer is shown. */
    ask(question) {
      this.#input.value = question;
      return this.#ask();
    }

    // -- words ------------------------------------------------------------------------------------------------------

    #say(key, values = {}) {
      return (this.#words[key] ?? key).replace(/\{(\w+)\}/g, (all, name) => values[name] ?? all);
    }

    #count(key, n) {
      const form = `${key}.${new Intl.PluralRules(this.#lang).select(n)}`;
      return this.#say(form in this.#words ? form : `${key}.other`, { n });
    }

    #day(iso) {
      const [year, month, day] = iso.split("-").map(Number);
      return `${day} ${this.#words.months.split(" ")[month - 1]} ${year}`;
    }

    // -- parts ------------------------------------------------------------------------------------------------------

    /** Styles by the means that a strict Content-Security-Policy allows. */
    #dress(root) {
      try {
        const sheet = new CSSStyleSheet();
        sheet.replaceSync(STYLE);
        root.adoptedStyleSheets = [sheet];
      } catch {
        root.append(el("link", { rel: "stylesheet", href: new URL("widget.css", this.#home).href }));
      }
    }

    #form(number) {
      const id = (name) => `minutebook-${name}-${number}`;
      const action = this.getAttribute("action");
      this.#input = el("input", {
        id: id("question"), name: "q", type: "search", role: "combobox", autocomplete: "off", spellcheck: "true",
        maxlength: 2000, enterkeyhint: "search", required: action == null ? null : "", value: this.getAttribute("value"),
        "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": id("list"), "aria-describedby": id("hint"),
      });
      this.#list = el("ul", { id: id("list"), role: "listbox", "aria-label": this.#say("suggestions"), hidden: "" });
      this.#button = el("button", { type: "submit", class: "button" }, this.#say("ask"));
      this.#live = el("p", { class: "hidden", role: "status", "aria-live": "polite", "aria-atomic": "true" });
      this.#given = el("div", { class: "given", hidden: "" });
      const form = el("form", { class: "box", role: "search", action: action ?? "", method: "get" },
        el("label", { for: this.#input.id }, this.getAttribute("label") || this.#say("label")),
        el("p", { class: "hint", id: id("hint") }, this.getAttribute("hint") || this.#say("hint")),
        el("div", { class: "field" }, this.#input, this.#list),
        this.#button,
        action != null && new URL(location.href).searchParams.has("lang")
          ? el("input", { type: "hidden", name: "lang", value: this.#lang }) : null);
      form.addEventListener("submit", (event) => {
        this.#close();
        if (action != null) return;
        event.preventDefault();
        this.#ask();
      });
      this.#input.addEventListener("input", () => this.#later());
      this.#input.addEventListener("keydown", (event) => this.#key(event));
      this.#input.addEventListener("blur", () => this.#close());
      // Before the input loses focus, and so before the list closes.
      this.#list.addEventListener("pointerdown", (event) => event.preventDefault());
      this.#list.addEventListener("click", (event) => {
        const at = this.#options.findIndex((option) => option.contains(event.target));
        if (at >= 0) this.#choose(at);
      });
      return form;
    }

    #sign(outcome) {
      const svg = document.createElementNS(SVG, "svg");
      svg.setAttribute("viewBox", "0 0 16 16");
      svg.setAttribute("aria-hidden", "true");
      const path = document.createElementNS(SVG, "path");
      path.setAttribute("d", SIGNS[outcome] ?? SIGNS.reported);
      svg.append(path);
      return svg;
    }

    #view(place) {
      const url = new URL(`papers/${encodeURIComponent(place.paper)}/view`, this.#home);
      url.searchParams.set("page", place.page);
      if (place.quote) url.searchParams.set("quote", place.quote);
      if (this.#lang !== "en") url.searchParams.set("lang", this.#lang);
      return url.href;
    }

    #pageOf(place) {
      const printed = place.printed_page && place.printed_page !== String(place.page);
      return this.#say(printed ? "page.printed" : "page", { n: place.page, printed: place.printed_page });
    }

    /** The paper, linked to its page, and what else tells one paper from another. */
    #place(place) {
      const about = [place.committee, place.meeting_date && this.#day(place.meeting_date),
        place.paragraph && this.#say("paragraph", { n: place.paragraph })].filter(Boolean).map((text) => el("span", {}, text));
      if (place.standing === "draft") about.push(el("span", { class: "flag" }, this.#say("draft")));
      if (place.ocr) about.push(el("span", { class: "flag" }, this.#say("ocr")));
      return [
        el("p", { class: "place" }, el("a", { href: this.#view(place) }, `${place.title}, ${this.#pageOf(place)}`)),
        about.length ? el("p", { class: "about" }, ...about) : null,
      ].filter(Boolean);
    }

    // -- suggestions ------------------------------------------------------------------------------------------------

    #later() {
      this.#typed = this.#input.value;
      clearTimeout(this.#timer);
      this.#suggesting?.abort();
      if (this.#typed.trim().length < 2) {
        this.#close();
        return;
      }
      this.#timer = setTimeout(() => this.#suggest(this.#typed.trim()), PAUSE);
    }

    async #suggest(typed) {
      const mine = (this.#suggesting = new AbortController());
      try {
        const found = await this.#get("suggest", { q: typed }, mine.signal);
        if (mine === this.#suggesting && this.#typed.trim() === typed) this.#open(found.suggestions ?? []);
      } catch {
        this.#close(); // no suggestions is no trouble: the question can be asked without
      }
    }

    #open(suggestions) {
      this.#active = -1;
      // An item may also have been asked for in the same words: the first of them does for both.
      const once = [...new Map([...suggestions].reverse().map((each) => [each.text.toLowerCase(), each])).values()].reverse();
      this.#options = once.slice(0, 8).map(({ text, kind }, at) => {
        const known = `suggestion.${kind}` in this.#words;
        return el("li", { id: `${this.#list.id}-${at}`, role: "option", "aria-selected": "false", "data-text": text },
          el("span", {}, text), known ? el("small", {}, this.#say(`suggestion.${kind}`)) : null);
      });
      this.#list.replaceChildren(...this.#options);
      const any = this.#options.length > 0 && this.shadowRoot.activeElement === this.#input;
      this.#list.hidden = !any;
      this.#input.setAttribute("aria-expanded", String(any));
      this.#input.removeAttribute("aria-activedescendant");
      this.#tell(any ? this.#count("suggestions", this.#options.length) : "");
    }

    #close() {
      clearTimeout(this.#timer);
      this.#suggesting?.abort();
      this.#suggesting = null;
      this.#options = [];
      this.#active = -1;
      this.#list.hidden = true;
      this.#input.setAttribute("aria-expanded", "false");
      this.#input.removeAttribute("aria-activedescendant");
    }

    #move(to) {
      const count = this.#options.length;
      // One place more than there are suggestions: what was typed.
      this.#active = to >= count ? -1 : to < -1 ? count - 1 : to;
      this.#options.forEach((option, at) => option.setAttribute("aria-selected", String(at === this.#active)));
      const option = this.#options[this.#active];
      if (option) {
        this.#input.setAttribute("aria-activedescendant", option.id);
        option.scrollIntoView({ block: "nearest" });
      } else {
        this.#input.removeAttribute("aria-activedescendant");
      }
      this.#input.value = option ? option.dataset.text : this.#typed;
    }

    #choose(at) {
      this.#input.value = this.#options[at].dataset.text;
      this.#close();
      this.#input.form.requestSubmit();
    }

    #key(event) {
      const open = !this.#list.hidden;
      if (event.isComposing) return;
      if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        event.preventDefault();
        if (open) this.#move(this.#active + (event.key === "ArrowDown" ? 1 : -1));
        else if (event.key === "ArrowDown") this.#later();
      } else if (event.key === "Escape") {
        event.preventDefault();
        if (open) {
          this.#input.value = this.#typed;
          this.#close();
        } else {
          this.#input.value = "";
        }
      }
    }

    // -- asking -----------------------------------------------------------------------------------------------------

    async #ask() {
      const question = this.#input.value.trim();
      this.#close();
      if (!question) {
        this.#input.focus();
        return;
      }
      this.#asking?.abort();
      const mine = (this.#asking = new AbortController());
      this.#waiting(true);
      try {
        const answer = await this.#post("ask", { question, thread: this.#thread }, mine.signal);
        if (mine !== this.#asking) return;
        this.#waiting(false);
        this.#show(answer);
        this.dispatchEvent(new CustomEvent("minutebook-answer", { detail: answer, bubbles: true, composed: true }));
        const found = await this.#get("search", { q: question, limit: 2 * PAPERS }, mine.signal);
        if (mine === this.#asking) this.#given.append(this.#papers(found, question));
      } catch (error) {
        if (mine !== this.#asking) return;
        this.#waiting(false);
        this.#fail(error);
      }
    }

    #waiting(yes) {
      this.#button.setAttribute("aria-disabled", String(yes));
      if (!yes) return;
      this.#tell(this.#say("asking"));
      this.#given.hidden = false;
      this.#given.setAttribute("aria-busy", "true");
      this.#given.replaceChildren(el("p", { class: "state", "aria-hidden": "true" }, this.#say("asking")),
        el("div", { class: "bar", "aria-hidden": "true" }));
    }

    #show(answer) {
      const word = this.#say(answer.outcome);
      const notes = answer.notes.map((note) => el("li", {}, ...this.#note(note)));
      const sources = answer.citations.map((citation) => el("li", {},
        el("span", { class: "n", "aria-label": this.#say("source", { n: citation.n }), role: "img" }, String(citation.n)),
        el("div", {}, ...this.#place(citation), citation.quote ? el("blockquote", {}, citation.quote) : null)));
      const history = answer.citations.find((citation) => citation.item);
      this.#given.removeAttribute("aria-busy");
      this.#given.replaceChildren(el("section", { class: "answer", "aria-label": this.#say("answer") },
        el("h2", { class: "head" },
          el("span", { class: `outcome ${answer.outcome}` }, this.#sign(answer.outcome), word),
          el("span", { class: "means" }, this.#say(`${answer.outcome}.long`))),
        // The service writes in English, whatever language the box speaks.
        el("p", { class: "said", lang: this.#lang === "en" ? null : "en" }, ...this.#said(answer)),
        sources.length ? el("h3", {}, this.#say("sources")) : null,
        sources.length ? el("ol", { class: "sources", role: "list" }, ...sources) : null,
        notes.length ? el("h3", {}, this.#say("notes")) : null,
        notes.length ? el("ul", { class: "remarks", lang: this.#lang === "en" ? null : "en" }, ...notes) : null,
        el("p", { class: "after" },
          el("a", { href: this.#to(`answers/${encodeURIComponent(answer.answer_id)}/view`) }, this.#say("link")),
          history ? el("a", { href: this.#to("topic", { q: history.item.replace(/^[\d.\s]+/, "") }) }, this.#say("history")) : null),
        this.#useful(answer)));
      this.#tell(`${word}. ${answer.answer}`);
    }

    /** Two buttons that say whether the answer was right, and give way to thanks. */
    #useful(answer) {
      const button = (key, helpful) => {
        const made = el("button", { type: "button" }, this.#say(key));
        made.addEventListener("click", () => {
          this.#post("feedback", { answer_id: answer.answer_id, helpful, session: this.#thread }, new AbortController().signal).catch(() => {});
          asked.replaceChildren(this.#say("useful.thanks"));
          this.#tell(this.#say("useful.thanks"));
          this.#input.focus();
        });
        return made;
      };
      const asked = el("p", { class: "useful" }, el("span", {}, this.#say("useful")), button("useful.yes", true), button("useful.no", false));
      return asked;
    }

    /** The answer's words, each [1] in them a link to the page of that source. */
    #said(answer) {
      return answer.answer.split(/(\[\d+\])/).filter(Boolean).map((part) => {
        const citation = /^\[\d+\]$/.test(part) && answer.citations.find(({ n }) => n === Number(part.slice(1, -1)));
        return citation
          ? el("a", { href: this.#view(citation), "aria-label": this.#say("source", { n: citation.n }) }, part) : part;
      });
    }

    /** A note, with the page that it may end on as a link. */
    #note(note) {
      const found = /^(.*?)\s*\(\/papers\/([0-9a-z]+)\/pdf#page=(\d+)\)(.*)$/s.exec(note);
      if (!found) return [note];
      const [, before, paper, page, after] = found;
      return [el("a", { href: this.#view({ paper, page }) }, before), after];
    }

    #papers(found, question) {
      const papers = new Map();
      for (const hit of found.hits) if (!papers.has(hit.paper)) papers.set(hit.paper, hit);
      const hits = [...papers.values()].slice(0, PAPERS).map((hit) =>
        el("li", {}, ...this.#place(hit), hit.quote ? el("blockquote", {}, hit.quote) : null));
      return el("section", { class: "papers", "aria-label": this.#say("papers") },
        el("h3", {}, this.#say("papers")),
        hits.length ? el("ul", { class: "hits", role: "list" }, ...hits) : el("p", { class: "about" }, this.#say("papers.none")),
        hits.length ? el("p", { class: "after" }, el("a", { href: this.#to("", { q: question }) }, this.#say("all"))) : null);
    }

    #fail(error) {
      const words = this.#say(error instanceof Refusal ? error.words : "problem.unreachable");
      const detail = error instanceof Refusal && error.detail ? ` ${error.detail}` : "";
      this.#given.removeAttribute("aria-busy");
      this.#given.replaceChildren(el("p", { class: "problem" }, words + detail));
      this.#tell(words + detail);
    }

    /** Says it to a screen reader, the same words twice running too. */
    #tell(words) {
      this.#live.textContent = "";
      requestAnimationFrame(() => { this.#live.textContent = words; });
    }

    // -- the service ------------------------------------------------------------------------------------------------

    #to(path, query = {}) {
      const url = new URL(path || ".", this.#home);
      for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
      if (this.#lang !== "en") url.searchParams.set("lang", this.#lang);
      return url.href;
    }

    #get(path, query, signal) {
      const url = new URL(path, this.#home);
      for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
      return this.#fetch(url, {}, signal, SLOW[path]);
    }

    #post(path, body, signal) {
      const headers = { "content-type": "application/json" };
      return this.#fetch(new URL(path, this.#home), { method: "POST", headers, body: JSON.stringify(body) }, signal, SLOW[path]);
    }

    async #fetch(url, options, signal, slow) {
      const late = new AbortController();
      const timer = setTimeout(() => late.abort(), slow);
      const stop = () => late.abort();
      signal.addEventListener("abort", stop);
      const key = this.getAttribute("key");
      const headers = { accept: "application/json", ...options.headers, ...(key ? { authorization: `Bearer ${key}` } : {}) };
      try {
        const reply = await fetch(url, { ...options, headers, credentials: "same-origin", referrerPolicy: "no-referrer", signal: late.signal });
        if (reply.ok) return reply.status === 204 ? null : await reply.json();
        const problem = await reply.json().catch(() => ({}));
        if (reply.status === 429 || reply.status === 503) throw new Refusal("problem.busy");
        if (reply.status === 401 || reply.status === 403) throw new Refusal("problem.refused");
        if (reply.status === 422) throw new Refusal("problem.question", problem.errors?.[0]?.problem);
        throw new Refusal("problem.unreachable");
      } catch (error) {
        if (late.signal.aborted && !signal.aborted) throw new Refusal("problem.slow");
        throw error;
      } finally {
        clearTimeout(timer);
        signal.removeEventListener("abort", stop);
      }
    }
  }

  if (!customElements.get("minutebook-search")) customElements.define("minutebook-search", MinutebookSearch);
})();
