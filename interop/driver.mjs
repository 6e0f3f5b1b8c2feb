// Drives the TypeScript clients for the Go tests: one command a line on stdin, one answer a line on stdout.
//
//   {"id":1,"op":"connect","session":"s","client":"sdk","command":"/path/of/server"}  →  {"id":1,"result":{}}
//   {"id":2,"op":"call","session":"s","name":"…","arguments":{…}}                     →  {"id":2,"result":{…}}
//   {"op":"cancel","call":2}   aborts a call; an error is answered {"id":2,"error":"…"}
//
// Results are written as JavaScript sees them: what JSON.parse made of a number shows. Structured content is checked
// with Ajv here, beside what the SDKs do themselves.
import { createInterface } from "node:readline";
import Ajv2020 from "ajv/dist/2020.js";
import * as v1 from "@modelcontextprotocol/sdk/client/index.js";
import * as v1stdio from "@modelcontextprotocol/sdk/client/stdio.js";
import * as v2 from "@modelcontextprotocol/client";
import * as v2stdio from "@modelcontextprotocol/client/stdio";

const info = { name: "interop", version: "1" };
const clients = {
  "sdk": { make: () => new v1.Client(info), transport: v1stdio.StdioClientTransport, call: (c, p, o) => c.callTool(p, undefined, o) },
  "client-legacy": { make: () => new v2.Client(info), transport: v2stdio.StdioClientTransport, call: (c, p, o) => c.callTool(p, o) },
  "client-auto": {
    make: () => new v2.Client(info, { versionNegotiation: { mode: "auto" } }),
    transport: v2stdio.StdioClientTransport,
    call: (c, p, o) => c.callTool(p, o),
  },
};

const sessions = new Map();
const calls = new Map();

const operations = {
  async connect({ session, client, command }) {
    const kind = clients[client];
    const connection = kind.make();
    await connection.connect(new kind.transport({ command }));
    try {
      const { tools } = await connection.listTools(); // from here on the SDK validates structured content itself
      const validators = Object.fromEntries(
        tools.map((tool) => [tool.name, new Ajv2020({ strict: true, validateFormats: false }).compile(tool.outputSchema)]));
      sessions.set(session, { connection, kind, validators });
    } catch (error) {
      await connection.close();
      throw error;
    }
    return {};
  },
  list: ({ session }) => sessions.get(session).connection.listTools(),
  templates: ({ session }) => sessions.get(session).connection.listResourceTemplates(),
  read: ({ session, uri }) => sessions.get(session).connection.readResource({ uri }),
  async call({ id, session, name, arguments: args }) {
    const { connection, kind, validators } = sessions.get(session);
    const abort = new AbortController();
    calls.set(id, abort);
    try {
      const result = await kind.call(connection, { name, arguments: args }, { signal: abort.signal });
      const validate = validators[name];
      if (!validate(result.structuredContent)) throw new Error(`ajv: ${JSON.stringify(validate.errors)}`);
      return result;
    } finally {
      calls.delete(id);
    }
  },
  async close({ session }) {
    await sessions.get(session).connection.close();
    sessions.delete(session);
    return {};
  },
};

function say(message) {
  process.stdout.write(JSON.stringify(message) + "\n");
}

console.log = console.error;
createInterface({ input: process.stdin }).on("line", async (line) => {
  const command = JSON.parse(line);
  if (command.op === "cancel") {
    calls.get(command.call)?.abort("no longer wanted");
    return;
  }
  try {
    say({ id: command.id, result: await operations[command.op](command) });
  } catch (error) {
    say({ id: command.id, error: `${error?.code ?? ""} ${error?.message ?? error}` });
  }
}).on("close", () => process.exit());
