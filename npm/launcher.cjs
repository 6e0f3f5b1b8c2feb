#!/usr/bin/env node
// Starts the program of this system's package, which npm chose by `os` and `cpu`, and gets out of its way: where Node can,
// it becomes the program; elsewhere it hands on streams, signals and the exit code. Nothing is fetched, here or at install.
"use strict";
const { accessSync, constants } = require("node:fs");
const { spawn } = require("node:child_process");
const os = require("node:os");
const { name: own, optionalDependencies } = require("./package.json");

const usage = 2; // the program's own exit code for a setup that is wrong

// fail says what is wrong and how to mend it, in the program's own form.
function fail(error, hint) {
  process.stderr.write(`${own}: error: ${error}\n${own}: hint: ${hint}\n`);
  process.exit(usage);
}

// locate returns the path of the program.
function locate() {
  const platform = `${own}-${process.platform}-${process.arch}`;
  if (!(platform in optionalDependencies)) {
    const known = Object.keys(optionalDependencies).map((name) => name.slice(own.length + 1)).join(", ");
    fail(`no program for ${process.platform}-${process.arch}; there are ones for ${known}`, "build it from its source with Go");
  }
  try {
    const file = require.resolve(`${platform}/bin/mcp-taskdetails${process.platform === "win32" ? ".exe" : ""}`);
    accessSync(file, constants.X_OK);
    return file;
  } catch (error) {
    fail(`the package ${platform} is not installed, or its program cannot be run (${error.code})`,
      `install ${own} again on this system, with its optional dependencies (no --omit=optional, no --no-optional)`);
  }
}

// run starts the program as a child and ends as it ends.
function run(file, args) {
  const child = spawn(file, args, { stdio: "inherit", argv0: own, windowsHide: true });
  const signals = Object.keys(os.constants.signals).filter((signal) => ["SIGINT", "SIGTERM", "SIGHUP", "SIGQUIT", "SIGBREAK"].includes(signal));
  for (const signal of signals) process.on(signal, () => child.kill(signal));
  child.on("error", (error) => fail(`${file} does not start: ${error.message}`, `install ${own} again on this system`));
  child.on("exit", (code, signal) => {
    if (signal === null) process.exit(code);
    for (const name of signals) process.removeAllListeners(name);
    process.kill(process.pid, signal);
    setTimeout(() => process.exit(1), 1000); // a signal that this process survives, such as one it ignores
  });
}

const file = locate();
const args = process.argv.slice(2);
if (process.execve) process.execve(file, [own, ...args], process.env);
else run(file, args);
