// Bundles what browsers load: `npm run bundle` writes static/bundled/ from static/ and node_modules/.
//
// Each file has a hash of its content in its name, so that a browser keeps it for good, and lies
// beside itself as .br and .gz. manifest.json says which file stands for which source; without it,
// pages load the sources (tutor/bundles.py).

import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

import { build } from "esbuild";
import { PurgeCSS } from "purgecss";

const root = resolve(dirname(fileURLToPath(import.meta.url)), "..");
const sources = join(root, "static");
const target = join(sources, "bundled");
const modules = join(root, "node_modules");

const STYLES = ["site.css", "desk.css", "exercises.css", "student_home.css", "sketches.css", "own_data.css"];
const COPIES = ["vendor/htmx/htmx.min.js", "vendor/mathlive/mathlive.min.mjs"];
const COMPRESSED = /\.(?:js|mjs|css|svg)$/;
const HASH = "[name]-[hash]";

const libraries = JSON.parse(readFileSync(join(root, "tutor", "browser_libraries.json"), "utf8"));

/** The scripts that pages ask for; these import the others. */
function entryScripts() {
  const templates = readdirSync(join(root, "templates"), { recursive: true });
  const texts = templates
    .filter((name) => name.endsWith(".html"))
    .map((name) => readFileSync(join(root, "templates", name), "utf8"));
  const asked = texts.flatMap((text) => [...text.matchAll(/bundle 'js\/([\w.]+)'/g)]);
  return [...new Set(asked.map(([, name]) => name))].sort();
}

function installed(path) {
  const [, library, file] = path.match(/vendor\/([^/]+)\/(.+)$/);
  return join(modules, libraries[library], file);
}

/** Sources name libraries as the pages do: ../vendor/katex/katex.mjs. */
const vendor = {
  name: "vendor",
  setup({ onResolve }) {
    onResolve({ filter: /\/vendor\// }, ({ path }) => ({ path: installed(path) }));
  },
};

const BESIDE_MARKDOWN = {
  // A browser knows the names and the kinds of characters, and the names of hosts, by itself.
  entities: `export function decodeHTMLStrict(text) {
    const area = document.createElement("textarea");
    area.innerHTML = text;
    return area.value;
  }`,
  mdurl: `import { decode, encode, format, parse } from "mdurl/index.mjs";
    export default { decode, encode, format, parse };`,
  "uc.micro": "export default { P: /\\p{P}/u, S: /\\p{S}/u };",
  "punycode.js": "export default { toASCII: (host) => host, toUnicode: (host) => host };",
  "linkify-it": "export class LinkifyIt {}", // addresses in a text stay text: render.js
};

/** Rules of Markdown that render.js turns off; each is the last function of its file. */
const UNUSED_RULES = [
  ..."core/linkify core/replacements core/smartquotes block/reference block/html_block".split(" "),
  ..."inline/linkify inline/image inline/autolink inline/html_inline".split(" "),
];

function withoutUnusedRules(script) {
  for (const rule of UNUSED_RULES) {
    const region = new RegExp(`//#region src/rules_${rule}\\.ts\n.*?//#endregion`, "s");
    const name = script.match(region)[0].match(/.*^function ([\w$]+)\(/ms)[1];
    script = script.replace(region, `function ${name}() { return false; }`);
  }
  // Its namespaces would need a helper, which would be a file of its own.
  return script
    .replace('import * as mdurl from "mdurl";', 'import mdurl from "mdurl";')
    .replace('import * as ucmicro from "uc.micro";', 'import ucmicro from "uc.micro";');
}

/** markdown-it from its parts, without those that pages have no use for. */
const markdown = {
  name: "markdown",
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /vendor\/markdown-it/ }, () => ({
      path: join(modules, "markdown-it", "dist", "markdown-it.mjs"),
    }));
    onLoad({ filter: /markdown-it\.mjs$/ }, ({ path }) => ({ contents: withoutUnusedRules(readFileSync(path, "utf8")) }));
    onResolve({ filter: /^(?:entities|linkify-it|mdurl|punycode\.js|uc\.micro)$/ }, ({ path }) => ({ path, namespace: "own" }));
    onLoad({ filter: /.*/, namespace: "own" }, ({ path }) => ({ contents: BESIDE_MARKDOWN[path], resolveDir: modules }));
  },
};

/** What pages have no use for: fonts for older browsers, and rules for options that they do not set. */
const UNUSED_STYLES = /,url\([^)]*\) format\("(?:woff|truetype)"\)|[^{}]*\.(?:katex-version|leqno|fleqn)\b[^{}]*\{[^{}]*\}/g;

/** Formulas show in another font until their own have come, as texts do. */
const shownAtOnce = {
  name: "shown at once",
  setup({ onLoad }) {
    onLoad({ filter: /katex\.min\.css$/ }, ({ path }) => ({
      contents: readFileSync(path, "utf8").replaceAll("font-display:block", "font-display:swap").replace(UNUSED_STYLES, ""),
      loader: "css",
    }));
  },
};

/** KaTeX with its tables of letters to a thousandth of an em, which is a fiftieth of a pixel. */
const katex = {
  name: "katex",
  setup({ onLoad }) {
    onLoad({ filter: /katex\.mjs$/ }, ({ path }) => ({
      contents: readFileSync(path, "utf8").replace(/var fontMetricsData = \{.*?^\};/ms, (table) =>
        table.replace(/\d*\.\d{4,}/g, (number) => String(Number(Number(number).toFixed(3)))),
      ),
    }));
  },
};

/** Words of templates and scripts that are no classes there, though Bootstrap has some of the name. */
const ONLY_WORDS = [
  ..."active alert border btn-check card col container invisible nav placeholder progress".split(" "),
  ..."ratio rounded row show blockquote figure list-unstyled mark table".split(" "),
  ..."breadcrumb btn-danger btn-lg btn-primary form-select lead".split(" "), // which are all our own
];

/** What no template and no script can mean goes out of Bootstrap. */
const purged = {
  name: "purged",
  setup({ onLoad }) {
    onLoad({ filter: /bootstrap\.min\.css$/ }, async ({ path }) => {
      const [{ css }] = await new PurgeCSS().purge({
        content: ["templates/**/*.html", "static/js/*.js", "{tutor,accounts}/**/forms.py"].map((glob) =>
          join(root, glob),
        ),
        css: [path],
        blocklist: ONLY_WORDS,
        keyframes: true,
        variables: true,
      });
      return { contents: css, loader: "css" };
    });
  },
};

const COMMON = {
  absWorkingDir: root,
  outdir: target,
  outbase: sources,
  entryNames: HASH,
  bundle: true,
  minify: true,
  target: ["es2022"],
  legalComments: "none",
  write: false,
};

/** What two scripts share goes into the form's as well: its page loads no file for it. */
const inlined = {
  name: "inlined",
  setup({ onResolve }) {
    onResolve({ filter: /^\.\/(?:unsent|response_draft)\.js$/ }, ({ path, importer, resolveDir }) =>
      importer.endsWith("response_form.js") ? { path: join(resolveDir, path), suffix: "?form" } : undefined,
    );
  },
};

const IN_PAGES = {
  ...COMMON,
  chunkNames: HASH,
  assetNames: HASH,
  format: "esm",
  metafile: true,
  // Every browser that reads modules reads woff2.
  loader: { ".woff2": "file" },
  plugins: [markdown, katex, shownAtOnce, vendor, purged, inlined],
};
const entries = [
  ...entryScripts().map((name) => `js/${name}`),
  ...STYLES.map((name) => `css/${name}`),
];
const pathOf = (entry) => join(sources, entry);

// What typesets formulas shares that large part. Any other script is one file, so that a page
// asks for no small pieces that two scripts have in common; but what a script loads later must
// not be there twice.
const whole = await build({
  ...IN_PAGES,
  entryPoints: entries.filter((entry) => entry.endsWith(".js")).map(pathOf),
});
const loadedLater = Object.values(whole.metafile.inputs)
  .flatMap(({ imports }) => imports)
  .filter(({ kind }) => kind === "dynamic-import")
  .map(({ path }) => path);
const isApart = ({ entryPoint, inputs }) =>
  !("static/js/render.js" in inputs) && !loadedLater.includes(entryPoint);
const apart = Object.values(whole.metafile.outputs)
  .filter(isApart)
  .map(({ entryPoint }) => relative("static", entryPoint));
const shared = await build({
  ...IN_PAGES,
  entryPoints: entries.filter((entry) => !apart.includes(entry)).map(pathOf),
  splitting: true,
});

rmSync(target, { recursive: true, force: true });
mkdirSync(target, { recursive: true });
const files = {};
keep(whole, isApart);
keep(shared, () => true);

/** Stores the outputs that `belongs` takes, and notes what each entry loads. */
function keep({ metafile, outputFiles }, belongs) {
  for (const { path, contents } of outputFiles) {
    const output = metafile.outputs[relative(root, path)];
    if (!belongs(output)) continue;
    store(basename(path), contents);
    const { entryPoint, imports } = output;
    const entry = entryPoint && relative("static", entryPoint);
    if (!entries.includes(entry)) continue; // what scripts import has no other name than theirs for it
    files[entry] = {
      file: basename(path),
      imports: imports.filter((i) => i.kind === "import-statement").map((i) => basename(i.path)),
      fonts: imports.filter((i) => i.path.endsWith(".woff2")).map((i) => basename(i.path)),
    };
  }
}

/** In one file without imports: not every browser lets a worker import modules. */
const {
  outputFiles: [worker],
} = await build({
  ...COMMON,
  entryPoints: [join(sources, "js", "service_worker.js")],
  format: "iife",
});
store(basename(worker.path), worker.contents);

/** Of all sources, so that a bundle of others is never taken for theirs. */
function digest() {
  const hash = createHash("sha256");
  for (const kind of ["css", "js"]) {
    for (const name of readdirSync(join(sources, kind)).sort()) {
      hash.update(readFileSync(join(sources, kind, name)));
    }
  }
  return hash.digest("hex");
}

for (const path of COPIES) {
  const contents = readFileSync(installed(`/${path}`));
  const hash = createHash("sha256").update(contents).digest("base64url").slice(0, 8);
  const [name, ...ends] = basename(path).split(".");
  files[path] = { file: `${name}-${hash}.${ends.join(".")}`, imports: [], fonts: [] };
  store(files[path].file, contents);
}
const manifest = { sources: digest(), files, worker: basename(worker.path), version: version() };
writeFileSync(join(target, "manifest.json"), JSON.stringify(manifest, null, 1));

/** Of all that was bundled, by the hashes in the names. */
function version() {
  return createHash("sha256").update(readdirSync(target).sort().join()).digest("hex").slice(0, 12);
}

function store(name, contents) {
  writeFileSync(join(target, name), contents);
  if (!COMPRESSED.test(name)) return;
  const quality = { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } };
  writeFileSync(join(target, `${name}.br`), brotliCompressSync(contents, quality));
  writeFileSync(join(target, `${name}.gz`), gzipSync(contents, { level: 9 }));
}
