// Writes the npm packages of a release as folders: one for each system with its program inside, and the one that people
// name, which lists them as optional dependencies and holds the launcher. None has a script that npm runs at install.
//
//   node scripts/npm.mjs dist/release dist/npm     with the variables of scripts/release.env
import { chmodSync, copyFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";

const [release, out] = process.argv.slice(2);
const { NPM_PACKAGE, OWNER, HOME_URL, REGISTRY_NAME, VERSION } = process.env;
const manifest = JSON.parse(readFileSync("manifest.json", "utf8"));

// What Node calls the systems and processors of Go.
const systems = { linux: "linux", darwin: "darwin", windows: "win32" };
const processors = { amd64: "x64", arm64: "arm64" };

const common = {
  version: VERSION,
  license: manifest.license,
  author: manifest.author.name,
  ...(OWNER ? { homepage: HOME_URL, repository: { type: "git", url: `git+${HOME_URL}.git` }, bugs: `${HOME_URL}/issues` } : {}),
};

// write makes one package of files that are given by where they go and come from.
function write(description, files) {
  const folder = join(out, description.name);
  for (const [to, from] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, to)), { recursive: true });
    copyFileSync(from, join(folder, to));
    chmodSync(join(folder, to), to.startsWith("bin/") || to.endsWith(".cjs") ? 0o755 : 0o644);
  }
  writeFileSync(join(folder, "package.json"), JSON.stringify(description, null, 2) + "\n");
  chmodSync(join(folder, "package.json"), 0o644); // npm packs modes, whatever the umask
}

const programs = JSON.parse(readFileSync(join(release, "artifacts.json"), "utf8")).filter((artifact) => artifact.type === "Binary");
const optionalDependencies = {};
for (const { goos, goarch, path } of programs.sort((a, b) => (a.path < b.path ? -1 : 1))) {
  const os = systems[goos], cpu = processors[goarch];
  if (!os || !cpu) throw new Error(`no npm package for ${goos}/${goarch}`);
  const name = `${NPM_PACKAGE}-${os}-${cpu}`;
  optionalDependencies[name] = VERSION;
  write({
    name, ...common, description: `The program of ${NPM_PACKAGE} for ${os} on ${cpu}; install ${NPM_PACKAGE} instead.`,
    os: [os], cpu: [cpu], preferUnplugged: true, files: ["bin"],
  }, { [`bin/${basename(path)}`]: path, LICENSE: "LICENSE" });
}
write({
  name: NPM_PACKAGE, mcpName: REGISTRY_NAME, ...common, description: manifest.description, keywords: ["mcp", "mcp-server", ...manifest.keywords],
  bin: { "mcp-taskdetails": "launcher.cjs" }, files: ["launcher.cjs"], engines: { node: ">=18" }, optionalDependencies,
}, { "launcher.cjs": "npm/launcher.cjs", "README.md": "README.md", LICENSE: "LICENSE" });
console.log([NPM_PACKAGE, ...Object.keys(optionalDependencies)].map((name) => join(out, name)).join("\n"));
