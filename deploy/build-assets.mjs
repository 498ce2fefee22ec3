// Builds static/src into static/dist: one script, one style sheet, the style of the brief as PDF, the images; names carry a hash of the content, so that
// browsers may keep them for ever. manifest.json maps each logical name to its file and is written last: it vouches for the rest.
import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { extname, join } from "node:path";
import { build, transform } from "esbuild";
import { compile } from "sass";

const SOURCE = "static/src";
const TARGET = "static/dist";
const OLDEST_BROWSER = "chrome78"; // offices run Chromium builds from version 78 on
const OLDEST_SCRIPT = "es2019";

async function script() {
  const result = await build({
    entryPoints: [join(SOURCE, "js/app.js")],
    bundle: true,
    format: "iife",
    minify: true,
    target: OLDEST_SCRIPT,
    legalComments: "none",
    write: false,
  });
  if (result.warnings.length) throw new Error("esbuild warns of the script");
  return result.outputFiles[0].contents;
}

function sheet(name) {
  // Bootstrap 5.3 is still written for @import; its own deprecations are not ours to correct.
  const options = { loadPaths: ["node_modules"], quietDeps: true, silenceDeprecations: ["import"] };
  return compile(join(SOURCE, "css", name), options).css;
}

async function styles() {
  const { code } = await transform(sheet("app.scss"), { loader: "css", minify: true, target: OLDEST_BROWSER });
  return code;
}

function images() {
  const folder = join(SOURCE, "images");
  return readdirSync(folder).map((name) => [name, readFileSync(join(folder, name))]);
}

function hashedName(name, content) {
  const hash = createHash("sha256").update(content).digest("hex").slice(0, 12);
  const extension = extname(name);
  return `${name.slice(0, -extension.length)}-${hash}${extension}`;
}

const files = [["app.js", await script()], ["app.css", await styles()], ["brief_pdf.css", sheet("brief_pdf.scss")], ...images()];
const manifest = Object.fromEntries(files.map(([name, content]) => [name, hashedName(name, content)]));

mkdirSync(TARGET, { recursive: true });
for (const [name, content] of files) writeFileSync(join(TARGET, manifest[name]), content);
writeFileSync(join(TARGET, "manifest.json"), JSON.stringify(manifest, null, 2) + "\n");

const current = new Set([...Object.values(manifest), "manifest.json"]);
for (const name of readdirSync(TARGET)) if (!current.has(name)) rmSync(join(TARGET, name));
