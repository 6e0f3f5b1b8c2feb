// What scripts/bundle and scripts/release do with JSON and zip archives, and the start of a bundle.
import { createHash } from "node:crypto";
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";

const read = (file) => JSON.parse(readFileSync(file, "utf8"));
const print = (value) => console.log(JSON.stringify(value, null, 2));

const commands = {
  // manifest narrows manifest.json to the bundle of one system.
  manifest(os, program) {
    const manifest = read("manifest.json");
    manifest.compatibility.platforms = [os === "windows" ? "win32" : os];
    manifest.server.entry_point = `server/${program}`;
    print(manifest);
  },

  // pack writes a folder as a bundle. `mcpb pack` would do, if it did not put the time of its run into each file.
  async pack(directory, program, seconds, file) {
    const { zipSync } = await import("fflate");
    const entries = readdirSync(directory, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
      .map((entry) => relative(directory, join(entry.parentPath, entry.name)).replaceAll("\\", "/")).sort();
    const files = Object.fromEntries(entries.map((entry) =>
      [entry, [readFileSync(join(directory, entry)), { os: 3, attrs: (entry === program ? 0o755 : 0o644) << 16 }]]));
    const mtime = Math.max(Number(seconds) * 1000, Date.UTC(1980, 0, 1)); // the format knows nothing older
    writeFileSync(file, zipSync(files, { level: 9, mtime }));
  },

  // registry prints server.json with everything of a release as its packages.
  registry(bundles) {
    const { REGISTRY_NAME, OWNER, HOME_URL, DOWNLOADS_URL, NPM_PACKAGE, IMAGE, VERSION } = process.env;
    const server = read("server.json");
    const common = {
      transport: { type: "stdio" },
      environmentVariables: [{
        name: "RUNWARE_API_KEY", description: "API key of the organization that ran the tasks", isRequired: false, isSecret: true,
      }],
    };
    const files = readdirSync(bundles).filter((file) => file.endsWith(".mcpb")).sort();
    server.name = REGISTRY_NAME;
    if (OWNER) Object.assign(server, { websiteUrl: HOME_URL, repository: { url: HOME_URL, source: "github" } });
    server.packages = [
      { registryType: "npm", identifier: NPM_PACKAGE, version: VERSION, ...common },
      { registryType: "oci", identifier: `${IMAGE}:${VERSION}`, ...common },
      ...files.map((file) => ({
        registryType: "mcpb",
        identifier: `${DOWNLOADS_URL}/v${VERSION}/${file}`,
        version: VERSION,
        fileSha256: createHash("sha256").update(readFileSync(join(bundles, file))).digest("hex"),
        ...common,
      })),
    ];
    print(server);
  },

  // check holds a file to a JSON Schema.
  async check(file, schema) {
    const { default: Ajv } = await import("ajv");
    const validate = new Ajv({ strict: false, validateFormats: false }).compile(read(schema));
    if (!validate(read(file))) throw new Error(`${file}: ${JSON.stringify(validate.errors)}`);
    console.log(`${file} holds to ${schema}`);
  },

  // start runs an unpacked bundle as a host does that was given no key, and one that was given one.
  async start(directory) {
    const { getMcpConfigForManifest } = await import("@anthropic-ai/mcpb");
    const { Client } = await import("@modelcontextprotocol/sdk/client/index.js");
    const { StdioClientTransport } = await import("@modelcontextprotocol/sdk/client/stdio.js");
    const manifest = read(join(directory, "manifest.json"));
    for (const userConfig of [{}, { api_key: "bundle-key-0123456789abcdef" }]) {
      const config = await getMcpConfigForManifest({
        manifest, extensionPath: directory, systemDirs: {}, userConfig, pathSeparator: "/",
      });
      const wanted = userConfig.api_key ?? "";
      if (config.env.RUNWARE_API_KEY !== wanted) throw new Error(`the key arrives as ${JSON.stringify(config.env.RUNWARE_API_KEY)}`);
      const client = new Client({ name: "bundle", version: "1" });
      // Nothing listens on port 9, so that no key leaves this machine.
      const env = { ...config.env, RUNWARE_API_URL: "http://127.0.0.1:9/v1", RUNWARE_SCHEMAS_URL: "off" };
      await client.connect(new StdioClientTransport({ command: config.command, args: [...config.args, "--timeout", "1s"], env }));
      const { name, version } = client.getServerVersion();
      if (name !== manifest.name || version !== manifest.version) throw new Error(`it calls itself ${name} ${version}`);
      const { tools } = await client.listTools();
      if (tools.map((tool) => tool.name).join() !== manifest.tools.map((tool) => tool.name).join()) throw new Error("other tools");
      const result = await client.callTool({ name: "get_task_details", arguments: { taskUUID: "b880f077-e514-58ef-0ebd-ce1c37b46eb7" } });
      const { status, diagnosis } = result.structuredContent;
      console.log(`${config.command}: ${status}, ${diagnosis.category}: ${diagnosis.summary}`);
      const category = wanted ? "network" : "authentication";
      if (status !== "unavailable" || diagnosis.category !== category) throw new Error(`expected ${category}`);
      await client.close();
    }
  },
};

const [command, ...args] = process.argv.slice(2);
await commands[command](...args);
