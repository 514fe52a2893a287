// Builds dist/{app.js,app.css,icons.svg}: minified, the same bytes for the same sources.
import { build } from "esbuild";
import { mkdir, readFile, writeFile } from "node:fs/promises";

await mkdir("dist", { recursive: true });
await build({
  entryPoints: { app: "src/app.ts", style: "src/app.css" },
  entryNames: "app",
  outdir: "dist",
  bundle: true,
  minify: true,
  format: "esm",
  target: ["es2022", "chrome115", "firefox125", "safari17"],
  legalComments: "none",
  logLevel: "warning",
});
const icons = await readFile("src/icons.svg", "utf8");
await writeFile("dist/icons.svg", icons.replace(/<!--.*?-->/gs, "").replace(/\n\s*/g, ""));
