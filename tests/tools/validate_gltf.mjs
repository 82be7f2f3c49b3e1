// Prints what Khronos' validator says of each file, as JSON.
import { readFileSync } from "node:fs";
import { validateBytes } from "gltf-validator";

const reports = process.argv.slice(2).map((file) => validateBytes(new Uint8Array(readFileSync(file))));
console.log(JSON.stringify((await Promise.all(reports)).map(({ issues }) => issues)));
