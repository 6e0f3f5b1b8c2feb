// Starts what scripts/release built as its users will: with nothing but Node from npm's packages, from the archive, from
// the Linux package, and in an empty root. Runs at the root of the project, and listens on the loopback address alone.
import assert from "node:assert/strict";
import { execFileSync, spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { once } from "node:events";
import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, readlinkSync, realpathSync, rmSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { basename, dirname, join, resolve } from "node:path";
import { after, before, test } from "node:test";
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StdioClientTransport } from "@modelcontextprotocol/sdk/client/stdio.js";

const read = (file) => JSON.parse(readFileSync(file, "utf8"));
const digest = (file) => createHash("sha256").update(readFileSync(file)).digest("hex");
const { version } = read("manifest.json");
const name = process.env.NPM_PACKAGE;
const os = process.platform, cpu = process.arch;
const architecture = { x64: "amd64", arm64: "arm64" }[cpu];
const platform = `${name}-${os}-${cpu}`;
const packed = resolve("dist/npm/packed");
const tarball = (packageName) => join(packed, `${packageName}-${version}.tgz`);
const archive = resolve(`dist/release/mcp-taskdetails_${version}_${os}_${architecture}.tar.gz`);
const failedTask = "b880f077-e514-58ef-0ebd-ce1c37b46eb7";

const scratch = mkdtempSync(join(tmpdir(), "release-"));
const inScratch = (folder) => {
  const path = join(scratch, folder);
  mkdirSync(path, { recursive: true });
  return path;
};

// A machine with Node and a shell, and nothing else.
const tools = inScratch("bin");
const nothingButNode = (home) => ({ PATH: tools, HOME: inScratch(home), RUNWARE_API_URL: "http://127.0.0.1:9/v1", RUNWARE_SCHEMAS_URL: "off" });

// registry serves the packed packages as npm's does, and notes what it is asked for.
const asked = [];
const registry = createServer((request, response) => {
  const path = decodeURIComponent(request.url.slice(1));
  asked.push(path);
  if (path.endsWith(".tgz") && existsSync(join(packed, basename(path)))) return response.end(readFileSync(join(packed, basename(path))));
  if (!existsSync(tarball(path))) return response.writeHead(404).end("{}");
  const integrity = `sha512-${createHash("sha512").update(readFileSync(tarball(path))).digest("base64")}`;
  const dist = { tarball: `http://127.0.0.1:${registry.address().port}/${basename(tarball(path))}`, integrity };
  response.end(JSON.stringify({
    name: path, "dist-tags": { latest: version }, versions: { [version]: { ...read(`dist/npm/${path}/package.json`), dist } },
  }));
});

before(async () => {
  symlinkSync(process.execPath, join(tools, "node"));
  symlinkSync(realpathSync("/bin/sh"), join(tools, "sh"));
  const npm = dirname(realpathSync(process.env.npm));
  for (const tool of ["npm", "npx"]) symlinkSync(join(npm, `${tool}-cli.js`), join(tools, tool));
  registry.listen(0, "127.0.0.1");
  await once(registry, "listening");
});
after(() => {
  registry.closeAllConnections();
  registry.close();
  rmSync(scratch, { recursive: true });
});

// serves starts a command line as a host does and asks for a recorded task.
async function serves(t, command, args, options) {
  const started = performance.now();
  const client = new Client({ name: "release", version: "1" });
  const transport = new StdioClientTransport({ command, args: [...args, "--demo"], stderr: "inherit", ...options });
  await client.connect(transport);
  t.diagnostic(`answers initialize after ${Math.round(performance.now() - started)} ms`);
  assert.equal(client.getServerVersion().version, version);
  const result = await client.callTool({ name: "get_task_details", arguments: { taskUUID: failedTask, detail: "diagnosis" } });
  assert.equal(result.structuredContent.status, "failed");
  assert.equal(result.structuredContent.diagnosis.category, "invalid_parameter");
  await client.close();
}

// unpack unpacks into an empty folder.
function unpack(folder, command, ...args) {
  execFileSync(command, args, { cwd: inScratch(folder) });
  return join(scratch, folder);
}

test("npx starts it, where there is nothing but Node", async (t) => {
  const env = { ...nothingButNode("npx-home"), npm_config_registry: `http://127.0.0.1:${registry.address().port}/` };
  const cwd = inScratch("npx");
  await serves(t, join(tools, "npx"), ["-y", name], { env, cwd });
  const fetched = asked.filter((path) => path.endsWith(".tgz"));
  assert.deepEqual(fetched.sort(), [basename(tarball(platform)), basename(tarball(name))].sort(), "one program is fetched, for this system");
  await serves(t, join(tools, "npx"), ["-y", name], { env, cwd });
  assert.deepEqual(readdirSync(cwd), []);
});

// installed is a folder where npm installed the two packages from their files, without a registry.
let installed;
test("npm installs the packed files, and runs nothing", () => {
  installed = inScratch("installed");
  execFileSync(join(tools, "npm"), ["install", "--offline", "--no-audit", "--no-fund", "--ignore-scripts=false", tarball(name), tarball(platform)], {
    cwd: installed, env: { ...nothingButNode("install-home"), npm_config_registry: "http://127.0.0.1:9/" },
  });
  const names = readdirSync(packed).map((file) => file.slice(0, -`-${version}.tgz`.length));
  assert.equal(names.length, 7);
  for (const each of names) assert.equal(read(`dist/npm/${each}/package.json`).scripts, undefined, `${each} has scripts`);
  assert.deepEqual(Object.keys(read(`dist/npm/${name}/package.json`).optionalDependencies).sort(), names.filter((each) => each !== name).sort());
  assert.equal(digest(join(installed, "node_modules", platform, "bin/mcp-taskdetails")), digest(join(unpack("sum", "tar", "xzf", archive), "mcp-taskdetails")));
});

// Node becomes the program where it can; without execve, as on Windows and on Node before 22.15, it is a child.
const ways = { "in Node's place": {}, "as a child of Node": { NODE_OPTIONS: `--require ${join(scratch, "no-execve.cjs")}` } };
writeFileSync(join(scratch, "no-execve.cjs"), "process.execve = undefined;");
for (const [way, variables] of Object.entries(ways)) {
  const start = (args, options = {}) => {
    const command = join(installed, "node_modules/.bin/mcp-taskdetails");
    return spawn(command, args, { env: { ...nothingButNode("way-home"), ...variables }, ...options });
  };

  test(`the installed program serves ${way}`, (t) => serves(t, join(installed, "node_modules/.bin/mcp-taskdetails"), [], { env: { ...nothingButNode("way-home"), ...variables } }));

  test(`streams and exit codes pass, ${way}`, async () => {
    for (const [args, input, code, out, err] of [
      [["get", "--demo", "--exit-status", "--json", "-"], failedTask, 1, /^\{"taskUUID":"b880f077-/, /^$/],
      [["--no-such-flag"], "", 2, /^$/, /^mcp-taskdetails: error: /],
      [["--version"], "", 0, new RegExp(`^mcp-taskdetails ${version.replaceAll(".", "\\.")} \\(.*\\)\n$`), /^$/],
    ]) {
      const child = start(args);
      child.stdin.end(input);
      const [stdout, stderr, [exit]] = await Promise.all([text(child.stdout), text(child.stderr), ended(child)]);
      assert.equal(exit, code, `${args}: ${stderr}`);
      assert.match(stdout, out);
      assert.match(stderr, err);
    }
  });

  test(`signals pass, ${way}`, async () => {
    for (const signal of ["SIGTERM", "SIGINT"]) {
      const child = await serving(start);
      child.kill(signal);
      assert.deepEqual(await ended(child), [0, null], "the program ends as it does when it is told itself");
    }
    if (os !== "linux") return;
    const child = await serving(start);
    const program = Number(readFileSync(`/proc/${child.pid}/task/${child.pid}/children`, "utf8")) || child.pid;
    assert.equal(program === child.pid, way === "in Node's place");
    assert.equal(basename(readlinkSync(`/proc/${program}/exe`)), "mcp-taskdetails");
    process.kill(program, "SIGKILL");
    assert.deepEqual(await ended(child), [null, "SIGKILL"], "it ends by the signal that ended the program");
  });
}

// serving starts a server and waits until it answers.
async function serving(start) {
  const child = start(["--demo"], { stdio: ["pipe", "pipe", "inherit"] });
  child.stdin.write('{"jsonrpc":"2.0","id":1,"method":"ping"}\n');
  await once(child.stdout, "data");
  return child;
}

// ended waits for the end of a process; a signal that is lost shows as one that does not come.
const ended = (child) => once(child, "exit", { signal: AbortSignal.timeout(30_000) });

async function text(stream) {
  let all = "";
  for await (const chunk of stream) all += chunk;
  return all;
}

test("the launcher says what is missing", () => {
  const broken = inScratch("broken");
  cpSync(join(installed, "node_modules", name), join(broken, name), { recursive: true });
  const launcher = join(broken, name, "launcher.cjs");
  const missing = spawnSync(process.execPath, [launcher, "--demo"], { encoding: "utf8" });
  assert.equal(missing.status, 2);
  assert.match(missing.stderr, new RegExp(`error: the package ${platform} is not installed.*\n.*hint: .*--omit=optional`));
  const strange = spawnSync(process.execPath, ["-e", `Object.defineProperty(process, "arch", { value: "mips" }); require(${JSON.stringify(launcher)})`], { encoding: "utf8" });
  assert.equal(strange.status, 2);
  assert.match(strange.stderr, new RegExp(`error: no program for ${os}-mips; there are ones for .*linux-arm64.*\n.*hint: `));
});

test("the archive is enough", (t) => {
  const folder = unpack("archive", "tar", "xzf", archive);
  assert.deepEqual(readdirSync(folder).sort(), ["CHANGELOG.md", "LICENSE", "README.md", "mcp-taskdetails"]);
  return serves(t, join(folder, "mcp-taskdetails"), [], { env: { PATH: inScratch("no-programs") }, cwd: folder });
});

test("the Debian package holds the same program", { skip: !existsSync("/usr/bin/dpkg-deb") && "no dpkg-deb" }, (t) => {
  const deb = resolve(`dist/release/mcp-taskdetails_${version}_linux_${architecture}.deb`);
  const field = (key) => execFileSync("dpkg-deb", ["--field", deb, key], { encoding: "utf8" }).trim();
  assert.deepEqual(["Package", "Version", "Architecture"].map(field), ["mcp-taskdetails", version, architecture]);
  const folder = unpack("deb", "dpkg-deb", "--extract", deb, ".");
  assert.equal(digest(join(folder, "usr/bin/mcp-taskdetails")), digest(join(scratch, "sum/mcp-taskdetails")));
  return serves(t, join(folder, "usr/bin/mcp-taskdetails"), [], {});
});

test("checksums.txt names every download with its sum", () => {
  const listed = Object.fromEntries(readFileSync("dist/release/checksums.txt", "utf8").trim().split("\n").map((line) => line.split(/ +/).reverse()));
  const downloads = [...readdirSync("dist/release").filter((file) => /\.(tar\.gz|zip|deb|rpm)$/.test(file)).map((file) => join("dist/release", file)),
    ...readdirSync("dist/bundles").map((file) => join("dist/bundles", file))];
  assert.equal(downloads.length, 16);
  assert.deepEqual(listed, Object.fromEntries(downloads.map((file) => [basename(file), digest(file)])));
});

test("cask, Scoop manifest and registry entry name what was built, at its home", () => {
  const { DOWNLOADS_URL, REGISTRY_NAME, IMAGE } = process.env;
  const url = (file) => `${DOWNLOADS_URL}/v${version}/${file}`;
  const sum = (file) => digest(join(file.endsWith(".mcpb") ? "dist/bundles" : "dist/release", file));

  const cask = readFileSync("dist/release/homebrew/Casks/mcp-taskdetails.rb", "utf8").replaceAll("#{version}", version);
  const archives = ["darwin_amd64", "darwin_arm64", "linux_amd64", "linux_arm64"].map((target) => `mcp-taskdetails_${version}_${target}.tar.gz`);
  assert.deepEqual([...cask.matchAll(/url "(.*)"\s+sha256 "(.*)"/g)].map((match) => match.slice(1)), archives.map((file) => [url(file), sum(file)]));
  assert.match(cask, /postflight do[^]*xattr", args: \["-dr", "com\.apple\.quarantine", "#\{staged_path\}\/mcp-taskdetails"\]/);

  const zips = { "64bit": `mcp-taskdetails_${version}_windows_amd64.zip`, arm64: `mcp-taskdetails_${version}_windows_arm64.zip` };
  const scoop = read("dist/release/scoop/bucket/mcp-taskdetails.json").architecture;
  assert.deepEqual(scoop, Object.fromEntries(Object.entries(zips).map(([key, file]) => [key, { url: url(file), bin: ["mcp-taskdetails.exe"], hash: sum(file) }])));

  const entry = read("dist/server.json");
  assert.equal(entry.name, REGISTRY_NAME);
  assert.equal(read(`dist/npm/${name}/package.json`).mcpName, REGISTRY_NAME, "the registry looks for its own name in npm's package");
  assert.deepEqual(entry.packages.map(({ registryType, identifier, fileSha256 }) => [registryType, identifier, fileSha256]), [
    ["npm", name, undefined], ["oci", `${IMAGE}:${version}`, undefined],
    ...readdirSync("dist/bundles").sort().map((file) => ["mcpb", url(file), sum(file)]),
  ]);
});

// No image is built here, for want of its base; its two stages are, as the Dockerfile has them.
test("what the Dockerfile copies is enough to build the program of the archive, and an empty root to run it", (t) => {
  const dockerfile = readFileSync("Dockerfile", "utf8");
  const kept = readFileSync(".dockerignore", "utf8").split("\n").filter((line) => line.startsWith("!")).map((line) => line.slice(1));
  const context = inScratch("context");
  for (const file of execFileSync("git", ["ls-files", "-z", "--", ...kept], { encoding: "utf8" }).split("\0")) {
    if (file && !file.includes("/testdata/")) cpSync(file, join(context, file));
  }
  const root = inScratch("root");
  const build = /^RUN (CGO_ENABLED=0 .*)$/m.exec(dockerfile)[1].replace("-o /", `-o ${root}/`);
  const env = { ...process.env, TARGETOS: os, TARGETARCH: architecture, VERSION: /^ARG VERSION=(.*)$/m.exec(dockerfile)[1] };
  execFileSync("sh", ["-c", build], { cwd: context, env, stdio: "inherit" });
  assert.equal(digest(join(root, "mcp-taskdetails")), digest(join(scratch, "sum/mcp-taskdetails")));
  if (process.getuid() !== 0 || os !== "linux") return t.diagnostic("not root: not started in an empty root");
  chmodSync(scratch, 0o711);
  chmodSync(root, 0o555);
  const [uid, gid] = /^USER (\d+):(\d+)$/m.exec(dockerfile).slice(1);
  const [entry] = JSON.parse(/^ENTRYPOINT (.*)$/m.exec(dockerfile)[1]);
  return serves(t, "chroot", [`--userspec=${uid}:${gid}`, root, entry], { env: { PATH: process.env.PATH } });
});

test("sizes", (t) => {
  for (const file of [archive, tarball(name), tarball(platform), ...readdirSync("dist/bundles").filter((file) => file.includes(`-${os}-${architecture}`)).map((file) => join("dist/bundles", file))]) {
    t.diagnostic(`${basename(file)}: ${(statSync(file).size / 1e6).toFixed(2)} MB`);
  }
});
