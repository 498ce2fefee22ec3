// Fails unless every file given parses as an ES2019 script. Usage: node es2019.mjs FILE…
import { readFileSync } from "node:fs";
import { parse } from "acorn";

for (const file of process.argv.slice(2)) {
  try {
    parse(readFileSync(file, "utf8"), { ecmaVersion: 2019, sourceType: "script" });
  } catch (error) {
    console.error(`${file}: ${error.message}`);
    process.exitCode = 1;
  }
}
