// Builds what static/ serves from node_modules and static/css/src. Run by `npm run build`.
// The server embeds the results, so a clean checkout needs no Node.
import { execFileSync } from "node:child_process"
import { createHash } from "node:crypto"
import { copyFileSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs"

const modules = "node_modules/"
const fontFolder = "static/fonts/pretendard-1.3.9/"

function vendorScripts() {
  const htmx = modules + "htmx.org/dist/"
  const parts = ["htmx.min.js", "ext/hx-preload.min.js", "ext/hx-pending.min.js", "ext/hx-ptag.min.js"]
  const code = parts.map((part) => readFileSync(htmx + part, "utf8").replace(/\n?\/\/# sourceMappingURL=.*$/m, ""))
  writeFileSync("static/js/htmx-4.0.1.js", code.join("\n"))
  copyFileSync(modules + "axe-core/axe.min.js", "handlers/browsertest/axe.min.js")
}

// The dynamic subset: a browser fetches only the files whose characters are on the page.
function vendorFont() {
  const web = modules + "pretendard/dist/web/variable/"
  rmSync(fontFolder, { recursive: true, force: true })
  mkdirSync(fontFolder, { recursive: true })
  const files = readdirSync(web + "woff2-dynamic-subset")
  for (const file of files) {
    copyFileSync(web + "woff2-dynamic-subset/" + file, fontFolder + file.replace("PretendardVariable.subset.", ""))
  }
  const source = readFileSync(web + "pretendardvariable-dynamic-subset.css", "utf8")
  const notice = source.slice(0, source.indexOf("*/") + 2).replace("/*", "/*!")
  const faces = source.slice(notice.length)
    .replace(/\/\*.*?\*\//gs, "")
    .replace(/font-weight: 45 920/g, "font-weight:45 920")
    .replace(/\.\/woff2-dynamic-subset\/PretendardVariable\.subset\./g, "../fonts/pretendard-1.3.9/")
  writeFileSync("static/css/src/pretendard.css", notice + faces.replace(/\s*\n\s*/g, "\n"))
  copyFileSync(modules + "pretendard/dist/LICENSE.txt", fontFolder + "LICENSE.txt")
}

// One sprite of the icons named in icons.txt; a page refers to them with <use>.
function drawSprite() {
  const names = readFileSync("static/img/icons.txt", "utf8").split(/\s+/).filter(Boolean)
  const symbols = names.map((name) => {
    const svg = readFileSync(`${modules}lucide-static/icons/${name}.svg`, "utf8")
    const inner = svg.slice(svg.indexOf(">", svg.indexOf("<svg")) + 1, svg.lastIndexOf("</svg>"))
    return `<symbol id="${name}" viewBox="0 0 24 24">${inner.replace(/\s*\n\s*/g, "")}</symbol>`
  })
  const notice = "<!-- Lucide icons, ISC licence, https://lucide.dev -->"
  writeFileSync("static/img/icons.svg", `<svg xmlns="http://www.w3.org/2000/svg">${notice}${symbols.join("")}</svg>\n`)
}

function buildStyles() {
  execFileSync(modules + ".bin/tailwindcss",
    ["-i", "static/css/src/app.css", "-o", "static/css/app.css", "--minify"], { stdio: "inherit" })
}

// sum is the digest of files in order; static_test.go computes the same in Go.
function sum(files) {
  const digest = createHash("sha256")
  for (const file of files) digest.update(file + "\0").update(readFileSync(file)).update("\0")
  return digest.digest("hex")
}

function walk(folder, ending) {
  return readdirSync(folder, { recursive: true })
    .map((file) => `${folder}/${String(file)}`).filter((file) => file.endsWith(ending)).sort()
}

function writeSum() {
  const sources = ["package-lock.json", "tailwind.config.js", "static/build/build.mjs", "static/img/icons.txt",
    ...walk("static/css/src", ".css"), ...walk("views", ".templ")]
  const outputs = ["static/css/app.css", "static/img/icons.svg", "static/js/htmx-4.0.1.js"]
  writeFileSync("static/BUILD.sum", `sources ${sum(sources)}\noutputs ${sum(outputs)}\n`)
}

vendorScripts()
vendorFont()
drawSprite()
buildStyles()
writeSum()
