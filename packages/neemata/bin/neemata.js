#!/usr/bin/env node
// Committed, not built: npm links a bin only if its file exists when it installs.
// Plain syntax and no static imports, so that an old Node reaches the message below.
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(
    `neemata needs Node 20.19 or newer, and this is ${process.versions.node}. Install a newer Node (https://nodejs.org) and run the command again.`,
  )
  process.exit(1)
}
const { runCli } = await import('@neemata/compiler/cli')
process.exitCode = await runCli(process.argv.slice(2))
