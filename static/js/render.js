/** The one renderer of statements, hints, steps and answers: Markdown with formulas, no HTML. */

import DOMPurify from "../vendor/dompurify/purify.es.mjs";
import katex from "../vendor/katex/katex.mjs";
import MarkdownIt from "../vendor/markdown-it/markdown-it.esm.min.mjs";
import { withCommasInProse, withDecimalCommas } from "./decimal_commas.js";
import { cutFormulas, isHeavy, MARK, restore } from "./formulas.js";
import { unnumbered } from "./step_text.js";
// Scripts that show a text show sentences, and ask who is signed in: two files fewer to load.
import "./sentences.js";
import "./session.js";

const MAX_TEXT_LENGTH = 100_000; // characters; beyond it a text is shown as it is

const SHORT_FORMULA = 40; // characters
export const MAX_TASK_MS = 50; // after which somebody who types would notice it

const PICTURE = "\uE004"; // of the private use area; a text that brings its own loses it

const KATEX = { output: "htmlAndMathml", throwOnError: true, strict: "ignore", trust: false };

const markdown = new MarkdownIt({ html: false, linkify: false, typographer: false, breaks: true });
markdown.disable(["image", "autolink", "html_inline", "html_block", "reference"]);
// A formula in an address would be its mark, %EE%80%80…, there: then it is no link.
markdown.validateLink = (address) => /^https?:\/\/(?!.*%EE%80%8[01])/i.test(address);
markdown.renderer.rules.link_open = (tokens, index, options, _env, self) => {
  tokens[index].attrSet("rel", "nofollow noopener");
  return self.renderToken(tokens, index, options);
};
// Headings in a text are not sections of the page: screen readers list those.
markdown.renderer.rules.heading_open = () => '<p class="heading">';
markdown.renderer.rules.heading_close = () => "</p>\n";
markdown.renderer.rules.table_open = () => '<div class="wide"><table>\n';
markdown.renderer.rules.table_close = () => "</table></div>\n";
markdown.renderer.rules.text = (tokens, index, options, env) => withFormulas(tokens[index].content, env);
for (const name of ["code_inline", "code_block", "fence"]) {
  const standard = markdown.renderer.rules[name];
  markdown.renderer.rules[name] = (tokens, index, options, env, self) => {
    tokens[index].content = restore(tokens[index].content, env.formulas);
    tokens[index].info = "";
    return standard(tokens, index, options, env, self);
  };
}

const PURIFY = {
  RETURN_DOM_FRAGMENT: true,
  ALLOW_DATA_ATTR: false,
  // Asked of most attributes, not of links alone: no scheme but http(s), and values without one.
  ALLOWED_URI_REGEXP: /^(?:https?:|[^a-z]|[a-z+.-]+(?:[^a-z+.:-]|$))/i,
  // What markdown-it writes, then what KaTeX writes: MathML for those who listen, spans and
  // a few shapes for those who look.
  ALLOWED_TAGS: words(`p br strong em s ul ol li blockquote code pre hr a div span
    table thead tbody tr th td
    math semantics annotation mrow mi mn mo ms mtext mspace mfrac msqrt mroot mstyle msub msup
    msubsup munder mover munderover mtable mtr mtd mlabeledtr menclose mpadded mphantom
    svg path line`),
  ALLOWED_ATTR: words(`class style href rel start aria-hidden encoding xmlns display
    mathvariant mathcolor mathbackground mathsize stretchy fence separator lspace rspace minsize
    maxsize accent accentunder displaystyle scriptlevel linethickness notation voffset width
    height depth columnalign columnlines columnspacing rowalign rowlines rowspacing side
    symmetric largeop movablelimits form columnspan
    viewbox preserveaspectratio d x1 x2 y1 y2 stroke-width`),
};

/**
 * A fragment to put into the page. Whatever the text holds, it neither throws nor runs.
 * `hasCommas`: whether its numbers are shown with decimal commas.
 */
export function render(text, hasCommas = false) {
  if (text.length > MAX_TEXT_LENGTH) return asItIs(text);
  const cut = cutFormulas(text);
  return purified(markdown.render(cut.text, { formulas: cut.formulas, hasCommas }));
}

/** Whether what the element holds is shown with decimal commas. */
export function showsCommas(element) {
  return Boolean(element.closest("[data-decimal-comma]"));
}

/** A final answer: a formula where it looks like one, else words. */
export function renderAnswer(text, hasCommas = false) {
  if (/(?<!\\)\\[([]|\$/.test(text)) return render(text, hasCommas); // it brings delimiters of its own
  const isWords = /^\p{L}[\p{L}\p{M}\s,.;:'’-]+$/u.test(text);
  const tex = `\\displaystyle ${text}`; // it stands alone, so a fraction is as large as elsewhere
  return purified(isWords ? escape(text) : formulaHtml({ source: text, tex }, hasCommas));
}

/** Put the rendered text in place of the element's own text; once only. Figures and pictures stay. */
export function typeset(element, text) {
  const pieces = text === undefined ? piecesOf(element) : [{ text, pictures: [] }];
  element.replaceChildren(
    ...pieces.map((piece, index) => {
      if (piece.figure) return piece.figure;
      const written = index === 0 ? unnumbered(piece.text, element.dataset.step) : piece.text;
      return withPictures(render(written, showsCommas(element)), piece.pictures);
    }),
  );
  element.dataset.typeset = "";
  markWide(element);
}

/** Figures stand between texts; pictures stand within one, each with a mark in its place. */
function piecesOf(element) {
  const pieces = [{ text: "", pictures: [] }];
  for (const node of element.childNodes) {
    const last = pieces.at(-1);
    if (node.classList?.contains("figure")) {
      pieces.push({ figure: node }, { text: "", pictures: [] });
    } else if (node.classList?.contains("picture")) {
      last.text += PICTURE;
      last.pictures.push(node);
    } else {
      last.text += node.textContent.replaceAll(PICTURE, "");
    }
  }
  return pieces.filter((piece, index) => index === 0 || piece.figure || piece.text.trim());
}

function withPictures(fragment, pictures) {
  if (!pictures.length) return fragment;
  const texts = document.createTreeWalker(fragment, NodeFilter.SHOW_TEXT);
  for (let node = texts.nextNode(); node; node = texts.nextNode()) {
    const at = node.data.indexOf(PICTURE);
    if (at < 0) continue;
    const rest = node.splitText(at);
    rest.data = rest.data.slice(PICTURE.length);
    if (pictures.length) rest.before(pictures.shift());
  }
  return fragment;
}

/** The same for a single formula or a final answer. */
export function typesetAnswer(element, text = element.textContent) {
  element.replaceChildren(renderAnswer(text, showsCommas(element)));
  element.dataset.typeset = "";
}

/** What the server put into the page after it was loaded. */
export function typesetNew(root) {
  for (const element of root.querySelectorAll("[data-markdown]:not([data-typeset])")) typeset(element);
  for (const element of root.querySelectorAll("[data-answer]:not([data-typeset])")) typesetAnswer(element);
}

/** The same in tasks short enough for the page to answer its reader in between. */
export async function typesetInTurn(root) {
  let beganAt = performance.now();
  const untypeset = ":is([data-markdown], [data-answer]):not([data-typeset])";
  for (const element of [...root.querySelectorAll(untypeset)]) {
    if (performance.now() - beganAt > MAX_TASK_MS) {
      await new Promise((resolve) => setTimeout(resolve));
      beganAt = performance.now();
    }
    if ("typeset" in element.dataset) continue;
    if ("markdown" in element.dataset) typeset(element);
    else typesetAnswer(element);
  }
}

/** A chain of thought is long: paragraph by paragraph, the limits of one text do not bind it. */
export function typesetReasoning(element, text = element.textContent) {
  const hasCommas = showsCommas(element);
  element.replaceChildren(...text.split(/\n\s*\n/).map((paragraph) => render(paragraph, hasCommas)));
  element.dataset.typeset = "";
  markWide(element);
}

const unmarked = new Set(); // texts of which nobody has looked yet what is wide

/**
 * What is wider than its box scrolls inside it, so a keyboard must be able to get there. Looked at
 * once the browser has laid the text out: to ask sooner would have it lay out the page each time.
 */
export function markWide(root) {
  if (!unmarked.size) requestAnimationFrame(() => setTimeout(markAll));
  unmarked.add(root);
}

function markAll() {
  const texts = ".wide, .text p, .text pre, .findings dd, .long";
  const boxes = new Set([...unmarked].flatMap((root) => [...root.querySelectorAll(texts)]));
  unmarked.clear();
  // What is folded away is looked at when it is unfolded: page.js.
  const shown = [...boxes].filter((box) => !box.closest("details:not([open])"));
  const changed = shown.filter((box) => isWide(box) !== box.hasAttribute("tabindex"));
  for (const box of changed) {
    if (box.hasAttribute("tabindex")) box.removeAttribute("tabindex");
    else box.tabIndex = 0;
  }
}

function isWide(box) {
  if (box.matches(".long")) return box.scrollHeight > box.clientHeight + 1;
  if (box.localName !== "p") return box.scrollWidth > box.clientWidth + 1;
  // Lines end where it is good to read; displayed formulas may be wider than that.
  const inline = [...box.querySelectorAll(".katex")].filter((formula) => !formula.closest(".wide"));
  return inline.some((formula) => formula.offsetWidth > box.clientWidth + 1);
}

function withFormulas(content, { formulas, hasCommas }) {
  const prose = (text) => escape(hasCommas ? withCommasInProse(text) : text);
  let html = "";
  let position = 0;
  for (const { 0: mark, 1: number, index } of content.matchAll(MARK)) {
    html += prose(content.slice(position, index));
    position = index + mark.length;
    // A line must not begin with the comma after a formula, if that is short enough for a line.
    const formula = formulas[number];
    const [comma] = /^[,.;:!?)\]，。；：！？、）]*/.exec(content.slice(position));
    const isShort = comma && !formula.display && formula.source.length <= SHORT_FORMULA;
    html += isShort
      ? `<span class="joined">${formulaHtml(formula, hasCommas)}${comma}</span>`
      : formulaHtml(formula, hasCommas) + comma;
    position += comma.length;
  }
  return html + prose(content.slice(position));
}

function formulaHtml({ source, tex, display }, hasCommas) {
  if (tex === undefined) return source.startsWith("\\begin") ? sourceHtml(source) : escape(source);
  if (isHeavy(tex)) return sourceHtml(source);
  let html;
  try {
    // Its own macros for each, or a \gdef in one formula would change the next.
    html = katex.renderToString(hasCommas ? withDecimalCommas(tex) : tex, {
      ...KATEX,
      displayMode: Boolean(display),
      macros: {},
      maxSize: 20,
      maxExpand: 1000,
    });
  } catch {
    // KaTeX's ParseError, or a RangeError from formulas nested too deeply.
    return sourceHtml(source);
  }
  return display ? `<span class="wide formula">${html}</span>` : html;
}

function sourceHtml(source) {
  const length = source.length > 4 * SHORT_FORMULA ? " long" : "";
  return `<code class="unread${length}">${escape(source)}</code>`;
}

function purified(html) {
  return DOMPurify.sanitize(html, PURIFY);
}

function asItIs(text) {
  const fragment = document.createDocumentFragment();
  const box = document.createElement("pre");
  box.textContent = text;
  fragment.append(box);
  return fragment;
}

function escape(text) {
  return markdown.utils.escapeHtml(text);
}

function words(text) {
  return text.split(/\s+/).filter(Boolean);
}
